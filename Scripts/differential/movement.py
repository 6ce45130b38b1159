"""Operators that move elements, and those whose result is a size or a place."""
import math

import numpy as np
from onnx import helper

from .elementwise import trimmed
from .graphs import Rejected
from .registry import operator

SIMPLE = [np.float32, np.int64, np.int32, np.float64, np.bool_, np.float16, np.uint8]


def simple(g, op, position=0):
    """The common types among those that an operator takes."""
    return [t for t in g.types(op, position) if t in SIMPLE]


@operator("Reshape")
def reshape(g, op):
    x = g.pick(simple(g, op))
    value = g.values[x]
    if value.size == 0:
        target = list(value.shape)
    else:
        target, rest = [], value.size
        for _ in range(g.int(0, 3)):
            factor = g.one_of([d for d in range(1, rest + 1) if rest % d == 0])
            target.append(factor)
            rest //= factor
        if rest > 1 or g.chance(0.3):
            target.append(rest)
        for k in range(min(len(target), value.ndim)):
            if target[k] == value.shape[k] and g.chance(0.3):
                target[k] = 0
        if target and g.chance(0.5):
            target[g.int(0, len(target) - 1)] = -1
    allowzero = 1 if value.size == 0 and g.opset >= 14 else None
    return g.add(op, [x, g.parameter(target)], allowzero=allowzero)


@operator("Transpose")
def transpose(g, op):
    x = g.pick(simple(g, op))
    rank = g.values[x].ndim
    perm = [int(a) for a in g.rng.permutation(rank)] if rank and g.chance(0.85) else None
    return g.add(op, [x], perm=perm)


@operator("Squeeze")
def squeeze(g, op):
    x = g.pick(simple(g, op), where=lambda v: 1 in v.shape or v.ndim == 0)
    value = g.values[x]
    ones = [k for k, d in enumerate(value.shape) if d == 1]
    if not ones or g.chance(0.3):
        return g.add(op, [x])
    axes = [k - value.ndim if g.opset >= 11 and g.chance(0.3) else k for k in ones if g.chance(0.7)]
    if not axes:
        raise Rejected("no axis")
    return g.add(op, [x, g.parameter(axes)]) if g.opset >= 13 else g.add(op, [x], axes=axes)


@operator("Unsqueeze")
def unsqueeze(g, op):
    x = g.pick(simple(g, op), rank=range(0, 4))
    rank, count = g.values[x].ndim, g.int(1, 2)
    axes = [int(a) for a in g.rng.permutation(rank + count)[:count]]
    if g.opset < 13:
        return g.add(op, [x], axes=sorted(axes))
    axes = [a - rank - count if g.chance(0.3) else a for a in axes]
    return g.add(op, [x, g.parameter(axes)])


@operator("Flatten")
def flatten(g, op):
    x = g.pick(simple(g, op))
    rank = g.values[x].ndim
    low = -rank if g.opset >= 11 else 0
    return g.add(op, [x], axis=g.int(low, rank) if g.chance(0.8) else None)


@operator("Concat")
def concat(g, op):
    x = g.pick(simple(g, op), rank=range(1, 5))
    value = g.values[x]
    axis = g.axis(value.ndim)
    if g.opset < 11:
        axis %= value.ndim
    names = [x]
    for _ in range(g.int(0, 2)):
        shape = list(value.shape)
        shape[axis] = g.int(0 if g.chance(0.1) else 1, 3)
        names.append(x if g.chance(0.15) else g.new(g.array(value.dtype, shape)))
    return g.add(op, names, axis=axis)


@operator("Split")
def split(g, op):
    x = g.pick(simple(g, op), rank=range(1, 5))
    value = g.values[x]
    axis = g.axis(value.ndim)
    if g.opset < 11:
        axis %= value.ndim
    size, count = value.shape[axis], g.int(1, 3)
    if g.chance(0.5):
        cuts = sorted(g.int(0, size) for _ in range(count - 1))
        parts = [b - a for a, b in zip([0, *cuts], [*cuts, size])]
        if g.opset < 13:
            return g.add(op, [x], outputs=count, axis=axis, split=parts)
        return g.add(op, [x, g.parameter(parts)], outputs=count, axis=axis)
    if g.opset >= 18:
        return g.add(op, [x], outputs=count, axis=axis, num_outputs=count)
    if size % count:
        raise Rejected("uneven")
    return g.add(op, [x], outputs=count, axis=axis)


