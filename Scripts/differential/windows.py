"""Products, windows, recurrent networks, quantisation, signals and control flow."""
import numpy as np
from onnx import TensorProto, helper

from .elementwise import trimmed
from .graphs import BFLOAT16, FLOATS, INTS, Rejected
from .registry import operator


@operator("MatMul")
def matmul(g, op):
    a = g.pick([t for t in g.types(op) if t is not str], rank=range(1, 5))
    value = g.values[a]
    depth = value.shape[-1]
    if g.chance(0.2):
        return g.add(op, [a, g.new(g.array(value.dtype, [depth]))])
    outer = list(value.shape[:-2])
    outer = [1 if g.chance(0.3) else d for d in outer][g.int(0, len(outer)):]
    b = g.new(g.array(value.dtype, [*outer, depth, g.int(0 if g.chance(0.05) else 1, 5)]))
    return g.add(op, [a, b])


@operator("Gemm")
def gemm(g, op):
    a = g.pick(g.types(op), rank=2)
    value = g.values[a]
    flags = {n: g.int(0, 1) for n in ("transA", "transB") if g.chance(0.6)}
    rows, depth = value.shape[::-1] if flags.get("transA") else value.shape
    columns = g.int(1, 5)
    b = [columns, depth] if flags.get("transB") else [depth, columns]
    names = [a, g.new(g.array(value.dtype, b))]
    if g.chance(0.7) or g.opset < 11:
        c = g.one_of([[rows, columns], [columns], [1, columns], [rows, 1], [], [1]])
        names.append(g.new(g.array(value.dtype, c)))
    scales = {n: g.float() for n in ("alpha", "beta") if g.chance(0.3)}
    if value.dtype.kind in "iu":
        # Products of negative numbers are undefined where there are none.
        scales = {n: float(abs(round(v)) if value.dtype.kind == "u" else round(v)) for n, v in scales.items()}
    return g.add(op, names, **flags, **scales)


def windows(g, sizes, pads=True, dilations=True, ceil=False, most=3):
    """Attributes of sliding windows over axes of those sizes."""
    kernel = [g.int(1, min(most, max(1, d))) for d in sizes]
    attributes = {"kernel_shape": kernel}
    if g.chance(0.5):
        attributes["strides"] = [g.int(1, 3) for _ in sizes]
    if dilations and g.chance(0.3):
        attributes["dilations"] = [g.int(1, 2) for _ in sizes]
    if pads and g.chance(0.5):
        attributes["pads"] = [g.int(0, k - 1) for k in kernel * 2]
    elif pads and g.chance(0.3):
        attributes["auto_pad"] = g.one_of(["SAME_UPPER", "SAME_LOWER", "VALID"])
        if attributes["auto_pad"] != "VALID":
            attributes.pop("dilations", None)
    spans = [(k - 1) * d + 1 for k, d in zip(kernel, attributes.get("dilations", [1] * 3))]
    pads_of = attributes.get("pads", [0] * 6)
    if any(s > d + a + b for s, d, a, b in zip(spans, sizes, pads_of, pads_of[len(sizes):])):
        raise Rejected("the window is larger than the input")
    if ceil and g.chance(0.3):
        attributes["ceil_mode"] = 1
    return attributes


def image(g, dtypes, channels=None, ranks=(1, 2, 2, 3)):
    """A tensor of the shape [N, C, ...]."""
    spatial = g.one_of(ranks)
    size = {1: 9, 2: 7, 3: 5}[spatial]
    if channels is None and g.chance(0.5):
        return g.pick(dtypes, rank=spatial + 2, low=1)
    c = g.int(1, 4) if channels is None else channels
    shape = [g.int(1, 2), c, *(g.int(2, size) for _ in range(spatial))]
    return g.new(g.array(g.one_of(dtypes), shape))


