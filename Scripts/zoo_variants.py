"""Models of the zoo in other number formats, made by the converters that people use."""
import importlib.util
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, numpy_helper

# Small or typical models; converting the large ones takes minutes each. In half svtr_tiny is off by more
# than the output's deviation whoever computes it: nothing could be told from it.
HALF = ["squeezenet1_1", "resnet50", "mobilenet_v3_small", "crnn", "yolov8n", "bert_base", "gpt2",
        "t5_small_encoder", "lstm_classifier"]
INT8 = ["squeezenet1_1", "resnet50", "mobilenet_v2", "crnn", "yolov8n", "bert_base", "mtcnn_pnet"]


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


# Name to a function that makes the model, and the models to try it on.
VARIANTS = {
    "half": (half, HALF),
    "half-converter": (half_by_converter, HALF),
    "int8-qdq": (quantized("QDQ"), INT8),
    "int8-operators": (quantized("QOperator"), INT8),
}


def bound(name, own, loss):
    """How far outputs may be from those of ONNX Runtime.

    `own` is how far its two ways of running are from each other, `loss` how far its outputs are from
    those of the model in single precision. Half is rounded after each node here, and after some of
    them there, so that either may be as far from the exact output as `loss`.
    """
    if name.startswith("half"):
        return max(10 * own, 3 * loss, 2**-9)
    # A step of 8 bits in the last layer.
    return max(10 * own, 0.02)


def available(name):
    """Whether the converter is installed."""
    return name != "half-converter" or importlib.util.find_spec("onnxconverter_common") is not None


def feeds_for(model, feeds):
    """The inputs in the types that the model takes."""
    types = {i.name: i.type.tensor_type.elem_type for i in onnx.load(model, load_external_data=False).graph.input}
    return {
        name: array.astype(np.float16) if types[name] == TensorProto.FLOAT16 else array
        for name, array in feeds.items()
    }


def widen(graph):
    """Makes double of all that is float in a graph."""

    def widen_tensor(tensor):
        if tensor.data_type == TensorProto.FLOAT:
            array = numpy_helper.to_array(tensor).astype(np.float64)
            tensor.CopyFrom(numpy_helper.from_array(array, tensor.name))

    for tensor in graph.initializer:
        widen_tensor(tensor)
    for value in [*graph.input, *graph.output, *graph.value_info]:
        if value.type.tensor_type.elem_type == TensorProto.FLOAT:
            value.type.tensor_type.elem_type = TensorProto.DOUBLE
    for node in graph.node:
        for attribute in node.attribute:
            if attribute.type == onnx.AttributeProto.TENSOR:
                widen_tensor(attribute.t)
            elif attribute.type == onnx.AttributeProto.GRAPH:
                widen(attribute.g)
            elif node.op_type == "Cast" and attribute.name == "to" and attribute.i == TensorProto.FLOAT:
                attribute.i = TensorProto.DOUBLE
