"""Models of the zoo in other number formats, made by the converters that people use."""
import importlib.util
from pathlib import Path

import onnx
from onnx import TensorProto, numpy_helper
from onnx.helper import make_node, tensor_dtype_to_np_dtype

# What takes no more than some 20 GFLOP. Half and 8 bits make of svtr_tiny something that is off by more than the
# output's deviation whoever computes it: nothing could be told from that.
CONVOLUTIONAL = [
    "mtcnn_pnet", "mtcnn_rnet", "mtcnn_onet", "mobilenet_v3_small", "shufflenet_v2_x1_0", "mobilenet_v2",
    "squeezenet1_1", "efficientnet_b0", "crnn", "retinaface_mobilenet025", "densenet121", "resnet50",
    "yolov8n"]
T5 = ["t5_small_decoder_past", "t5_small_decoder", "t5_small_encoder"]
SEQUENTIAL = [
    "scan_ssm", "loop_decoder", "gru_classifier", "lstm_classifier", *T5, "transformer", "gpt2_past", "gpt2",
    "bert_base"]
MIXED = ["if_branch", "swin_t", "convnext_tiny"]
ALL = [*CONVOLUTIONAL, *SEQUENTIAL, *MIXED]


def without(*names):
    """All but models that a converter can't convert, or that ONNX Runtime refuses then."""
    return [name for name in ALL if name not in names]


class Calibration:
    """Feeds the quantiser with a few inputs of the default sizes."""

    def __init__(self, feeds):
        self.feeds = [feeds]

    def get_next(self):
        return self.feeds.pop() if self.feeds else None

    def set_range(self, start_index, end_index):
        """Called by calibrators that work through the data in parts."""


def half(reference, zoo, entry, folder):
    """Weights and activations in half, by ONNX Runtime's converter."""
    return Path(zoo["materialize"].materialize(entry, str(folder), fp16=True))


def half_by_converter(reference, zoo, entry, folder):
    """Weights and activations in half, inputs and outputs in float, by onnxconverter-common."""
    from onnxconverter_common import float16
    path = Path(zoo["materialize"].materialize(entry, str(folder)))
    model = float16.convert_float_to_float16(onnx.load(path), keep_io_types=True)
    # It declares results of casts to float as half, but leaves the casts as they are.
    types = {value.name: value.type.tensor_type.elem_type for value in model.graph.value_info}
    for node in model.graph.node:
        if node.op_type == "Cast" and types.get(node.output[0]) == TensorProto.FLOAT16:
            node.attribute[0].i = TensorProto.FLOAT16
    onnx.save(model, path)
    return path


def quantized(form):
    """Weights and activations in 8 bits, with nodes between them or operators on them."""

    def make(reference, zoo, entry, folder):
        from onnxruntime.quantization import QuantFormat, QuantType, quantize_static
        source = Path(zoo["materialize"].materialize(entry, str(folder)))
        target = source.with_suffix(".int8.onnx")
        quantize_static(
            source, target, Calibration(reference.make_inputs(entry)),
            quant_format=QuantFormat[form], per_channel=form == "QDQ",
            activation_type=QuantType.QUInt8, weight_type=QuantType.QInt8)
        return target

    return make


def quantized_while_running(reference, zoo, entry, folder):
    """Weights in 8 bits, activations in ranges that are found when they are computed."""
    from onnxruntime.quantization import quantize_dynamic
    source = Path(zoo["materialize"].materialize(entry, str(folder)))
    target = source.with_suffix(".int8.onnx")
    quantize_dynamic(source, target)
    return target


# Name to a function that makes the model, and the models to try it on.
VARIANTS = {
    "half": (half, ALL),
    # The body of a Scan stays in float; so does what is an output and an operand.
    "half-converter": (half_by_converter, without("scan_ssm", "bert_base")),
    # The logarithms that T5 makes numbers of relative positions of would be rounded.
    "int8-qdq": (quantized("QDQ"), without(*T5)),
    # Branches may use values that are there in 8 bits only.
    "int8-operators": (quantized("QOperator"), without(*T5, "if_branch")),
    "int8-dynamic": (quantized_while_running, ALL),
}

# Outputs may be as far from ONNX Runtime's as two computations are that are equally right.
SPREAD_FACTOR = 2
# A part of a tensor's largest value: the order of a float sum changes it by about that much.
NOISE = 2**-22
NOISE_RUNS = 3


