"""Operators that work element by element, and those along axes."""
import numpy as np

from .graphs import BFLOAT16, FLOATS, INTS, Rejected
from .registry import operator


@operator(
    "Abs", "Neg", "Sqrt", "Exp", "Log", "Sin", "Cos", "Tan", "Asin", "Acos", "Atan", "Sinh", "Cosh",
    "Tanh", "Asinh", "Acosh", "Atanh", "Ceil", "Floor", "Round", "Sign", "Reciprocal", "Relu",
    "Sigmoid", "Softplus", "Softsign", "Erf", "Not", "IsNaN", "HardSwish", "Mish", "Identity",
    "BitwiseNot")
def unary(g, op):
    return g.add(op, [g.pick(g.types(op))])


@operator("Elu", "Selu", "Celu", "LeakyRelu", "ThresholdedRelu", "HardSigmoid", "Shrink", "Swish", "Gelu")
def activation(g, op):
    names = {
        "Elu": ["alpha"], "Selu": ["alpha", "gamma"], "Celu": ["alpha"], "LeakyRelu": ["alpha"],
        "ThresholdedRelu": ["alpha"], "HardSigmoid": ["alpha", "beta"], "Shrink": ["lambd", "bias"],
        "Swish": ["alpha"], "Gelu": [],
    }[op]
    attributes = {n: g.float(0.1, 1.5) for n in names if g.chance(0.5)}
    if op == "Gelu" and g.chance(0.5):
        attributes["approximate"] = g.one_of(["none", "tanh"])
    return g.add(op, [g.pick(g.types(op))], **attributes)


@operator("IsInf")
def is_inf(g, op):
    attributes = {n: g.int(0, 1) for n in ("detect_negative", "detect_positive") if g.chance(0.5)}
    return g.add(op, [g.pick(g.types(op))], **attributes)


@operator(
    "Add", "Sub", "Mul", "Div", "And", "Or", "Xor", "Equal", "Less", "Greater", "LessOrEqual",
    "GreaterOrEqual", "BitwiseAnd", "BitwiseOr", "BitwiseXor")
def binary(g, op):
    a = g.pick(g.types(op))
    b = g.other(a)
    if op == "Div" and g.values[a].dtype.kind in "iu":
        b = nonzero(g, b, g.values[a].dtype)
    return g.add(op, [a, b] if op == "Div" or g.chance(0.5) else [b, a])


def nonzero(g, name, dtype):
    """That value, or a new one, without zeros."""
    if (g.values[name] == 0).any():
        array = g.array(dtype, g.values[name].shape)
        return g.new(np.where(array == 0, np.ones_like(array), array))
    return name


@operator("Mod")
def modulo(g, op):
    a = g.pick(g.types(op))
    dtype = g.values[a].dtype
    b = nonzero(g, g.other(a), dtype)
    fmod = 1 if dtype.kind in "fV" else g.int(0, 1)
    return g.add(op, [a, b], fmod=fmod)


@operator("Pow")
def power(g, op):
    a = g.pick(g.types(op))
    shape = g.values[g.other(a)].shape
    if g.version(op) < 12:
        exponent = g.array(g.values[a].dtype, shape)
    else:
        exponent = g.array(g.one_of([np.float32, np.int32, np.int64, np.float64]), shape)
    if g.values[a].dtype.kind in "iu":
        exponent = np.round(np.abs(exponent)).astype(exponent.dtype)
        if np.abs(g.values[a].astype(np.float64)).max(initial=0) > 8 or exponent.max(initial=0) > 8:
            raise Rejected("overflow")
        if exponent.min(initial=0) < 0:
            raise Rejected("division by zero")
    return g.add(op, [a, g.new(exponent)])


@operator("Max", "Min", "Sum", "Mean")
def variadic(g, op):
    a = g.pick(g.types(op))
    names = [a, *(g.other(a) for _ in range(g.int(0, 2)))]
    return g.add(op, [names[k] for k in g.rng.permutation(len(names))])


@operator("PRelu")
def prelu(g, op):
    x = g.pick(g.types(op))
    shape = list(g.values[x].shape)[g.int(0, g.values[x].ndim):]
    shape = [1 if g.chance(0.3) else d for d in shape]
    return g.add(op, [x, g.new(g.array(g.values[x].dtype, shape))])


@operator("BitShift")
def bit_shift(g, op):
    a = g.pick(g.types(op))
    dtype = g.values[a].dtype
    b = g.new((g.array(dtype, g.values[g.other(a)].shape) % dtype.type(8)).astype(dtype))
    return g.add(op, [a, b], direction=g.one_of(["LEFT", "RIGHT"]))