@operator("Slice")
def slice_(g, op):
    x = g.pick(simple(g, op), rank=range(1, 5))
    value = g.values[x]
    axes = g.axes(value.ndim)
    starts, ends, steps = [], [], []
    for axis in axes:
        size = value.shape[axis]
        step = g.one_of([1, 1, 1, 2, 3, -1, -2]) if g.opset >= 10 else 1
        extremes = [-(2**31), 2**31 - 1, -(2**63), 2**63 - 1]
        # ONNX Runtime takes the largest numbers for "to the end" whichever way a slice goes.
        last = extremes if step > 0 else [-(2**31), -(2**63)]
        starts.append(g.one_of(extremes) if g.chance(0.08) else g.int(-size - 2, size + 2))
        ends.append(g.one_of(last) if g.chance(0.2) else g.int(-size - 2, size + 2))
        steps.append(step)
    if g.opset < 10:
        return g.add(op, [x], starts=starts, ends=ends, axes=[a % value.ndim for a in axes])
    if g.opset < 11:
        axes = [a % value.ndim for a in axes]
    names = [x, g.parameter(starts), g.parameter(ends)]
    if len(axes) == value.ndim and sorted(a % value.ndim for a in axes) == axes and g.chance(0.3):
        return g.add(op, names)
    names.append(g.parameter(axes))
    if any(s != 1 for s in steps) or g.chance(0.5):
        names.append(g.parameter(steps))
    return g.add(op, names)


def indices(g, size, shape, negative=True):
    """Indices into an axis of that size."""
    if size == 0:
        if math.prod(shape) == 0:
            return np.zeros(shape, np.int64)
        raise Rejected("no index")
    low = -size if negative else 0
    return g.rng.integers(low, size, size=shape).astype(g.one_of([np.int64, np.int64, np.int32]))


@operator("Gather")
def gather(g, op):
    x = g.pick([*simple(g, op), str], rank=range(1, 5))
    value = g.values[x]
    axis = g.axis(value.ndim) if g.chance(0.8) else 0
    if g.opset < 11:
        axis %= value.ndim
    shape = g.shape(g.int(0, 2))
    return g.add(op, [x, g.new(indices(g, value.shape[axis], shape, g.opset >= 11))], axis=axis)


@operator("GatherElements")
def gather_elements(g, op):
    x = g.pick(simple(g, op), rank=range(1, 5), low=1)
    value = g.values[x]
    axis = g.axis(value.ndim)
    shape = [g.int(1, d) for d in value.shape]
    shape[axis] = g.int(1, 4)
    return g.add(op, [x, g.new(indices(g, value.shape[axis], shape))], axis=axis)


@operator("ScatterElements", "Scatter")
def scatter_elements(g, op):
    x = g.pick(simple(g, op), rank=range(1, 4), low=1)
    value = g.values[x]
    axis = g.axis(value.ndim)
    shape = [g.int(1, d) for d in value.shape]
    reductions = ["none"] if g.opset < 16 else ["none", "add", "mul"]
    reductions += ["max", "min"] if g.opset >= 18 else []
    reduction = g.one_of(reductions) if value.dtype != np.bool_ else "none"
    places = indices(g, value.shape[axis], shape)
    if reduction == "none":
        # Which of two updates of one place wins is open.
        order = np.argsort(g.rng.random([value.shape[axis] if k == axis % value.ndim else d
                                         for k, d in enumerate(shape)]), axis=axis)
        places = np.take(order, range(shape[axis]), axis=axis).astype(np.int64)
    if op == "Scatter" or g.opset < 16:
        attributes = {"axis": axis if g.opset >= 11 else axis % value.ndim}
    else:
        attributes = {"axis": axis, "reduction": reduction}
    return g.add(op, [x, g.new(places), g.new(g.array(value.dtype, shape))], **attributes)


