"""Differences from ONNX Runtime that are right, each with its reason."""
import math

import numpy as np
from onnx import helper

from . import oracle

RECURRENT = {"RNN", "GRU", "LSTM"}
LARGEST = {"Hardmax", "ArgMax", "ArgMin", "ReduceMax", "ReduceMin"}
SCATTERS = {"ScatterElements", "ScatterND"}
SUMS = {"ReduceL1", "ReduceSum", "ReduceSumSquare", "ReduceMean"}


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


def attribute(node, name, default=None):
    found = [helper.get_attribute_value(a) for a in node.attribute if a.name == name]
    return found[0] if found else default


def is_extreme(case, node):
    """Whether sums of the integers may leave their type."""
    return any(
        v.dtype.kind in "iu" and np.abs(v.astype(np.float64)).max(initial=0) > 2.0 ** (8 * v.dtype.itemsize - 4)
        for v in inputs(case, node))


def has_large_product(case, node):
    """Whether products of the integers may leave their type."""
    value = inputs(case, node)[0]
    if value.dtype.kind not in "iu":
        return False
    digits = np.log2(np.maximum(np.abs(value.astype(np.float64)), 1))
    return digits.sum() > 8 * value.dtype.itemsize - 2


def is_empty(case, node):
    return any(v.size == 0 for v in inputs(case, node))


def is_constant(case, node):
    """Whether numbers that a mean is taken of are nearly equal."""
    value = case.values[node.input[0]].astype(np.float64)
    axes = tuple(attribute(node, "axes", ()))
    axes = axes or (tuple(range(2, value.ndim)) if node.op_type == "InstanceNormalization" else (0, 2, 3))
    return bool((value.std(axis=axes) < 1e-3).any())


def is_text_in_runs(case, node):
    """Whether each index takes more than one text."""
    value = case.values[node.input[0]]
    axis = attribute(node, "axis", 0) % value.ndim
    return value.dtype == object and math.prod(value.shape[axis + 1:]) > 1


def cuts_fractions_early(case, node):
    """Whether ONNX Runtime's integers are not what is left of the floats that it gives for the same numbers."""
    if not is_integer(case, node):
        return False
    feeds = {name: case.values[name] for name in node.input if name}
    feeds[node.input[0]] = feeds[node.input[0]].astype(np.float32)
    model = oracle.make_model(
        [node], [(n, oracle.type_proto(v)) for n, v in feeds.items()], [(node.output[0], None)], [],
        case.opsets)
    exact = oracle.run_runtime(model, feeds)[0]
    whole = np.rint(exact)
    # Weights that are no sums of halves are rounded, and so may fall short of an integer here too.
    ratios = [a / b for a, b in zip(feeds[node.input[0]].shape, exact.shape) if b]
    if any(r * 1024 % 1 for r in ratios) and ((np.abs(exact - whole) < 1e-4) & (whole != 0)).any():
        return True
    exact = np.where(np.abs(exact - whole) < 1e-4, whole, exact)
    return bool((np.trunc(exact) != case.values[node.output[0]]).any())


def is_single(case, node):
    return 1 in case.values[node.input[1]][2:]


def has_gaps(case, node):
    """Whether windows padded to the same size leave out elements of the larger tensor."""
    if not attribute(node, "auto_pad", b"").startswith(b"SAME"):
        return False
    kernel = attribute(node, "kernel_shape") or case.values[node.input[1]].shape[2:]
    ones = [1] * len(kernel)
    strides, dilations = (attribute(node, name, ones) for name in ("strides", "dilations"))
    return any((k - 1) * d + 1 < s for k, d, s in zip(kernel, dilations, strides))


def is_open_clip(case, node):
    """Whether infinities meet a limit that is not given."""
    ends = [*node.input[1:], "", ""][:2]
    ends = [e or any(a.name == name for a in node.attribute) for e, name in zip(ends, ("min", "max"))]
    return is_not_finite(case, node) and not all(ends)


def is_extreme_with_nan(case, node):
    return attribute(node, "reduction", b"none") in (b"min", b"max") and has_nan(case, node)


def is_half_nan(case, node):
    return inputs(case, node)[0].dtype == np.float16 and has_nan(case, node)


def is_not_finite_double(case, node):
    return inputs(case, node)[0].dtype == np.float64 and is_not_finite(case, node)


def loses_running_sums(case, node):
    """Whether sums differ from those got by adding the element that enters and taking off the one that leaves."""
    value = case.values[node.input[0]].astype(np.float32)
    size, count = attribute(node, "size"), value.shape[1]
    factor = np.float32(attribute(node, "alpha", 1e-4) / size)
    before = (size - 1) // 2
    with np.errstate(all="ignore"):
        padded = np.zeros([value.shape[0], count + size - 1, *value.shape[2:]], np.float32)
        padded[:, before:before + count] = value * value * factor
        running = padded[:, :size].sum(axis=1)
        for start in range(count):
            if start:
                running = running + padded[:, start + size - 1] - padded[:, start - 1]
            wanted = padded[:, start:start + size].sum(axis=1)
            bias = np.float32(attribute(node, "bias", 1.0))
            if not np.allclose(running + bias, wanted + bias, rtol=1e-5, atol=0, equal_nan=True):
                return True
    return False