@operator("Where")
def where(g, op):
    a = g.pick(g.types(op, 1))
    b = g.other(a)
    condition = g.new(g.array(np.bool_, g.values[g.other(a)].shape))
    return g.add(op, [condition, a, b])


@operator("Clip")
def clip(g, op):
    x = g.pick(g.types(op))
    dtype = g.values[x].dtype
    low, high = sorted([g.float(-3, 3), g.float(-3, 3)])
    if g.version(op) < 11:
        attributes = {k: v for k, v in (("min", low), ("max", high)) if g.chance(0.7)}
        return g.add(op, [x], **attributes)
    if dtype.kind == "u":
        low, high = abs(low), abs(high) + abs(low)
    ends = [g.parameter(v, dtype) if g.chance(0.7) else "" for v in (low, high)]
    return g.add(op, trimmed([x, *ends]))


def trimmed(names):
    """The names without empty ones at the end."""
    while names and not names[-1]:
        names = names[:-1]
    return names


def require_fit(value, target):
    """Rejects numbers whose conversion to that type is undefined."""
    if value.dtype.kind in "fV" and target.kind in "iu":
        wide, info = value.astype(np.float64), np.iinfo(target)
        if not np.isfinite(wide).all() or wide.min(initial=0) < info.min or wide.max(initial=0) > info.max:
            raise Rejected("undefined")


@operator("Cast")
def cast(g, op):
    x = g.pick([t for t in g.types(op) if t is not str])
    value = g.values[x]
    targets = [*FLOATS, *INTS, np.bool_]
    target = np.dtype(g.one_of(targets))
    require_fit(value, target)
    from onnx import helper
    return g.add(op, [x], to=helper.np_dtype_to_tensor_dtype(target))


@operator("CastLike")
def cast_like(g, op):
    x = g.pick([np.float32, np.int64, np.int32, np.bool_])
    like = g.new(g.array(g.one_of([np.float32, np.float64, np.int64, np.int32]), g.shape(1)))
    require_fit(g.values[x], g.values[like].dtype)
    return g.add(op, [x, like])


@operator("BitCast")
def bit_cast(g, op):
    from onnx import helper
    x = g.pick([t for t in g.types(op) if t not in (str, np.bool_, BFLOAT16)])
    width = g.values[x].dtype.itemsize
    target = g.one_of([t for t in [*FLOATS, *INTS] if np.dtype(t).itemsize == width])
    return g.add(op, [x], to=helper.np_dtype_to_tensor_dtype(np.dtype(target)))


@operator("Dropout")
def dropout(g, op):
    return g.add(op, [g.pick(g.types(op))])


@operator(
    "ReduceSum", "ReduceMean", "ReduceMax", "ReduceMin", "ReduceProd", "ReduceL1", "ReduceL2",
    "ReduceSumSquare", "ReduceLogSum", "ReduceLogSumExp")
def reduction(g, op):
    x = g.pick(g.types(op), rank=range(0, 6))
    rank = g.values[x].ndim
    attributes = {"keepdims": g.int(0, 1)} if g.chance(0.6) else {}
    axes = g.axes(rank) if rank and g.chance(0.75) else None
    if g.version(op) < (13 if op == "ReduceSum" else 18):
        if g.opset < 11 and axes:
            axes = [a % rank for a in axes]
        return g.add(op, [x], axes=axes, **attributes)
    if g.chance(0.2):
        attributes["noop_with_empty_axes"] = g.int(0, 1)
    if axes is None:
        return g.add(op, [x, g.parameter([])] if g.chance(0.3) else [x], **attributes)
    return g.add(op, [x, g.parameter(axes)], **attributes)


@operator("ArgMax", "ArgMin")
def arg_extreme(g, op):
    x = g.pick(g.types(op), rank=range(1, 5), low=1)
    attributes = {"axis": g.axis(g.values[x].ndim)} if g.chance(0.8) else {}
    if g.opset < 11 and attributes:
        attributes["axis"] %= g.values[x].ndim
    if g.chance(0.5):
        attributes["keepdims"] = g.int(0, 1)
    if g.opset >= 12 and g.chance(0.4):
        attributes["select_last_index"] = g.int(0, 1)
    return g.add(op, [x], **attributes)


@operator("CumSum", "CumProd")
def cumulative(g, op):
    x = g.pick(g.types(op), rank=range(1, 5))
    axis = g.parameter(g.axis(g.values[x].ndim), g.one_of([np.int32, np.int64]))
    attributes = {n: g.int(0, 1) for n in ("exclusive", "reverse") if g.chance(0.5)}
    return g.add(op, [x, axis], **attributes)


