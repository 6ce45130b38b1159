"""ONNX's interface of backends: https://onnx.ai/onnx/api/backend.html"""
import ml_dtypes
import numpy as np
import onnx
from onnx.backend.base import Backend, BackendRep, namedtupledict
from onnx.helper import (
    make_graph, make_model, make_opsetid, make_optional_type_proto, make_sequence_type_proto,
    make_tensor_type_proto, make_value_info)

import migraphx


# The types that NumPy has by ml_dtypes only, one byte or two for each element.
_NARROW_TYPES = {
    np.dtype(getattr(ml_dtypes, dtype)): name
    for dtype, name in {
        "bfloat16": "bf16_type",
        "float8_e4m3fn": "fp8e4m3fn_type",
        "float8_e4m3fnuz": "fp8e4m3fnuz_type",
        "float8_e5m2": "fp8e5m2_type",
        "float8_e5m2fnuz": "fp8e5m2fnuz_type",
        "float8_e8m0fnu": "fp8e8m0_type",
        "float4_e2m1fn": "fp4e2m1_type",
        "int4": "int4_type",
        "uint4": "uint4_type",
        "int2": "int2_type",
        "uint2": "uint2_type",
    }.items()
}


class MIGraphXBackendRep(BackendRep):
    """A compiled model."""

    def __init__(self, program):
        self._program = program
        self._inputs = program.get_parameter_names()
        self._outputs = list(program.get_outputs())
        self._structured = {
            name for name, shape in program.get_inputs().items()
            if shape.type_string() == "tuple_type"}

    def run(self, inputs, **kwargs):
        """The outputs, by position and by name; inputs in the model's order or by name."""
        if not isinstance(inputs, dict):
            inputs = dict(zip(self._inputs, _sequence(inputs), strict=True))
        # The arrays own the arguments' memory for as long as the run takes.
        arrays = {
            name: _arrays(value) if name in self._structured else np.asarray(value, order="C")
            for name, value in inputs.items()}
        arguments = {name: _arguments(array) for name, array in arrays.items()}
        results = [_result(result) for result in self._program.run(arguments)]
        return namedtupledict("Outputs", self._outputs)(*results)


class MIGraphXBackend(Backend):
    """Runs ONNX models. A device is the name of a target, in upper case."""

    _device = "CPU"

    @classmethod
    def set_device(cls, device):
        """The device of models for which none is given."""
        cls._device = device

    @classmethod
    def supports_device(cls, device):
        """Whether there is such a device; a number after a colon is left out of account."""
        try:
            migraphx.get_target(_target_name(device))
        except migraphx.Error:
            return False
        return True

    @classmethod
    def prepare(cls, model, device=None, **kwargs):
        """A compiled model; `model` may be its serialised form. `kwargs` go to the parser."""
        serialized = model if isinstance(model, bytes) else model.SerializeToString()
        program = migraphx.parse_onnx_buffer(serialized, **kwargs)
        program.compile(migraphx.get_target(_target_name(device or cls._device)))
        return MIGraphXBackendRep(program)

    @classmethod
    def run_model(cls, model, inputs, device=None, **kwargs):
        """The outputs of a model."""
        return cls.prepare(model, device, **kwargs).run(inputs)

    @classmethod
    def run_node(cls, node, inputs, device=None, outputs_info=None, **kwargs):
        """The outputs of one node."""
        names = [name for name in node.input if name]
        arrays = [_arrays(value) for value in _sequence(inputs)]
        graph = make_graph(
            [node],
            "node",
            [_value_info(name, array) for name, array in zip(names, arrays, strict=True)],
            [onnx.ValueInfoProto(name=name) for name in node.output if name],
        )
        version = kwargs.pop("opset_version", onnx.defs.onnx_opset_version())
        model = make_model(graph, opset_imports=[make_opsetid(node.domain, version)])
        return cls.run_model(onnx.shape_inference.infer_shapes(model), arrays, device, **kwargs)


def _arrays(value):
    """The arrays of a sequence, an optional value or a tensor."""
    if value is None:
        return None
    if isinstance(value, (list, tuple)):
        return [_arrays(element) for element in value]
    return np.asarray(value, order="C")


def _arguments(value):
    """The same with arguments in place of arrays."""
    if isinstance(value, list):
        return [_arguments(element) for element in value]
    return None if value is None else _argument(value)


def _result(value):
    """The same with arrays in place of arguments."""
    if isinstance(value, (list, tuple)):
        return [_result(element) for element in value]
    return None if value is None else _array(value)


def _argument(array):
    """An argument on the array's memory."""
    name = _NARROW_TYPES.get(array.dtype)
    if not name:
        return migraphx.argument(array)
    shape = migraphx.shape(type=name, lens=array.shape or (1,))
    return migraphx.argument_from_pointer(shape, array.ctypes.data)


def _array(argument):
    """An array of the argument's elements, with no axes where the model's tensor has none."""
    shape = argument.get_shape()
    lens = () if shape.lens() == [1] and shape.strides() == [0] else shape.lens()
    for dtype, name in _NARROW_TYPES.items():
        if shape.type_string() == name:
            return np.array(argument.tolist(), dtype).reshape(lens)
    if shape.type_string() == "string_type":
        return np.asarray(argument)
    return np.array(argument).reshape(lens)


def _sequence(inputs):
    return inputs if isinstance(inputs, (list, tuple)) else [inputs]


def _target_name(device):
    return device.split(":")[0].lower()


def _value_info(name, value):
    return make_value_info(name, _type_proto(value))


def _type_proto(value):
    # What isn't there is of some type.
    some_tensor = make_tensor_type_proto(onnx.TensorProto.FLOAT, [None])
    if value is None:
        return make_optional_type_proto(some_tensor)
    if isinstance(value, list):
        # Elements may differ in size.
        element = _type_proto(value[0]) if value else some_tensor
        if element.HasField("tensor_type") and len({part.shape for part in value}) > 1:
            rank = value[0].ndim
            element = make_tensor_type_proto(element.tensor_type.elem_type, [None] * rank)
        return make_sequence_type_proto(element)
    return make_tensor_type_proto(
        onnx.helper.np_dtype_to_tensor_dtype(value.dtype), value.shape)


set_device = MIGraphXBackend.set_device
supports_device = MIGraphXBackend.supports_device
is_compatible = MIGraphXBackend.is_compatible
prepare = MIGraphXBackend.prepare
run_model = MIGraphXBackend.run_model
run_node = MIGraphXBackend.run_node
