"""Differences from ONNX Runtime that are right, each with its reason."""
import numpy as np

RECURRENT = {"RNN", "GRU", "LSTM"}
NORMALISING = {
    "InstanceNormalization", "BatchNormalization", "LayerNormalization", "GroupNormalization",
    "RMSNormalization", "MeanVarianceNormalization", "LpNormalization", "LRN"}
RESIZING = {"Resize", "Upsample", "GridSample", "RoiAlign", "AffineGrid"}
ORDERING = {
    "Hardmax", "ArgMax", "ArgMin", "TopK", "MaxPool", "GlobalMaxPool", "ReduceMax", "ReduceMin",
    "Unique", "NonMaxSuppression", "Max", "Min", "Clip", "Relu", "Sign", "LogSoftmax", "Softmax",
    "ScatterElements", "ScatterND"}
LOGARITHMS = {"ReduceLogSum", "ReduceLogSumExp", "ReduceL2"}


def inputs(case, node):
    return [case.values[n] for n in node.input if n and isinstance(case.values[n], np.ndarray)]


def is_not_finite(case, node):
    return any(v.dtype.kind == "f" and not np.isfinite(v).all() for v in inputs(case, node))


def has_nan(case, node):
    return any(v.dtype.kind == "f" and np.isnan(v).any() for v in inputs(case, node))


def is_huge(case, node):
    return is_not_finite(case, node) or any(
        v.dtype.kind == "f" and np.abs(v).max(initial=0) > 100 for v in inputs(case, node))


def is_integer(case, node):
    return inputs(case, node)[0].dtype.kind in "iu"


def overflows(case, node):
    """Whether sums or products of integers may leave their type."""
    value = inputs(case, node)[0]
    if value.dtype.kind not in "iu":
        return False
    size = np.abs(value.astype(np.float64)).max(initial=0)
    return size > 2.0 ** (8 * value.dtype.itemsize - 4) or node.op_type == "ReduceProd"


def is_empty(case, node):
    return any(v.size == 0 for v in inputs(case, node))


def is_constant(case, node):
    """Whether numbers that a mean is taken of are nearly equal."""
    value = case.values[node.input[0]].astype(np.float64)
    axes = next((tuple(a.ints) for a in node.attribute if a.name == "axes"), None)
    axes = axes or (tuple(range(2, value.ndim)) if node.op_type == "InstanceNormalization" else (0, 2, 3))
    return bool((value.std(axis=axes) < 1e-3).any())


def is_text(case, node):
    return any(v.dtype == object for v in inputs(case, node))


def is_single(case, node):
    return 1 in case.values[node.input[1]][2:]


def is_padded_to_same(case, node):
    return any(a.name == "auto_pad" and a.s.startswith(b"SAME") for a in node.attribute)


# Operators, a test of the case and the node, the reason.
KNOWN = [
    (RECURRENT, is_huge, "ONNX Runtime limits the arguments of activations"),
    (NORMALISING, is_not_finite, "what a mean of infinities gives depends on the order of its terms"),
    ({"Resize"}, is_integer, "ONNX Runtime cuts off fractions after each axis in some modes"),
    ({"DFT", "STFT"}, is_not_finite, "which sums infinities enter depends on the algorithm"),
    (RESIZING, is_not_finite, "whether NaN times a weight of 0 counts is open"),
    (ORDERING, has_nan, "where NaN stands in the order of numbers is open"),
    (LOGARITHMS, is_integer, "functions of integers: how fractions are cut off inside is open"),
    ({"ReduceL1", "ReduceSum", "ReduceSumSquare", "ReduceProd", "ReduceMean"}, overflows,
     "overflow of integers is undefined"),
    ({"ReduceMean", "ReduceMax", "ReduceMin", "ReduceLogSum", "ReduceLogSumExp"}, is_empty,
     "what is reduced has no elements"),
    ({"Clip"}, is_not_finite, "ONNX Runtime clips to the finite numbers where no limit is given"),
    ({"AffineGrid"}, is_single,
     "a single aligned position lies in the middle here and in PyTorch, at the end in ONNX Runtime"),
    ({"Gather"}, is_text, "ONNX Runtime copies only the first text of each run"),
    ({"ConvTranspose"}, is_padded_to_same,
     "ONNX makes the size that of the input times the stride, ONNX Runtime less for small windows"),
    ({"MeanVarianceNormalization"}, is_constant,
     "ONNX Runtime leaves out the epsilon that ONNX's definition adds to the variance"),
    ({"InstanceNormalization"}, is_constant, "what rounding leaves over is scaled up"),
    ({"GlobalMaxPool", "MaxPool"}, is_not_finite, "ONNX Runtime begins at the lowest finite number"),
    ({"Shrink"}, overflows, "overflow of integers is undefined"),
]


def reason(case):
    """Why a case may differ; None if there is no reason."""
    for node in case.nodes:
        for operators, test, text in KNOWN:
            if node.op_type in operators and test(case, node):
                return text
    return None
