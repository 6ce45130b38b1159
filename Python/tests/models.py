"""Small ONNX models for the tests."""
import numpy as np
from onnx import TensorProto, helper, numpy_helper

OPSET = 17


def serialized(nodes, inputs, outputs, constants=None):
    """A model as bytes. Inputs and outputs are triples of name, element type and lengths."""
    graph = helper.make_graph(
        nodes,
        "graph",
        [helper.make_tensor_value_info(*value) for value in inputs],
        [helper.make_tensor_value_info(*value) for value in outputs],
        [numpy_helper.from_array(array, name) for name, array in (constants or {}).items()],
    )
    opsets = [helper.make_opsetid("", OPSET)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=8).SerializeToString()


def unary(operator, lens=(2, 3), element_type=TensorProto.FLOAT):
    """y = operator(x)."""
    node = helper.make_node(operator, ["x"], ["y"])
    return serialized([node], [("x", element_type, lens)], [("y", element_type, lens)])


WEIGHTS = np.random.default_rng(3).normal(size=(4, 5)).astype(np.float32)
BIAS = np.arange(5, dtype=np.float32) - 2


def perceptron(batch="N"):
    """hidden = x WEIGHTS; shifted = hidden + BIAS; y = relu(shifted); z = -hidden."""
    return serialized(
        [
            helper.make_node("MatMul", ["x", "weights"], ["hidden"]),
            helper.make_node("Add", ["hidden", "bias"], ["shifted"]),
            helper.make_node("Relu", ["shifted"], ["y"]),
            helper.make_node("Neg", ["hidden"], ["z"]),
        ],
        [("x", TensorProto.FLOAT, [batch, 4])],
        [("y", TensorProto.FLOAT, [batch, 5]), ("z", TensorProto.FLOAT, [batch, 5])],
        {"weights": WEIGHTS, "bias": BIAS},
    )


def perceptron_results(x):
    """What the perceptron gives, in double precision."""
    hidden = x.astype(np.float64) @ WEIGHTS
    return np.maximum(hidden + BIAS, 0), -hidden


def matrix_products(size, count):
    """y = x w w … w: work that takes a while."""
    names = ["x"] + [f"t{i}" for i in range(count - 1)] + ["y"]
    nodes = [helper.make_node("MatMul", [a, "w"], [b]) for a, b in zip(names, names[1:])]
    weights = np.eye(size, dtype=np.float32)
    ends = [[(name, TensorProto.FLOAT, [size, size])] for name in "xy"]
    return serialized(nodes, *ends, {"w": weights})
