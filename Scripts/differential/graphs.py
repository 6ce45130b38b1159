"""A random graph in the making: its nodes, and the value of everything in it."""
import math

import ml_dtypes
import numpy as np
import onnx
from onnx import defs, helper

from . import oracle

FLOATS = [np.float32, np.float64, np.float16]
BFLOAT16 = ml_dtypes.bfloat16
INTS = [np.int64, np.int32, np.int8, np.uint8, np.int16, np.uint16, np.uint32, np.uint64]
MAX_ELEMENTS = 4000
OPSETS = range(7, 29)


class Rejected(Exception):
    """The random choice made no valid node; another one is tried."""


class Graph:
    """Nodes in order, and the values of inputs, constants and results."""

    def __init__(self, rng, opset):
        self.rng = rng
        self.opset = opset
        self.nodes = []
        self.values = {}
        self.inputs = []
        self.constants = []
        self.symbolic = rng.random() < 0.3
        self.specials = rng.random() < 0.08
        self.oracles = {}
        # Inputs whose length decides the rank or the number of something else.
        self.fixed = set()

    # Random choices

    def chance(self, probability):
        return self.rng.random() < probability

    def one_of(self, items):
        if not items:
            raise Rejected("no choice")
        return items[self.rng.integers(len(items))]

    def int(self, low, high):
        """An integer from `low` to `high`, both included."""
        if high < low:
            raise Rejected("no choice")
        return int(self.rng.integers(low, high + 1))

    def float(self, low=-2.0, high=2.0):
        """A float that has few digits."""
        return float(np.float32(round(self.rng.uniform(low, high) * 16) / 16))

    def shape(self, rank=None, low=0):
        """A random shape; axes of size 0 are rare."""
        rank = self.one_of([0, 1, 1, 2, 2, 3, 3, 4, 5]) if rank is None else rank
        sizes = [1, 1, 2, 2, 3, 3, 4, 5, 7]
        shape = [self.one_of(sizes) for _ in range(rank)]
        if low == 0 and rank and self.chance(0.04):
            shape[self.int(0, rank - 1)] = 0
        if math.prod(shape) > MAX_ELEMENTS:
            return self.shape(rank, low)
        return shape

    def axis(self, rank, extra=0):
        """An axis of a tensor, sometimes counted from its end."""
        if rank + extra == 0:
            raise Rejected("no axis")
        return self.int(-(rank + extra), rank + extra - 1)

    def axes(self, rank):
        """Distinct axes, at least one."""
        count = self.int(1, max(rank, 1))
        chosen = self.rng.permutation(max(rank, 1))[:count]
        return [int(a) - rank if self.chance(0.3) else int(a) for a in chosen]

    # Values

    def array(self, dtype, shape):
        """Random contents: small numbers, at times extreme ones."""
        if dtype in (str, object):
            words = ["", "a", "B", "ab c", "é", "a", "3.5", "-7"]
            flat = [self.one_of(words) for _ in range(math.prod(shape))]
            return np.array(flat, dtype=object).reshape(shape)
        dtype = np.dtype(dtype)
        if dtype == np.bool_:
            return self.rng.random(shape) < 0.5
        if dtype.kind in "iu":
            low = 0 if dtype.kind == "u" else -6
            a = self.rng.integers(low, 8, size=shape).astype(dtype)
            if self.specials and a.size:
                info = np.iinfo(dtype)
                a.reshape(-1)[self.int(0, a.size - 1)] = self.one_of([info.min, info.max])
            return a
        a = np.asarray(self.rng.normal(size=shape) * self.one_of([1, 1, 1, 3, 0.1]))
        if self.chance(0.3):
            a = np.round(a * 2) / 2
        a = np.asarray(a).astype(dtype)
        if self.specials and a.size:
            for _ in range(self.int(1, 2)):
                special = self.one_of([np.inf, -np.inf, np.nan, -0.0, 0.0, 1e4, 1e-7])
                a.reshape(-1)[self.int(0, a.size - 1)] = special
        return a

    def name(self, prefix):
        return f"{prefix}{len(self.values)}"

    def new(self, array, constant=None):
        """A new input or constant."""
        if constant is None:
            constant = self.chance(0.2)
        name = self.name("c" if constant else "x")
        self.values[name] = array
        (self.constants if constant else self.inputs).append(name)
        return name

    def parameter(self, values, dtype=np.int64):
        """A tensor that says what an operator does: a constant, at times an input."""
        name = self.new(np.asarray(values, dtype=dtype), constant=self.chance(0.85))
        self.fixed.add(name)
        return name

    def pick(self, dtypes, rank=None, low=0, where=None):
        """A value of one of these types: one that exists if that fits, or a new one."""
        dtypes = [np.dtype(d) if d is not str else np.dtype(object) for d in dtypes]
        if not dtypes:
            raise Rejected("no type")
        ranks = None if rank is None else [rank] if isinstance(rank, int) else list(rank)
        fitting = [
            name for name, value in self.values.items()
            if isinstance(value, np.ndarray) and value.dtype in dtypes
            and (ranks is None or value.ndim in ranks)
            and (low == 0 or min(value.shape, default=1) >= low)
            and (where is None or where(value))
        ]
        # Results of nodes make the graph deep.
        results = [n for n in fitting if n not in self.constants and n not in self.inputs]
        if results and self.chance(0.8):
            return self.one_of(results)
        if fitting and self.chance(0.4):
            return self.one_of(fitting)
        dtype = dtypes[0] if self.chance(0.5) else self.one_of(dtypes)
        for _ in range(20):
            shape = self.shape(None if ranks is None else self.one_of(ranks), low)
            array = self.array(dtype, shape)
            if where is None or where(array):
                return self.new(array)
        raise Rejected("no value")

    def other(self, name, broadcast=True):
        """A value of the same type whose shape is the same or broadcasts with it."""
        value = self.values[name]
        if not broadcast:
            return self.new(self.array(value.dtype, value.shape))
        fitting = [
            n for n, v in self.values.items()
            if isinstance(v, np.ndarray) and v.dtype == value.dtype and n != name
            and broadcasts(v.shape, value.shape)
        ]
        if fitting and self.chance(0.5):
            return self.one_of(fitting)
        shape = list(value.shape)
        if self.chance(0.5):
            shape = [1 if self.chance(0.3) else d for d in shape][self.int(0, len(shape)):]
        if self.chance(0.1) and len(shape) == value.ndim < 5:
            shape = [self.int(1, 3), *shape]
        return self.new(self.array(value.dtype, shape))

    # Nodes

    def schema(self, op, domain=""):
        """The operator's definition in the graph's opset."""
        try:
            return defs.get_schema(op, 1 if domain else self.opset, domain)
        except defs.SchemaError:
            raise Rejected(f"no {op} in opset {self.opset}") from None

    def version(self, op):
        return self.schema(op).since_version

    def types(self, op, position=0):
        """The NumPy types that an input of an operator may have."""
        schema = self.schema(op)
        position = min(position, len(schema.inputs) - 1)
        names = schema.inputs[position].types
        found = []
        for dtype in [*FLOATS, *INTS, np.bool_, str, BFLOAT16]:
            if type_name(dtype) in names:
                found.append(dtype)
        return found

    def add(self, op, inputs, outputs=1, domain="", subgraphs=None, **attributes):
        """Adds a node, and its results' values; raises Rejected when it isn't valid."""
        if not domain:
            self.schema(op)
        names = [self.name(f"y{k}_") for k in range(outputs)]
        attributes = {k: v for k, v in attributes.items() if v is not None}
        node = helper.make_node(op, inputs, names, domain=domain, **attributes, **(subgraphs or {}))
        feeds = {n: self.values[n] for n in [*inputs, *captured(node)] if n}
        model = oracle.make_model(
            [node], [(n, oracle.type_proto(v)) for n, v in feeds.items()],
            [(n, None) for n in names], [], self.opsets)
        try:
            results, source = oracle.answer(model, feeds)
        except oracle.NoAnswer as error:
            raise Rejected(f"{op}: {error}") from None
        for value in results:
            for array in value if isinstance(value, list) else [value]:
                if array is None or array.size > MAX_ELEMENTS * 4:
                    raise Rejected("too large")
        self.oracles[names[0]] = source
        self.nodes.append(node)
        for name, value in zip(names, results):
            self.values[name] = value
        return names[0] if outputs == 1 else names

    @property
    def opsets(self):
        return {"": self.opset, "com.microsoft": 1, "ai.onnx.ml": 3}


def captured(node):
    """The names that sub-graphs of a node take from outside."""
    names = []
    for attribute in node.attribute:
        if attribute.type == onnx.AttributeProto.GRAPH:
            graph = attribute.g
            known = {i.name for i in graph.input} | {i.name for i in graph.initializer}
            for inner in graph.node:
                names += [n for n in [*inner.input, *captured(inner)] if n and n not in known]
                known |= set(inner.output)
            names += [o.name for o in graph.output if o.name not in known]
    return list(dict.fromkeys(names))


def broadcasts(a, b):
    """Whether two shapes broadcast without growing beyond the limit."""
    try:
        return math.prod(np.broadcast_shapes(a, b)) <= MAX_ELEMENTS
    except ValueError:
        return False


def type_name(dtype):
    names = {
        np.float32: "float", np.float64: "double", np.float16: "float16", np.bool_: "bool",
        str: "string", BFLOAT16: "bfloat16",
    }
    return f"tensor({names.get(dtype) or np.dtype(dtype).name})"
