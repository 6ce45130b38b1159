"""Losses, text, attention, and operators of ONNX Runtime's domain."""
import numpy as np

from .elementwise import trimmed
from .graphs import Rejected
from .registry import operator

CONTRIB = "com.microsoft"


@operator("NegativeLogLikelihoodLoss", "SoftmaxCrossEntropyLoss")
def loss(g, op):
    n, c = g.int(1, 3), g.int(1, 4)
    places = g.shape(g.int(0, 2), low=1)
    x = g.new(g.array(g.one_of([np.float32, np.float64]), [n, c, *places]))
    labels = g.rng.integers(0, c, size=[n, *places]).astype(g.one_of([np.int64, np.int32]))
    names = [x, g.new(labels)]
    if g.chance(0.4):
        names.append(g.new(np.abs(g.array(g.values[x].dtype, [c])) + g.values[x].dtype.type(0.1)))
    return g.add(op, names, reduction=g.one_of(["none", "mean", "sum"]) if g.chance(0.7) else None,
                 ignore_index=g.int(0, c - 1) if g.chance(0.3) else None)


@operator("STFT")
def stft(g, op):
    length, frame = g.int(6, 16), g.int(2, 6)
    signal = g.new(g.array(np.float32, [g.int(1, 2), length, 1]))
    names = [signal, g.parameter(g.int(1, 4)), "", ""]
    if g.chance(0.6):
        names[2] = g.new(g.array(np.float32, [frame]))
    if g.chance(0.5) or not names[2]:
        names[3] = g.parameter(frame)
    return g.add(op, trimmed(names), onesided=g.int(0, 1))


@operator("MelWeightMatrix")
def mel(g, op):
    names = [g.parameter(v) for v in (g.int(1, 6), g.int(4, 16), g.int(2000, 8000))]
    edges = [g.parameter(v, np.float32) for v in (g.float(0, 100), g.float(300, 1000))]
    return g.add(op, [*names, *edges])


@operator("MaxUnpool")
def max_unpool(g, op):
    x = g.new(g.array(np.float32, [1, g.int(1, 2), 2 * g.int(1, 3), 2 * g.int(1, 3)]))
    y, places = g.add("MaxPool", [x], outputs=2, kernel_shape=[2, 2], strides=[2, 2])
    return g.add(op, [y, places], kernel_shape=[2, 2], strides=[2, 2])


@operator("StringSplit")
def string_split(g, op):
    x = g.new(g.array(str, g.shape(g.int(1, 2), low=1)))
    return g.add(op, [x], outputs=2, delimiter=g.one_of([" ", "a", "-"]) if g.chance(0.7) else None,
                 maxsplit=g.int(1, 2) if g.chance(0.3) else None)


@operator("RegexFullMatch")
def regex(g, op):
    x = g.new(g.array(str, g.shape(g.int(0, 2), low=1)))
    return g.add(op, [x], pattern=g.one_of(["a", ".*", "[a-z ]+", r"-?\d+", "", "(a|B)c?"]))


@operator("TfIdfVectorizer")
def tf_idf(g, op):
    x = g.new(g.rng.integers(0, 5, size=g.shape(g.int(1, 2), low=1)).astype(np.int64))
    return g.add(
        op, [x], mode=g.one_of(["TF", "IDF", "TFIDF"]), min_gram_length=1, max_gram_length=2,
        max_skip_count=g.int(0, 2), ngram_counts=[0, 3], ngram_indexes=[0, 1, 2, 3, 4],
        pool_int64s=[1, 2, 3, 1, 2, 3, 1], weights=[0.5, 1.0, 2.0, 1.5, 0.25] if g.chance(0.5) else None)


@operator("Attention")
def attention(g, op):
    batch, heads, width = g.int(1, 2), g.one_of([1, 2, 4]), g.int(1, 4)
    shared = g.one_of([h for h in (1, 2, 4) if heads % h == 0])
    q, k = g.int(1, 4), g.int(1, 5)
    shapes = [[batch, heads, q, width], [batch, shared, k, width], [batch, shared, k, g.int(1, 3)]]
    names = [g.new(g.array(np.float32, s)) for s in shapes]
    g.fixed.add(names[0])
    if g.chance(0.4):
        mask = g.one_of([[q, k], [batch, 1, q, k], [1, heads, q, k]])
        if g.chance(0.5):
            array = g.array(np.bool_, mask)
            array[..., 0] = True
            names.append(g.new(array))
        else:
            names.append(g.new(g.array(np.float32, mask)))
    return g.add(op, names, is_causal=1 if g.chance(0.3) else None,
                 scale=g.float(0.1, 1) if g.chance(0.3) else None,
                 softcap=g.float(0.5, 3) if g.chance(0.2) else None)


