"""A graph that is complete: what to feed it, and what it should give."""
import onnx
from onnx import helper

from . import oracle
from .graphs import captured


class Case:
    """Nodes, with the values of all that they read and give."""

    def __init__(self, nodes, values, constants, opsets, fixed, symbolic=False, title=""):
        self.nodes = nodes
        self.values = values
        self.opsets = opsets
        self.fixed = fixed
        self.symbolic = symbolic
        self.title = title
        made = {name for node in nodes for name in node.output}
        read = [n for node in nodes for n in [*node.input, *captured(node)] if n and n not in made]
        self.read = list(dict.fromkeys(read))
        self.constants = [n for n in self.read if n in constants]
        self.inputs = [n for n in self.read if n not in constants]
        used = {n for node in nodes for n in [*node.input, *captured(node)]}
        self.outputs = [n for node in nodes for n in node.output if n and n not in used]

    @staticmethod
    def of(graph, title):
        """The case that a graph makes."""
        return Case(
            graph.nodes, graph.values, set(graph.constants), graph.opsets, graph.fixed,
            graph.symbolic, title)

    def changed(self, **changes):
        """The same but for some of what makes up a case."""
        parts = {
            "nodes": self.nodes, "values": self.values, "constants": set(self.constants),
            "opsets": self.opsets, "fixed": self.fixed, "symbolic": self.symbolic,
            "title": self.title}
        return Case(**(parts | changes))

    def with_nodes(self, nodes):
        """The same with some of the nodes; what others gave becomes an input."""
        return self.changed(nodes=nodes)

    def static(self):
        """The same with sizes that are all known."""
        return self.changed(symbolic=False)

    def without_constants(self):
        """The same with inputs instead of constants."""
        return self.changed(constants=set())

    def input_type(self, name):
        """An input's type; with symbols for sizes above 1 when the case is symbolic."""
        value = self.values[name]
        if not self.symbolic or isinstance(value, list) or name in self.fixed:
            return oracle.type_proto(value)
        return oracle.type_proto(value, [f"d{d}" if d > 1 else d for d in value.shape])

    def model(self):
        """The ONNX model."""
        initializers, nodes = [], []
        for name in self.constants:
            tensor = oracle.tensor(name, self.values[name])
            if len(name) % 2:
                nodes.append(helper.make_node("Constant", [], [name], value=tensor))
            else:
                initializers.append(tensor)
        outputs = []
        for name in self.outputs:
            value = self.values[name]
            dims = None if isinstance(value, list) else [None] * value.ndim
            outputs.append((name, oracle.type_proto(value, dims)))
        return oracle.make_model(
            [*nodes, *self.nodes], [(n, self.input_type(n)) for n in self.inputs], outputs,
            initializers, self.opsets)

    def feeds(self):
        return {name: self.values[name] for name in self.inputs}

    def expected(self):
        return [self.values[name] for name in self.outputs]

    def text(self):
        """The model as ONNX text, and the values of its inputs."""
        lines = [onnx.printer.to_text(self.model())]
        for kind, names in (("input", self.inputs), ("expected", self.outputs)):
            for name in names:
                lines.append(f"{kind} {name} = {self.values[name]!r}")
        return "\n".join(lines)
