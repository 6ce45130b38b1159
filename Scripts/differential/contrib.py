"""Products, poolings and functions of quantised numbers of ONNX Runtime's domain, and a few others."""
import numpy as np

from .registry import operator
from .windows import windows

DOMAIN = "com.microsoft"
BYTES = [np.uint8, np.int8]


def scale(g):
    return g.new(np.asarray(g.rng.uniform(0.02, 0.5), np.float32))


def quantised(g, dtype, shape=None):
    """The names of numbers, their scale and their zero point; without a shape only the last two."""
    names = [] if shape is None else [g.new(g.array(dtype, shape))]
    return [*names, scale(g), g.new(g.array(dtype, []))]


@operator("QLinearSigmoid", "QLinearLeakyRelu")
def qlinear_function(g, op):
    dtype = g.one_of(BYTES)
    names = quantised(g, dtype, g.shape(g.int(1, 4), low=1)) + quantised(g, dtype)
    return g.add(op, names, domain=DOMAIN, alpha=g.float(0, 1) if op == "QLinearLeakyRelu" else None)


@operator("QLinearSoftmax")
def qlinear_softmax(g, op):
    dtype, shape = g.one_of(BYTES), g.shape(g.int(1, 4), low=1)
    names = quantised(g, dtype, shape)
    y_zero = g.new(np.asarray(0 if dtype == np.uint8 else -128, dtype), constant=True)
    y_scale = g.new(np.asarray(1 / 256, np.float32), constant=True)
    return g.add(op, [*names, y_scale, y_zero], domain=DOMAIN, axis=g.axis(len(shape)), opset=13)


@operator("QLinearGlobalAveragePool", "QLinearAveragePool")
def qlinear_pool(g, op):
    dtype, last = g.one_of(BYTES), g.int(0, 1)
    sizes = [g.int(2, 6), g.int(2, 6)]
    channels = g.int(1, 4)
    shape = [g.int(1, 2), *sizes, channels] if last else [g.int(1, 2), channels, *sizes]
    attributes = {"channels_last": last}
    if op == "QLinearAveragePool":
        attributes |= windows(g, sizes, dilations=False) | {"count_include_pad": g.int(0, 1)}
    names = quantised(g, dtype, shape) + quantised(g, dtype)
    return g.add(op, names, domain=DOMAIN, **attributes)


@operator("QLinearConcat")
def qlinear_concat(g, op):
    dtype, shape = g.one_of(BYTES), g.shape(g.int(1, 3), low=1)
    axis, names = g.axis(len(shape)), quantised(g, dtype)
    for _ in range(g.int(1, 3)):
        shape = list(shape)
        shape[axis] = g.int(1, 3)
        names += quantised(g, dtype, shape)
    return g.add(op, names, domain=DOMAIN, axis=axis)


@operator("QLinearWhere")
def qlinear_where(g, op):
    dtype, shape = g.one_of(BYTES), g.shape(g.int(1, 3), low=1)
    parts = [[1 if g.chance(0.3) else d for d in shape] for _ in range(3)]
    names = [g.new(g.array(np.bool_, parts[0])), *quantised(g, dtype, parts[1]),
             *quantised(g, dtype, parts[2]), *quantised(g, dtype)]
    return g.add(op, names, domain=DOMAIN)


@operator("MatMulIntegerToFloat")
def matmul_integer_to_float(g, op):
    rows, depth, columns = (g.int(1, 4) for _ in range(3))
    a, a_scale, a_zero = quantised(g, np.uint8, [rows, depth])
    b, b_scale, b_zero = quantised(g, g.one_of(BYTES), [depth, columns])
    bias = [g.new(g.array(np.float32, [columns]))] if g.chance(0.5) else []
    return g.add(op, [a, b, a_scale, b_scale, a_zero, b_zero, *bias], domain=DOMAIN)


@operator("DynamicQuantizeMatMul")
def dynamic_quantize_matmul(g, op):
    rows, depth, columns = (g.int(1, 4) for _ in range(3))
    a = g.new(np.nan_to_num(g.array(np.float32, [rows, depth]), nan=0, posinf=2, neginf=-2))
    b, b_scale, b_zero = quantised(g, g.one_of(BYTES), [depth, columns])
    bias = [g.new(g.array(np.float32, [columns]))] if g.chance(0.5) else []
    return g.add(op, [a, b, b_scale, b_zero, *bias], domain=DOMAIN)


@operator("QGemm")
def qgemm(g, op):
    rows, depth, columns = (g.int(1, 4) for _ in range(3))
    flags = {n: g.int(0, 1) for n in ("transA", "transB") if g.chance(0.5)}
    a = [rows, depth][::-1 if flags.get("transA") else 1]
    b = [depth, columns][::-1 if flags.get("transB") else 1]
    names = quantised(g, np.uint8, a) + quantised(g, g.one_of(BYTES), b)
    names.append(g.new(g.array(np.int32, [columns])) if g.chance(0.5) else "")
    if g.chance(0.6):
        names += quantised(g, np.uint8)
    elif not names[-1]:
        names.pop()
    return g.add(op, names, domain=DOMAIN, **flags)


@operator("NhwcMaxPool")
def nhwc_max_pool(g, op):
    sizes = [g.int(2, 6), g.int(2, 6)]
    x = g.new(g.array(g.one_of(BYTES), [g.int(1, 2), *sizes, g.int(1, 3)]))
    return g.add(op, [x], domain=DOMAIN, **windows(g, sizes))


@operator("CDist")
def cdist(g, op):
    width, dtype = g.int(1, 4), g.one_of([np.float32, np.float64])
    names = [g.new(g.array(dtype, [g.int(1, 4), width])) for _ in range(2)]
    return g.add(op, names, domain=DOMAIN, metric=g.one_of(["euclidean", "sqeuclidean"]))


@operator("Inverse")
def inverse(g, op):
    size = g.int(1, 3)
    # Far from singular, so that rounding stays small.
    shape = [*g.shape(g.int(0, 2), low=1), size, size]
    array = (g.rng.uniform(-1, 1, size=shape) + 4 * np.eye(size)).astype(np.float32)
    return g.add(op, [g.new(array)], domain=DOMAIN)


@operator("ExpandDims")
def expand_dims(g, op):
    x = g.pick([np.float32, np.int64, np.int32], rank=range(0, 4))
    axis = g.new(np.asarray(g.axis(g.values[x].ndim, 1), np.int32), constant=True)
    return g.add(op, [x, axis], domain=DOMAIN)


@operator("FusedGemm")
def fused_gemm(g, op):
    rows, depth, columns = (g.int(1, 4) for _ in range(3))
    names = [g.new(g.array(np.float32, s)) for s in ([rows, depth], [depth, columns], [columns])]
    return g.add(op, names[:g.int(2, 3)], domain=DOMAIN,
                 activation=g.one_of(["Relu", "Tanh", "Sigmoid", "LeakyRelu"]))


@operator("GroupQueryAttention")
def group_query_attention(g, op):
    batch, shared, width, length = g.int(1, 2), g.int(1, 2), 8 * g.int(1, 2), g.int(1, 4)
    heads = shared * g.int(1, 2)
    names = [g.new(g.array(np.float32, [batch, length, n * width])) for n in (heads, shared, shared)]
    g.fixed.add(names[0])
    last = g.new(np.full([batch], length - 1, np.int32))
    return g.add(op, [*names, "", "", last, g.parameter(length, np.int32)], outputs=3, domain=DOMAIN,
                 num_heads=heads, kv_num_heads=shared, scale=g.float(0.1, 1) if g.chance(0.3) else None)