@operator("Conv", "ConvTranspose")
def conv(g, op):
    group = g.one_of([1, 1, 1, 2, 3])
    channels = None if group == 1 else group * g.int(1, 2)
    x = image(g, [np.float32, np.float32, np.float64, np.float16], channels)
    value = g.values[x]
    attributes = windows(g, value.shape[2:])
    kernel = attributes["kernel_shape"]
    outputs = group * g.int(1, 3)
    if op == "Conv":
        w = [outputs, value.shape[1] // group, *kernel]
    else:
        w = [value.shape[1], outputs // group, *kernel]
        if g.chance(0.3) and "auto_pad" not in attributes:
            strides = attributes.get("strides", [1] * len(kernel))
            attributes["output_padding"] = [g.int(0, s - 1) for s in strides]
    if g.chance(0.3):
        del attributes["kernel_shape"]
    names = [x, g.new(g.array(value.dtype, w))]
    if g.chance(0.5):
        names.append(g.new(g.array(value.dtype, [outputs])))
    return g.add(op, names, group=group if group > 1 or g.chance(0.3) else None, **attributes)


@operator("MaxPool")
def max_pool(g, op):
    x = image(g, [np.float32, np.float32, np.float64, np.float16, np.int8, np.uint8])
    dilations = g.opset >= 10
    attributes = windows(g, g.values[x].shape[2:], dilations=dilations, ceil=g.opset >= 10)
    if g.opset >= 8 and g.chance(0.3):
        return g.add(op, [x], outputs=2, **attributes)
    return g.add(op, [x], **attributes)


@operator("AveragePool", "LpPool")
def average_pool(g, op):
    x = image(g, [np.float32, np.float32, np.float16, np.float64])
    new = g.opset >= (19 if op == "AveragePool" else 18)
    attributes = windows(g, g.values[x].shape[2:], dilations=new,
                         ceil=g.opset >= 10 if op == "AveragePool" else new)
    if op == "AveragePool" and g.chance(0.4):
        attributes["count_include_pad"] = 1
    if op == "LpPool" and g.chance(0.4):
        attributes["p"] = g.int(1, 3)
    return g.add(op, [x], **attributes)


@operator("GlobalAveragePool", "GlobalMaxPool", "GlobalLpPool")
def global_pool(g, op):
    return g.add(op, [image(g, [np.float32, np.float32, np.float64, np.float16])])


@operator("Resize", "Upsample")
def resize(g, op):
    x = image(g, [np.float32, np.float32, np.float64, np.int32], ranks=(2, 2, 1))
    value = g.values[x]
    scales = [1.0, 1.0, *(g.one_of([0.5, 1.0, 1.5, 2.0, 2.5, 3.0]) for _ in value.shape[2:])]
    if op == "Upsample" or g.opset < 11:
        mode = g.one_of(["nearest", "linear"])
        if op == "Upsample":
            scales = [max(s, 1.0) for s in scales]
        if g.opset < 9:
            return g.add(op, [x], mode=mode, scales=scales)
        return g.add(op, [x, g.parameter(scales, np.float32)], mode=mode)
    attributes = {"mode": g.one_of(["nearest", "linear", "cubic"])}
    if g.chance(0.7):
        attributes["coordinate_transformation_mode"] = g.one_of(
            ["half_pixel", "pytorch_half_pixel", "align_corners", "asymmetric"])
    if attributes["mode"] == "nearest" and g.chance(0.6):
        attributes["nearest_mode"] = g.one_of(
            ["round_prefer_floor", "round_prefer_ceil", "floor", "ceil"])
    if attributes["mode"] == "cubic":
        if value.ndim != 4:
            raise Rejected("cubic needs two axes")
        if g.chance(0.4):
            attributes["cubic_coeff_a"] = -0.5
        if g.chance(0.3):
            attributes["exclude_outside"] = 1
    if g.opset >= 18 and attributes["mode"] != "nearest" and g.chance(0.25):
        attributes["antialias"] = 1
    roi = g.parameter([], np.float32) if g.opset < 13 or g.chance(0.3) else ""
    if g.chance(0.5):
        return g.add(op, [x, roi, g.parameter(scales, np.float32)], **attributes)
    sizes = [*value.shape[:2], *(g.int(1, 9) for _ in value.shape[2:])]
    empty = g.parameter([], np.float32) if g.opset < 13 else ""
    return g.add(op, [x, roi, empty, g.parameter(sizes)], **attributes)


@operator("GridSample")
def grid_sample(g, op):
    x = g.new(g.array(np.float32, [g.int(1, 2), g.int(1, 2), g.int(2, 5), g.int(2, 5)]))
    shape = [g.values[x].shape[0], g.int(1, 4), g.int(1, 4), 2]
    grid = g.new(g.rng.uniform(-1.3, 1.3, size=shape).astype(np.float32))
    modes = ["bilinear", "nearest", "bicubic"] if g.opset < 20 else ["linear", "nearest", "cubic"]
    return g.add(op, [x, grid], mode=g.one_of(modes), align_corners=g.int(0, 1),
                 padding_mode=g.one_of(["zeros", "border", "reflection"]))


@operator("AffineGrid")
def affine_grid(g, op):
    n = g.int(1, 2)
    theta = g.new(g.array(np.float32, [n, 2, 3]))
    g.fixed.add(theta)
    return g.add(op, [theta, g.parameter([n, 1, g.int(1, 4), g.int(1, 4)])],
                 align_corners=g.int(0, 1))


@operator("RoiAlign")
def roi_align(g, op):
    x = g.new(g.array(np.float32, [2, g.int(1, 2), g.int(3, 7), g.int(3, 7)]))
    count = g.int(0 if g.chance(0.1) else 1, 3)
    corners = g.rng.uniform(0, 5, size=[count, 2])
    rois = np.concatenate([corners, corners + g.rng.uniform(0.1, 5, size=[count, 2])], axis=1)
    batch = g.rng.integers(0, 2, size=count).astype(np.int64)
    attributes = {"output_height": g.int(1, 3), "output_width": g.int(1, 3)}
    if g.chance(0.5):
        attributes["mode"] = g.one_of(["avg", "max"])
    if g.chance(0.5):
        attributes["sampling_ratio"] = g.int(0, 3)
    if g.chance(0.5):
        attributes["spatial_scale"] = g.one_of([0.5, 1.0, 0.25])
    if g.opset >= 16 and g.chance(0.5):
        attributes["coordinate_transformation_mode"] = g.one_of(["half_pixel", "output_half_pixel"])
    return g.add(op, [x, g.new(rois.astype(np.float32)), g.new(batch)], **attributes)


@operator("MaxRoiPool")
def max_roi_pool(g, op):
    x = g.new(g.array(np.float32, [2, g.int(1, 2), g.int(3, 7), g.int(3, 7)]))
    count = g.int(1, 3)
    corners = g.rng.integers(0, 4, size=[count, 2])
    rois = np.concatenate(
        [g.rng.integers(0, 2, size=[count, 1]), corners, corners + g.rng.integers(0, 5, size=[count, 2])],
        axis=1)
    return g.add(op, [x, g.new(rois.astype(np.float32))], pooled_shape=[g.int(1, 3), g.int(1, 3)],
                 spatial_scale=g.one_of([0.5, 1.0, 0.25]) if g.chance(0.5) else None)


@operator("DeformConv")
def deform_conv(g, op):
    group, offsets = g.int(1, 2), g.int(1, 2)
    shape = [g.int(1, 2), 2 * g.int(1, 2), g.int(3, 5), g.int(3, 5)]
    kernel, strides = [g.int(1, 2), g.int(1, 3)], [g.int(1, 2), g.int(1, 2)]
    pads = [g.int(0, 1) for _ in range(4)]
    sizes = [(d + pads[k] + pads[k + 2] - kernel[k]) // strides[k] + 1 for k, d in enumerate(shape[2:])]
    taps, outputs = kernel[0] * kernel[1], group * g.int(1, 2)
    new = lambda s: g.new(g.array(np.float32, s))
    names = [new(shape), new([outputs, shape[1] // group, *kernel]),
             new([shape[0], 2 * offsets * taps, *sizes]), "", ""]
    if g.chance(0.5):
        names[3] = new([outputs])
    if g.chance(0.5):
        names[4] = new([shape[0], offsets * taps, *sizes])
    return g.add(op, trimmed(names), kernel_shape=kernel, strides=strides, pads=pads, group=group,
                 offset_group=offsets)


@operator("NonMaxSuppression")
def non_max_suppression(g, op):
    batch, boxes, classes = g.int(1, 2), g.int(1, 6), g.int(1, 3)
    center = g.int(0, 1)
    corners = g.rng.uniform(0, 3, size=[batch, boxes, 2])
    sizes = g.rng.uniform(0.5, 3, size=[batch, boxes, 2])
    data = np.concatenate([corners, sizes if center else corners + sizes], axis=2)
    scores = g.rng.permutation(batch * classes * boxes).reshape([batch, classes, boxes]) / 10
    names = [g.new(data.astype(np.float32)), g.new(scores.astype(np.float32)), "", "", ""]
    if g.chance(0.9):
        names[2] = g.parameter([g.int(0, 3)])
    if g.chance(0.7):
        names[3] = g.parameter([g.one_of([0.0, 0.3, 0.5, 0.9])], np.float32)
    if g.chance(0.5):
        names[4] = g.parameter([g.float(0, 2)], np.float32)
    return g.add(op, trimmed(names), center_point_box=center if center or g.chance(0.3) else None)


@operator("RNN", "GRU", "LSTM")
def recurrent(g, op):
    gates = {"RNN": 1, "GRU": 3, "LSTM": 4}[op]
    steps, batch, width, hidden = g.int(1, 4), g.int(1, 3), g.int(1, 3), g.int(1, 3)
    direction = g.one_of(["forward", "reverse", "bidirectional"])
    sets = 2 if direction == "bidirectional" else 1
    dtype = np.float32
    names = [g.new(g.array(dtype, s)) for s in (
        [steps, batch, width], [sets, gates * hidden, width], [sets, gates * hidden, hidden])]
    names += ["", "", ""]
    if g.chance(0.6):
        names[3] = g.new(g.array(dtype, [sets, 2 * gates * hidden]))
    if g.chance(0.3):
        names[4] = g.new(g.rng.integers(1, steps + 1, size=[batch]).astype(np.int32))
    if g.chance(0.5):
        names[5] = g.new(g.array(dtype, [sets, batch, hidden]))
    if op == "LSTM":
        names += ["", ""]
        if g.chance(0.5):
            names[6] = g.new(g.array(dtype, [sets, batch, hidden]))
        if g.chance(0.3):
            names[7] = g.new(g.array(dtype, [sets, 3 * hidden]))
    attributes = {"hidden_size": hidden}
    if direction != "forward" or g.chance(0.5):
        attributes["direction"] = direction
    if g.chance(0.2):
        attributes["clip"] = g.float(0.3, 2)
    if op == "GRU":
        attributes["linear_before_reset"] = g.int(0, 1)
    if g.chance(0.3):
        count = {"RNN": 1, "GRU": 2, "LSTM": 3}[op] * sets
        kinds = ["Tanh", "Sigmoid", "Relu", "Softsign"]
        attributes["activations"] = [g.one_of(kinds) for _ in range(count)]
    return g.add(op, trimmed(names), outputs=3 if op == "LSTM" else 2, **attributes)


@operator("MatMulInteger")
def matmul_integer(g, op):
    types = [np.int8, np.uint8]
    a = g.new(g.array(g.one_of(types), g.shape(g.int(1, 3), low=1)))
    b = g.new(g.array(g.one_of(types), [g.values[a].shape[-1], g.int(1, 4)]))
    names = [a, b, "", ""]
    for place, name in ((2, a), (3, b)):
        if g.chance(0.5):
            names[place] = g.new(g.array(g.values[name].dtype, []))
    return g.add(op, trimmed(names))


@operator("ConvInteger")
def conv_integer(g, op):
    x = g.new(g.array(np.uint8, [1, g.int(1, 3), g.int(2, 6), g.int(2, 6)]))
    attributes = windows(g, g.values[x].shape[2:])
    w = g.new(g.array(g.one_of([np.int8, np.uint8]),
                      [g.int(1, 3), g.values[x].shape[1], *attributes["kernel_shape"]]))
    names = [x, w, "", ""]
    if g.chance(0.5):
        names[2] = g.new(g.array(np.uint8, []))
    if names[2] and g.chance(0.5):
        names[3] = g.new(g.array(g.values[w].dtype, []))
    return g.add(op, trimmed(names), **attributes)


def scale(g, shape=()):
    return g.new(np.asarray(g.rng.uniform(0.02, 0.5, size=shape), np.float32))


@operator("QuantizeLinear")
def quantize(g, op):
    x = g.pick([np.float32], rank=range(0, 5))
    value = g.values[x]
    dtype = g.one_of([np.uint8, np.int8] + ([np.int16, np.uint16] if g.opset >= 21 else []))
    if np.isnan(value).any():
        raise Rejected("NaN")
    axis, shape = None, ()
    if g.opset >= 13 and value.ndim and g.chance(0.4):
        axis = g.axis(value.ndim)
        shape = (value.shape[axis],)
    names = [x, scale(g, shape)]
    if g.chance(0.7) or dtype != np.uint8:
        names.append(g.new(g.array(dtype, shape)))
    return g.add(op, names, axis=axis)


@operator("DequantizeLinear")
def dequantize(g, op):
    types = [np.uint8, np.int8, np.int32] + ([np.int16, np.uint16] if g.opset >= 21 else [])
    x = g.pick(types, rank=range(0, 5))
    value = g.values[x]
    axis, shape = None, ()
    if g.opset >= 13 and value.ndim and g.chance(0.4):
        axis = g.axis(value.ndim)
        shape = (value.shape[axis],)
    names = [x, scale(g, shape)]
    if g.chance(0.6) and value.dtype != np.int32:
        names.append(g.new(g.array(value.dtype, shape)))
    return g.add(op, names, axis=axis)


@operator("DynamicQuantizeLinear")
def dynamic_quantize(g, op):
    x = g.pick([np.float32], low=1, where=lambda v: bool(np.isfinite(v).all()))
    return g.add(op, [x], outputs=3)


@operator("QLinearMatMul")
def qlinear_matmul(g, op):
    a = g.new(g.array(np.uint8, g.shape(g.int(2, 3), low=1)))
    b = g.new(g.array(g.one_of([np.uint8, np.int8]), [g.values[a].shape[-1], g.int(1, 4)]))
    zero = lambda dtype: g.new(g.array(dtype, []))
    return g.add(op, [a, scale(g), zero(np.uint8), b, scale(g), zero(g.values[b].dtype), scale(g),
                      zero(np.uint8)])


@operator("QLinearConv")
def qlinear_conv(g, op):
    x = g.new(g.array(np.uint8, [1, g.int(1, 3), g.int(2, 6), g.int(2, 6)]))
    attributes = windows(g, g.values[x].shape[2:])
    outputs = g.int(1, 3)
    w = g.new(g.array(g.one_of([np.uint8, np.int8]),
                      [outputs, g.values[x].shape[1], *attributes["kernel_shape"]]))
    zero = lambda dtype: g.new(g.array(dtype, []))
    names = [x, scale(g), zero(np.uint8), w, scale(g), zero(g.values[w].dtype), scale(g),
             zero(np.uint8)]
    if g.chance(0.5):
        names.append(g.new(g.array(np.int32, [outputs])))
    return g.add(op, names, **attributes)


@operator("DFT")
def dft(g, op):
    x = g.new(g.array(np.float32, [g.int(1, 2), g.int(2, 6), g.int(1, 2)]))
    flags = {"onesided": 0, "inverse": g.int(0, 1)}
    if g.values[x].shape[-1] == 1 and g.chance(0.5):
        flags = {"onesided": 1, "inverse": 0}
    if g.opset < 20:
        return g.add(op, [x], axis=1, **flags)
    return g.add(op, [x, "", g.parameter(1)], **flags)


@operator("HannWindow", "HammingWindow", "BlackmanWindow")
def window(g, op):
    return g.add(op, [g.parameter(g.int(1, 9))], periodic=g.int(0, 1))


@operator("Det")
def det(g, op):
    n = g.int(1, 4)
    return g.add(op, [g.new(g.array(np.float32, [*g.shape(g.int(0, 2), low=1), n, n]))])


@operator("Col2Im")
def col2im(g, op):
    size, block = [g.int(3, 5), g.int(3, 5)], [g.int(1, 3), g.int(1, 3)]
    places = (size[0] - block[0] + 1) * (size[1] - block[1] + 1)
    x = g.new(g.array(np.float32, [1, g.int(1, 2) * block[0] * block[1], places]))
    return g.add(op, [x, g.parameter(size), g.parameter(block)])


def branch(g, names, dtype, name):
    """A sub-graph without inputs that computes one value of captured ones."""
    ops = ["Identity", "Neg", "Abs"] if np.dtype(dtype).kind in "if" else ["Identity"]
    inner = [helper.make_node(g.one_of(ops), [names[0]], [f"{name}_a"])]
    last = f"{name}_a"
    if len(names) > 1:
        inner.append(helper.make_node(g.one_of(["Add", "Mul", "Sub"]), [last, names[1]], [f"{name}_b"]))
        last = f"{name}_b"
    elem = helper.np_dtype_to_tensor_dtype(np.dtype(dtype))
    return helper.make_graph(inner, name, [], [helper.make_tensor_value_info(last, elem, None)])


@operator("If")
def if_(g, op):
    x = g.pick([np.float32, np.int64])
    value = g.values[x]
    condition = g.new(np.asarray(g.chance(0.5)), constant=g.chance(0.2))
    other = g.new(g.array(value.dtype, value.shape))
    tag = len(g.values)
    graphs = {
        "then_branch": branch(g, [x, other] if g.chance(0.6) else [x], value.dtype, f"then{tag}"),
        "else_branch": branch(g, [other] if g.chance(0.6) else [other, x], value.dtype, f"else{tag}"),
    }
    return g.add(op, [condition], subgraphs=graphs)


@operator("Loop")
def loop(g, op):
    x = g.pick([np.float32, np.float64], low=1)
    value = g.values[x]
    if value.size > 200:
        raise Rejected("large")
    elem = helper.np_dtype_to_tensor_dtype(value.dtype)
    tag = f"l{len(g.values)}"
    i, keep, state, new, out, more = (f"{tag}_{n}" for n in ("i", "keep", "s", "n", "o", "more"))
    captured = g.new(g.array(value.dtype, value.shape))
    grows = value.ndim > 0 and g.chance(0.3)
    nodes = [helper.make_node("Identity", [keep], [more])]
    if g.chance(0.4):
        limit = g.new(np.asarray(g.int(0, 3), np.int64), constant=True)
        nodes = [helper.make_node("Less", [i, limit], [more])]
    if grows:
        nodes.append(helper.make_node("Concat", [state, captured], [new], axis=0))
        nodes.append(helper.make_node("ReduceMean", [new], [out], keepdims=0))
    else:
        nodes.append(helper.make_node(g.one_of(["Add", "Sub"]), [state, captured], [new]))
        nodes.append(helper.make_node(g.one_of(["Abs", "Neg", "Identity"]), [new], [out]))
    shape = list(value.shape) if not grows else [None, *value.shape[1:]]
    body = helper.make_graph(
        nodes, tag,
        [helper.make_tensor_value_info(i, TensorProto.INT64, []),
         helper.make_tensor_value_info(keep, TensorProto.BOOL, []),
         helper.make_tensor_value_info(state, elem, shape)],
        [helper.make_tensor_value_info(more, TensorProto.BOOL, []),
         helper.make_tensor_value_info(new, elem, shape),
         helper.make_tensor_value_info(out, elem, [] if grows else list(value.shape))])
    count = g.parameter(g.int(0, 4))
    condition = "" if g.chance(0.4) else g.new(np.asarray(g.chance(0.85)), constant=g.chance(0.5))
    return g.add(op, [count, condition, x], outputs=2, subgraphs={"body": body})


@operator("Scan")
def scan(g, op):
    if g.opset < 9:
        raise Rejected("another form")
    x = g.pick([np.float32], rank=range(1, 4), low=1)
    value = g.values[x]
    axis = g.axis(value.ndim) if g.chance(0.4) else 0
    part = [d for k, d in enumerate(value.shape) if k != axis % value.ndim]
    tag = f"s{len(g.values)}"
    state, element, new, out = (f"{tag}_{n}" for n in ("s", "e", "n", "o"))
    start = g.new(g.array(value.dtype, part))
    nodes = [helper.make_node(g.one_of(["Add", "Max", "Sub"]), [state, element], [new]),
             helper.make_node(g.one_of(["Neg", "Identity"]), [new], [out])]
    info = [helper.make_tensor_value_info(n, TensorProto.FLOAT, part) for n in (state, element, new, out)]
    body = helper.make_graph(nodes, tag, info[:2], info[2:])
    attributes = {"num_scan_inputs": 1}
    if axis:
        attributes["scan_input_axes"] = [axis if g.opset >= 11 else axis % value.ndim]
    if g.chance(0.3):
        attributes["scan_input_directions"] = [1]
    if g.chance(0.3):
        attributes["scan_output_directions"] = [1]
    if g.chance(0.3):
        attributes["scan_output_axes"] = [g.int(0, len(part))]
    return g.add(op, [start, x], outputs=2, subgraphs={"body": body}, **attributes)


@operator("Constant")
def constant(g, op):
    from onnx import numpy_helper
    if g.opset >= 12 and g.chance(0.5):
        kind = g.one_of(["value_float", "value_ints", "value_floats", "value_int"])
        values = {"value_float": 1.5, "value_int": 3, "value_ints": [1, 2], "value_floats": [0.5, 2.0]}
        return g.add(op, [], **{kind: values[kind]})
    dtype = g.one_of([*FLOATS, *INTS, np.bool_, BFLOAT16])
    return g.add(op, [], value=numpy_helper.from_array(g.array(dtype, g.shape())))


@operator("StringNormalizer")
def strings(g, op):
    x = g.new(g.array(str, [g.int(1, 4)]))
    return g.add(op, [x], case_change_action=g.one_of(["LOWER", "UPPER", "NONE"]))


@operator("StringConcat")
def string_concat(g, op):
    x = g.pick([str])
    return g.add(op, [x, g.other(x)])