def with_noise(path):
    """The int8 model with random noise on what is rounded to 8 bits; each run has other noise.

    What lies that near to the middle between two steps is rounded to either, and all that follows changes.
    """
    model = onnx.load(path)
    constants = {tensor.name for tensor in model.graph.initializer}
    nodes = []
    for node in model.graph.node:
        value = node.input[0] if node.input else ""
        if node.op_type in ("QuantizeLinear", "DynamicQuantizeLinear") and value not in constants:
            seed, name = len(nodes), f"{node.output[0]}/noise"
            nodes += [
                make_node("RandomUniformLike", [value], [f"{name}/part"], low=-NOISE, high=NOISE, seed=float(seed)),
                make_node("Abs", [value], [f"{name}/size"]),
                make_node("ReduceMax", [f"{name}/size"], [f"{name}/largest"], keepdims=0),
                make_node("Mul", [f"{name}/part", f"{name}/largest"], [name]),
                make_node("Add", [value, name], [f"{name}/sum"]),
            ]
            node.input[0] = f"{name}/sum"
        nodes.append(node)
    return save(model, nodes, path.with_suffix(".noise.onnx"))


def with_rounding(path):
    """The half model, its nodes computed in float and each result rounded to half."""
    model = onnx.shape_inference.infer_shapes(onnx.load(path))
    graph = model.graph
    values = [*graph.input, *graph.output, *graph.value_info]
    halves = {v.name for v in values if v.type.tensor_type.elem_type == TensorProto.FLOAT16}
    retype(graph, TensorProto.FLOAT16, TensorProto.FLOAT)
    nodes = []
    for node in graph.node:
        nodes.append(node)
        for index, name in enumerate(node.output):
            if name in halves and node.op_type != "Constant":
                node.output[index] = f"{name}/float"
                nodes += [
                    make_node("Cast", [f"{name}/float"], [f"{name}/half"], to=TensorProto.FLOAT16),
                    make_node("Cast", [f"{name}/half"], [name], to=TensorProto.FLOAT),
                ]
    del graph.value_info[:]
    return save(model, nodes, path.with_suffix(".rounding.onnx"))


def save(model, nodes, path):
    """Saves the model with `nodes` for its own."""
    nodes = [onnx.NodeProto.FromString(node.SerializeToString()) for node in nodes]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    onnx.save(model, path)
    return path


def step(path, expected):
    """The largest step of outputs that the int8 model ends by widening, in standard deviations."""
    graph = onnx.load(path).graph
    constants = {tensor.name: tensor for tensor in graph.initializer}
    last = {node.output[0]: node for node in graph.node if node.op_type == "DequantizeLinear"}
    return max((
        float(numpy_helper.to_array(constants[last[name].input[1]]).max() / values.std())
        for name, values in expected.items() if name in last and values.std() > 0), default=0.0)


def available(name):
    """Whether the converter is installed."""
    return name != "half-converter" or importlib.util.find_spec("onnxconverter_common") is not None


def feeds_for(model, feeds):
    """The inputs in the types that the model takes."""
    types = {i.name: i.type.tensor_type.elem_type for i in onnx.load(model, load_external_data=False).graph.input}
    return {name: array.astype(tensor_dtype_to_np_dtype(types[name])) for name, array in feeds.items()}


def retype(graph, old, new):
    """Makes tensors of the type `new` of all tensors of `old` in a graph."""
    numpy_type = tensor_dtype_to_np_dtype(new)

    def retype_tensor(tensor):
        if tensor.data_type == old:
            array = numpy_helper.to_array(tensor).astype(numpy_type)
            tensor.CopyFrom(numpy_helper.from_array(array, tensor.name))

    for tensor in graph.initializer:
        retype_tensor(tensor)
    for value in [*graph.input, *graph.output, *graph.value_info]:
        if value.type.tensor_type.elem_type == old:
            value.type.tensor_type.elem_type = new
    for node in graph.node:
        for attribute in node.attribute:
            if attribute.type == onnx.AttributeProto.TENSOR:
                retype_tensor(attribute.t)
            elif attribute.type == onnx.AttributeProto.GRAPH:
                retype(attribute.g, old, new)
            elif node.op_type == "Cast" and attribute.name == "to" and attribute.i == old:
                attribute.i = new