@operator("RotaryEmbedding")
def rotary(g, op):
    batch, heads, length, half = g.int(1, 2), g.int(1, 2), g.int(1, 4), g.int(1, 3)
    x = g.new(g.array(np.float32, [batch, heads, length, 2 * half]))
    most = length + 2
    tables = [g.new(g.array(np.float32, [most, half])) for _ in range(2)]
    positions = g.new(g.rng.integers(0, most, size=[batch, length]).astype(np.int64))
    return g.add(op, [x, *tables, positions], interleaved=g.int(0, 1))


@operator("Gelu@com.microsoft", "FastGelu@com.microsoft", "QuickGelu@com.microsoft",
          "BiasGelu@com.microsoft")
def gelu(g, op):
    name = op.split("@")[0]
    x = g.pick([np.float32], rank=range(1, 4), low=1)
    names = [x]
    if name == "BiasGelu" or name == "FastGelu" and g.chance(0.5):
        names.append(g.new(g.array(np.float32, [g.values[x].shape[-1]])))
    return g.add(name, names, domain=CONTRIB)


@operator("FusedMatMul@com.microsoft")
def fused_matmul(g, op):
    x = g.pick([np.float32], rank=range(2, 4), low=1)
    shape = [*g.values[x].shape[:-2], g.values[x].shape[-1], g.int(1, 4)]
    attributes = {"alpha": g.float()} if g.chance(0.5) else {}
    if g.chance(0.5):
        shape[-2:] = shape[:-3:-1]
        attributes["transB"] = 1
    return g.add("FusedMatMul", [x, g.new(g.array(np.float32, shape))], domain=CONTRIB, **attributes)


@operator("FusedConv@com.microsoft")
def fused_conv(g, op):
    x = g.new(g.array(np.float32, [1, g.int(1, 3), g.int(3, 6), g.int(3, 6)]))
    w = g.new(g.array(np.float32, [g.int(1, 3), g.values[x].shape[1], g.int(1, 3), g.int(1, 3)]))
    names = [x, w] + ([g.new(g.array(np.float32, [g.values[w].shape[0]]))] if g.chance(0.6) else [])
    return g.add("FusedConv", names, domain=CONTRIB, activation=g.one_of(["Relu", "Tanh", "Sigmoid"]),
                 kernel_shape=list(g.values[w].shape[2:]))


@operator("SkipLayerNormalization@com.microsoft", "SkipSimplifiedLayerNormalization@com.microsoft")
def skip_layer_norm(g, op):
    shape = [g.int(1, 2), g.int(1, 4), g.int(2, 6)]
    vector = lambda: g.new(g.array(np.float32, shape[-1:]))
    names = [g.new(g.array(np.float32, shape)), g.new(g.array(np.float32, shape)), vector()]
    if op.startswith("SkipLayer"):
        names += [vector() if g.chance(0.7) else "", vector() if g.chance(0.5) else ""]
    elif g.chance(0.5):
        names.append(vector())
    return g.add(op.split("@")[0], trimmed(names), domain=CONTRIB, epsilon=0.01)


@operator("QLinearAdd@com.microsoft", "QLinearMul@com.microsoft")
def qlinear_binary(g, op):
    dtype = g.one_of([np.uint8, np.int8])
    a = g.new(g.array(dtype, g.shape(g.int(1, 3), low=1)))
    scale = lambda: g.new(np.asarray(g.rng.uniform(0.02, 0.5), np.float32))
    zero = lambda: g.new(g.array(dtype, []))
    names = [a, scale(), zero(), g.other(a), scale(), zero(), scale(), zero()]
    return g.add(op.split("@")[0], names, domain=CONTRIB)