@operator("Softmax", "LogSoftmax", "Hardmax")
def softmax(g, op):
    x = g.pick(g.types(op), rank=range(1, 5))
    rank = g.values[x].ndim
    # Axis 1 is the one by default up to opset 12.
    is_given = g.chance(0.7) or g.opset < 13 and rank < 2
    axis = g.axis(rank) if is_given else None
    if axis is not None and g.opset < 11:
        axis %= rank
    return g.add(op, [x], axis=axis)


@operator("TopK")
def top_k(g, op):
    x = g.pick(g.types(op), rank=range(1, 5), low=1)
    value = g.values[x]
    axis = g.axis(value.ndim) if g.chance(0.8) else None
    if axis is not None and g.opset < 11:
        axis %= value.ndim
    k = g.int(0 if g.chance(0.1) else 1, value.shape[-1 if axis is None else axis])
    attributes = {"axis": axis}
    if g.version(op) >= 11:
        attributes["largest"] = g.int(0, 1) if g.chance(0.5) else None
        attributes["sorted"] = 1 if g.chance(0.3) else None
    if g.version(op) < 10:
        return g.add(op, [x], outputs=2, k=k, **attributes)
    return g.add(op, [x, g.parameter([k])], outputs=2, **attributes)


@operator("LayerNormalization")
def layer_norm(g, op):
    x = g.pick(g.types(op), rank=range(1, 5), low=1)
    value = g.values[x]
    axis = g.axis(value.ndim) if g.chance(0.7) else None
    tail = value.shape[(-1 if axis is None else axis):] if axis != 0 else value.shape
    scale = g.new(g.array(value.dtype, tail))
    names = [x, scale] + ([g.new(g.array(value.dtype, tail))] if g.chance(0.6) else [])
    return g.add(op, names, axis=axis, epsilon=0.01 if g.chance(0.5) else None)


@operator("RMSNormalization")
def rms_norm(g, op):
    x = g.pick(g.types(op), rank=range(1, 5), low=1)
    value = g.values[x]
    axis = g.axis(value.ndim) if g.chance(0.7) else None
    tail = value.shape[(-1 if axis is None else axis):] if axis != 0 else value.shape
    return g.add(op, [x, g.new(g.array(value.dtype, tail))], axis=axis)


def channel_vector(g, value, positive=False):
    array = g.array(value.dtype, [value.shape[1]])
    return g.new(np.abs(array) + array.dtype.type(0.5) if positive else array)


@operator("BatchNormalization")
def batch_norm(g, op):
    x = g.pick(g.types(op), rank=range(2, 5), low=1)
    value = g.values[x]
    names = [channel_vector(g, value) for _ in range(3)] + [channel_vector(g, value, positive=True)]
    return g.add(op, [x, *names], epsilon=0.01 if g.chance(0.5) else None)


@operator("InstanceNormalization")
def instance_norm(g, op):
    x = g.pick(g.types(op), rank=range(3, 5), low=1)
    value = g.values[x]
    return g.add(op, [x, channel_vector(g, value), channel_vector(g, value)],
                 epsilon=0.01 if g.chance(0.5) else None)


@operator("GroupNormalization")
def group_norm(g, op):
    groups = g.int(1, 3)
    shape = [g.int(1, 2), groups * g.int(1, 2), *g.shape(g.int(1, 2), low=1)]
    x = g.new(g.array(g.one_of([np.float32, np.float16]), shape))
    size = shape[1] if g.version(op) >= 21 else groups
    scales = [g.new(g.array(g.values[x].dtype, [size])) for _ in range(2)]
    return g.add(op, [x, *scales], num_groups=groups)


@operator("LpNormalization")
def lp_norm(g, op):
    x = g.pick(g.types(op), rank=range(1, 5), low=1)
    return g.add(op, [x], axis=g.axis(g.values[x].ndim) if g.chance(0.7) else None,
                 p=g.int(1, 2) if g.chance(0.5) else None)


@operator("LRN")
def lrn(g, op):
    x = g.pick(g.types(op), rank=4, low=1)
    return g.add(op, [x], size=g.one_of([1, 3, 5]), alpha=g.float(0, 1) if g.chance(0.5) else None,
                 beta=g.float(0, 1) if g.chance(0.5) else None, bias=1.5 if g.chance(0.3) else None)


@operator("MeanVarianceNormalization")
def mean_variance_norm(g, op):
    x = g.pick(g.types(op), rank=4, low=1)
    return g.add(op, [x], axes=[int(a) % 4 for a in g.axes(4)] if g.chance(0.6) else None)