@operator("GatherND")
def gather_nd(g, op):
    x = g.pick(simple(g, op), rank=range(1, 5), low=1)
    value = g.values[x]
    batch = g.int(0, min(1, value.ndim - 1)) if g.opset >= 12 else 0
    depth = g.int(1, value.ndim - batch)
    shape = [*value.shape[:batch], *g.shape(g.int(0, 2), low=1)]
    places = np.stack(
        [g.rng.integers(-d, d, size=shape) for d in value.shape[batch:batch + depth]], axis=-1)
    places = g.new(places.astype(np.int64))
    g.fixed.add(places)
    return g.add(op, [x, places], batch_dims=batch if batch else None)


@operator("ScatterND")
def scatter_nd(g, op):
    x = g.pick(simple(g, op), rank=range(1, 4), low=1)
    value = g.values[x]
    depth = g.int(1, value.ndim)
    room = math.prod(value.shape[:depth])
    count = g.int(1, min(room, 4))
    reductions = ["none"] if g.opset < 16 else ["none", "add", "mul"]
    reductions += ["max", "min"] if g.opset >= 18 else []
    reduction = g.one_of(reductions) if value.dtype != np.bool_ else "none"
    flat = g.rng.permutation(room)[:count]
    places = g.new(np.stack(np.unravel_index(flat, value.shape[:depth]), axis=-1).astype(np.int64))
    g.fixed.add(places)
    updates = g.new(g.array(value.dtype, [count, *value.shape[depth:]]))
    attributes = {"reduction": reduction} if g.opset >= 16 else {}
    return g.add(op, [x, places, updates], **attributes)


@operator("Expand")
def expand(g, op):
    x = g.pick(simple(g, op))
    shape = [g.int(1, 3) if d == 1 and g.chance(0.7) else 1 if g.chance(0.2) else d
             for d in g.values[x].shape]
    if g.chance(0.3):
        shape = [g.int(1, 3), *shape]
    elif shape and g.chance(0.1):
        shape = shape[1:]
    return g.add(op, [x, g.parameter(shape)])


@operator("Tile")
def tile(g, op):
    x = g.pick(simple(g, op), rank=range(1, 5))
    repeats = [g.one_of([1, 1, 2, 3, 0 if g.chance(0.1) else 1]) for _ in g.values[x].shape]
    return g.add(op, [x, g.parameter(repeats)])


@operator("Pad")
def pad(g, op):
    x = g.pick(simple(g, op), rank=range(1, 5))
    value = g.values[x]
    modes = ["constant", "constant", "edge", "reflect"] + (["wrap"] if g.opset >= 19 else [])
    mode = g.one_of(modes)
    axes = list(range(value.ndim))
    if g.opset >= 18 and g.chance(0.4):
        axes = g.axes(value.ndim)
    low = -1 if g.chance(0.15) and mode == "constant" else 0
    sizes = [value.shape[a] for a in axes]
    if mode != "constant" and min(sizes) == 0:
        raise Rejected("nothing to repeat")
    top = {"constant": lambda d: 3, "edge": lambda d: 3, "reflect": lambda d: d - 1,
           "wrap": lambda d: d}[mode]
    pads = [g.int(low, min(3, top(d))) for d in sizes * 2]
    if any(a + b + d < 0 for a, b, d in zip(pads, pads[len(axes):], sizes)):
        raise Rejected("too little")
    mode_attribute = mode if mode != "constant" or g.chance(0.5) else None
    if g.opset < 11:
        return g.add(op, [x], pads=pads, mode=mode_attribute,
                     value=g.float() if g.chance(0.5) else None)
    names = [x, g.parameter(pads), "", ""]
    if mode == "constant" and g.chance(0.6):
        names[2] = g.new(g.array(value.dtype, []), constant=True)
    if axes != list(range(value.ndim)):
        names[3] = g.parameter(axes)
    return g.add(op, trimmed(names), mode=mode_attribute)


@operator("Shape")
def shape(g, op):
    x = g.pick(simple(g, op))
    rank = g.values[x].ndim
    attributes = {}
    if g.opset >= 15:
        attributes = {n: g.int(-rank - 1, rank + 1) for n in ("start", "end") if g.chance(0.4)}
    return g.add(op, [x], **attributes)


@operator("Size", "NonZero")
def size(g, op):
    return g.add(op, [g.pick(simple(g, op), rank=range(1, 5) if op == "NonZero" else None)])