@operator("MatMulNBits@com.microsoft")
def matmul_nbits(g, op):
    block, blocks, n = 16, g.int(1, 2), g.int(1, 4)
    k = block * blocks
    x = g.new(g.array(np.float32, [g.int(1, 3), k]))
    b = g.new(g.rng.integers(0, 256, size=[n, blocks, block // 2]).astype(np.uint8), constant=True)
    scales = g.new(g.rng.uniform(0.1, 1, size=[n * blocks]).astype(np.float32), constant=True)
    names = [x, b, scales]
    if g.chance(0.5):
        size = n * ((blocks + 1) // 2)
        names.append(g.new(g.rng.integers(0, 256, size=[size]).astype(np.uint8), constant=True))
    return g.add("MatMulNBits", names, domain=CONTRIB, K=k, N=n, bits=4, block_size=block)


@operator("MultiHeadAttention@com.microsoft")
def multi_head_attention(g, op):
    batch, heads, width, q, k = g.int(1, 2), g.int(1, 3), g.int(1, 4), g.int(1, 4), g.int(1, 4)
    hidden = heads * width
    shapes = [[batch, q, hidden], [batch, k, hidden], [batch, k, hidden]]
    names = [g.new(g.array(np.float32, s)) for s in shapes]
    g.fixed.add(names[0])
    if g.chance(0.4):
        names.append(g.new(g.array(np.float32, [3 * hidden])))
    return g.add("MultiHeadAttention", names, domain=CONTRIB, num_heads=heads)


@operator("Attention@com.microsoft")
def contrib_attention(g, op):
    batch, heads, width, q = g.int(1, 2), g.int(1, 3), g.int(1, 3), g.int(1, 4)
    hidden, depth = heads * width, g.int(1, 4)
    names = [g.new(g.array(np.float32, s)) for s in (
        [batch, q, depth], [depth, 3 * hidden], [3 * hidden])]
    g.fixed.add(names[1])
    if g.chance(0.4):
        names.append(g.new((np.arange(q)[None, :] < g.rng.integers(1, q + 1, size=[batch, 1])).astype(np.int32)))
    return g.add("Attention", names, domain=CONTRIB, num_heads=heads,
                 unidirectional=1 if g.chance(0.3) else None)


@operator("RotaryEmbedding@com.microsoft")
def contrib_rotary(g, op):
    batch, heads, length, half = g.int(1, 2), g.int(1, 2), g.int(1, 4), g.int(1, 3)
    most = length + 2
    if half * 2 * heads * batch * length > 400:
        raise Rejected("large")
    x = g.new(g.array(np.float32, [batch, heads, length, 2 * half]))
    positions = g.new(g.rng.integers(0, most, size=[batch, length]).astype(np.int64))
    tables = [g.new(g.array(np.float32, [most, half])) for _ in range(2)]
    return g.add("RotaryEmbedding", [x, positions, *tables], domain=CONTRIB, interleaved=g.int(0, 1))


@operator("SwiGLU")
def swiglu(g, op):
    a = g.pick([np.float32, np.float64, np.float16])
    return g.add(op, [a, g.other(a, broadcast=False)], alpha=g.float(0.5, 2) if g.chance(0.5) else None)


@operator("LinearAttention")
def linear_attention(g, op):
    batch, length, shared = g.int(1, 2), g.int(1, 4), g.int(1, 2)
    heads, width, depth = shared * g.int(1, 2), g.int(1, 3), g.int(1, 3)
    sizes = [heads * width, shared * width, shared * depth]
    names = [g.new(g.array(np.float32, [batch, length, size])) for size in sizes]
    rule = g.one_of(["linear", "gated", "delta", "gated_delta"])
    names.append(g.new(g.array(np.float32, [batch, shared, width, depth])) if g.chance(0.4) else "")
    names.append(g.new(g.array(np.float32, [batch, length, shared])) if "gated" in rule else "")
    names.append(g.new(g.array(np.float32, [batch, length, shared])) if "delta" in rule else "")
    # The innermost sizes tell which of its forms an input has.
    g.fixed.update(names)
    return g.add(op, trimmed(names), outputs=2, q_num_heads=heads, kv_num_heads=shared, update_rule=rule,
                 scale=g.float(0.1, 1) if g.chance(0.5) else None)


@operator("CausalConvWithState")
def causal_conv(g, op):
    batch, channels, length, kernel = g.int(1, 2), g.int(1, 3), g.int(1, 5), g.int(1, 4)
    new = lambda s: g.new(g.array(np.float32, s))
    names = [new([batch, channels, length]), new([channels, 1, kernel]), "", ""]
    g.fixed.update(names[:2])
    if g.chance(0.5):
        names[2] = new([channels])
    if g.chance(0.5):
        names[3] = new([batch, channels, kernel - 1])
    return g.add(op, trimmed(names), outputs=2,
                 activation=g.one_of(["none", "silu", "swish"]) if g.chance(0.7) else None)