def is_tiny(case, node):
    """Whether all results are what a sum of nearly opposite numbers leaves."""
    result = case.values[node.output[0]]
    return bool((np.abs(result) < 1e-2).all())


def cancels(case, node):
    """Whether all results are nothing beside the terms of their sums."""
    largest = max(np.abs(v.astype(np.float64)).max(initial=0) for v in inputs(case, node))
    sums = case.values[node.output[0]].astype(np.float64)
    if node.op_type == "ReduceLogSum":
        sums = np.exp(sums)
    return bool((np.abs(sums) < 1e-6 * largest).all())


def has_no_shares(case, node):
    results = [case.values[name] for name in node.output]
    return attribute(node, "post_transform") == b"SOFTMAX_ZERO" and any(
        v.dtype.kind == "f" and np.isnan(v).any() for v in results)


# Operators, a test of the case and the node, the reason.
KNOWN = [
    (RECURRENT, is_huge, "ONNX Runtime limits the arguments of activations"),
    ({"InstanceNormalization", "BatchNormalization", "MeanVarianceNormalization"}, is_not_finite,
     "what a mean of infinities gives depends on the order of its terms"),
    ({"LRN"}, loses_running_sums,
     "ONNX Runtime keeps a running sum over the channels, in which large numbers and NaN leave their traces"),
    ({"Resize", "Upsample"}, cuts_fractions_early,
     "ONNX Runtime cuts off fractions of sums that rounding left short of an integer, or of each axis"),
    ({"DFT", "STFT"}, is_not_finite, "which sums infinities enter depends on the algorithm"),
    ({"Resize", "Upsample", "RoiAlign", "DeformConv"}, is_not_finite,
     "whether NaN times a weight of 0 counts is open"),
    (LARGEST, has_nan, "where NaN stands in the order of numbers is open"),
    (SCATTERS, is_extreme_with_nan, "where NaN stands in the order of numbers is open"),
    ({"Sign"}, is_half_nan, "ONNX Runtime gives NaN of 16 bits the sign 0"),
    ({"LogSoftmax", "SoftmaxCrossEntropyLoss"}, is_not_finite_double,
     "ONNX Runtime bounds sums of doubles from below before it takes the logarithm, where NaN is lost"),
    ({"ReduceLogSum", "ReduceLogSumExp", "ReduceL2"}, is_integer,
     "functions of integers: how fractions are cut off inside is open"),
    (SUMS, is_extreme, "overflow of integers is undefined"),
    ({"ReduceProd"}, has_large_product, "overflow of integers is undefined"),
    ({"ReduceMean", "ReduceMax", "ReduceMin", "ReduceLogSum", "ReduceLogSumExp"}, is_empty,
     "what is reduced has no elements"),
    ({"Clip"}, is_open_clip, "ONNX Runtime clips to the finite numbers where no limit is given"),
    ({"AffineGrid"}, is_single,
     "a single aligned position lies in the middle here and in PyTorch, at the end in ONNX Runtime"),
    ({"Gather"}, is_text_in_runs, "ONNX Runtime copies only the first text of each run"),
    ({"ConvTranspose"}, has_gaps,
     "ONNX makes the size that of the input times the stride, ONNX Runtime less for small windows"),
    ({"LpPool", "MaxPool", "NhwcMaxPool", "QLinearAveragePool"}, has_gaps, "ONNX Runtime pads by less than nothing"),
    ({"MeanVarianceNormalization"}, is_constant,
     "ONNX Runtime leaves out the epsilon that ONNX's definition adds to the variance"),
    ({"InstanceNormalization"}, is_constant, "what rounding leaves over is scaled up"),
    ({"GlobalMaxPool", "MaxPool", "MaxRoiPool"}, is_not_finite,
     "ONNX Runtime begins at the lowest finite number, and passes over NaN"),
    ({"Gemm", "Shrink"}, is_extreme, "overflow of integers is undefined"),
    ({"FastGelu", "QuickGelu"}, is_tiny,
     "ONNX Runtime computes a share near 0 to the digits of 1, so that few are left"),
    ({"ReduceSum", "ReduceMean", "ReduceLogSum", "MatMul", "Gemm", "Conv"}, cancels,
     "what is left of terms that cancel out depends on the order of their sum"),
    ({"Det"}, is_not_finite, "which products infinities enter depends on the algorithm"),
    ({"CDist"}, is_not_finite, "ONNX Runtime takes differences of squares, in which infinities cancel out"),
    ({"LinearRegressor", "LinearClassifier", "TreeEnsembleRegressor", "TreeEnsembleClassifier"},
     has_no_shares, "ONNX Runtime divides 0 by 0 where SOFTMAX_ZERO meets no number but 0"),
    ({"Attention", "GroupQueryAttention"}, is_not_finite,
     "whether NaN in what a query must not see counts, with a weight of 0, is open"),
]


def reason(case):
    """Why a case may differ; None if there is no reason."""
    for node in case.nodes:
        for operators, test, text in KNOWN:
            if node.op_type in operators and test(case, node):
                return text
    return None