@operator("ConstantOfShape")
def constant_of_shape(g, op):
    from onnx import numpy_helper
    value = None
    if g.chance(0.7):
        value = numpy_helper.from_array(g.array(g.one_of(SIMPLE), [1]))
    return g.add(op, [g.parameter(g.shape())], value=value)


@operator("Range")
def range_(g, op):
    dtype = g.one_of([np.float32, np.int64, np.int32, np.float64, np.int16])
    step = g.one_of([1, 2, -1, 3])
    start = g.int(-5, 5)
    end = start + step * g.int(-1, 6) + g.one_of([0, 1])
    names = [g.parameter(v, dtype) for v in (start, end, step)]
    return g.add(op, names)


@operator("Trilu")
def trilu(g, op):
    x = g.pick(simple(g, op), rank=range(2, 5))
    names = [x, g.parameter(g.int(-4, 4))] if g.chance(0.6) else [x]
    return g.add(op, names, upper=g.int(0, 1) if g.chance(0.6) else None)


@operator("EyeLike")
def eye_like(g, op):
    x = g.pick([np.float32, np.int32, np.int64, np.float64], rank=2)
    return g.add(op, [x], k=g.int(-3, 3) if g.chance(0.5) else None,
                 dtype=g.one_of([1, 7, 11]) if g.chance(0.4) else None)


@operator("OneHot")
def one_hot(g, op):
    depth = g.int(1, 5)
    places = g.rng.integers(-depth - 1, depth + 1, size=g.shape(g.int(0, 3)))
    names = [g.new(places.astype(np.int64)), g.parameter(g.one_of([depth, [depth]])),
             g.new(g.array(g.one_of([np.float32, np.int64, np.int32]), [2]))]
    rank = places.ndim
    return g.add(op, names, axis=g.int(-rank - 1, rank) if g.chance(0.6) else None)


@operator("Compress")
def compress(g, op):
    x = g.pick(simple(g, op), rank=range(1, 5), low=1)
    value = g.values[x]
    axis = g.axis(value.ndim) if g.chance(0.7) else None
    if axis is not None and g.opset < 11:
        axis %= value.ndim
    room = value.size if axis is None else value.shape[axis]
    condition = g.new(g.array(np.bool_, [g.int(1, min(room, 8))]))
    return g.add(op, [x, condition], axis=axis)


@operator("Unique")
def unique(g, op):
    x = g.pick([np.float32, np.int64, np.float64], rank=range(1, 4), low=1)
    value = g.values[x]
    if value.dtype.kind == "f" and np.isnan(value).any():
        raise Rejected("NaN")
    return g.add(op, [x], outputs=4, axis=g.axis(value.ndim) if g.chance(0.5) else None,
                 sorted=g.int(0, 1) if g.chance(0.5) else None)


@operator("ReverseSequence")
def reverse_sequence(g, op):
    x = g.pick(simple(g, op), rank=range(2, 5), low=1)
    value = g.values[x]
    time = g.int(0, 1)
    lengths = g.rng.integers(1, value.shape[time] + 1, size=value.shape[1 - time]).astype(np.int64)
    return g.add(op, [x, g.new(lengths)], time_axis=time, batch_axis=1 - time)


@operator("DepthToSpace", "SpaceToDepth")
def depth_to_space(g, op):
    block, c = g.int(1, 3), g.int(1, 2)
    n, h, w = g.int(1, 2), g.int(1, 3), g.int(1, 3)
    dtype = g.one_of([t for t in simple(g, op) if np.dtype(t).kind == "f"])
    if op == "SpaceToDepth":
        return g.add(op, [g.new(g.array(dtype, [n, c, h * block, w * block]))], blocksize=block)
    mode = g.one_of(["DCR", "CRD"]) if g.opset >= 11 and g.chance(0.6) else None
    return g.add(op, [g.new(g.array(dtype, [n, c * block * block, h, w]))], blocksize=block, mode=mode)


@operator("CenterCropPad")
def center_crop_pad(g, op):
    x = g.pick(simple(g, op), rank=range(1, 4), low=1)
    axes = g.axes(g.values[x].ndim)
    sizes = [g.int(1, 6) for _ in axes]
    return g.add(op, [x, g.parameter(sizes)], axes=axes)


@operator("Einsum")
def einsum(g, op):
    sizes = {c: g.int(1, 4) for c in "ijkb"}
    equation = g.one_of([
        "ij,jk->ik", "ij,jk", "bij,bjk->bik", "ij->ji", "ii->i", "ij->", "i,j->ij", "bij,bik->bjk",
        "ij,ij->i", "b...j,b...k->b...jk", "...ij,...jk->...ik", "ijk->kij", "ij,j->i", "i,i->",
        "ij,jk,kb->ib", "ij , jk -> ik"])
    names = []
    for term in equation.split("->")[0].replace(" ", "").split(","):
        shape = [sizes[c] for c in term.replace("...", "")]
        if "..." in term:
            place = term.index("...")
            shape[place:place] = [2]
        names.append(g.new(g.array(g.one_of([np.float32]), shape)))
    return g.add(op, names, equation=equation)


def sequence_map(g, parts, dtype):
    """Each tensor of a sequence changed by a sub-graph, which uses a tensor around it too."""
    names = [f"m{len(g.values)}_{n}" for n in "abc"]
    other = g.new(g.array(dtype, [1]))
    nodes = [helper.make_node(g.one_of(["Neg", "Abs"]), names[:1], names[1:2]),
             helper.make_node("Add", [names[1], other], names[2:])]
    elem = helper.np_dtype_to_tensor_dtype(dtype)
    body = helper.make_graph(
        nodes, "map", [helper.make_tensor_value_info(names[0], elem, None)],
        [helper.make_tensor_value_info(names[2], elem, None)])
    return g.add("SequenceMap", [parts], subgraphs={"body": body})


@operator("OptionalHasElement", "OptionalGetElement")
def optional(g, op):
    if g.opset < 18:
        raise Rejected("only of optionals")
    return g.add(op, [g.pick([np.float32, np.int64, np.bool_, str])])


@operator("TensorScatter")
def tensor_scatter(g, op):
    shape = g.shape(g.int(3, 4), low=1)
    axis = g.int(1, len(shape) - 1) - (len(shape) if g.chance(0.5) else 0)
    update = list(shape)
    update[axis] = g.int(1, shape[axis])
    mode, dtype = g.one_of(["linear", "circular"]), g.one_of([np.float32, np.int64, np.float16])
    last = shape[axis] - (update[axis] if mode == "linear" else 1)
    names = [g.new(g.array(dtype, shape)), g.new(g.array(dtype, update))]
    if g.chance(0.7):
        names.append(g.new(g.rng.integers(0, last + 1, size=shape[:1]).astype(np.int64)))
    return g.add(op, names, axis=axis, mode=mode)


@operator("SequenceAt")
def sequence(g, op):
    x = g.pick([np.float32, np.int64], rank=range(1, 4), low=1)
    value = g.values[x]
    axis = g.axis(value.ndim)
    keepdims = g.int(0, 1)
    if g.chance(0.5):
        parts = g.add("SplitToSequence", [x], axis=axis, keepdims=keepdims)
    else:
        parts = g.add("SequenceConstruct", [x, g.other(x), g.new(g.array(value.dtype, g.shape(2)))])
    if g.chance(0.5):
        extra = g.new(g.array(value.dtype, g.values[parts][0].shape))
        parts = g.add("SequenceInsert", [parts, extra])
    count = len(g.values[parts])
    if g.chance(0.3):
        g.add("SequenceLength", [parts])
    if g.chance(0.3) and len(g.values[parts]) > 1:
        count = len(g.values[parts])
        place = [g.parameter(g.int(-count, count - 1))] if g.chance(0.7) else []
        parts = g.add("SequenceErase", [parts, *place])
    if g.chance(0.2) and g.opset >= 17:
        parts = sequence_map(g, parts, value.dtype)
    count = len(g.values[parts])
    if g.chance(0.3) and len({v.shape for v in g.values[parts]}) == 1:
        rank = g.values[parts][0].ndim
        new = g.int(0, 1)
        return g.add("ConcatFromSequence", [parts], axis=g.axis(rank, new), new_axis=new)
    return g.add("SequenceAt", [parts, g.parameter(g.int(-count, count - 1))])
