"""ONNX's interface of backends: https://onnx.ai/onnx/api/backend.html"""
import ml_dtypes
import numpy as np
import onnx
from onnx.backend.base import Backend, BackendRep, namedtupledict
from onnx.helper import make_graph, make_model, make_opsetid, make_tensor_value_info

import migraphx


class MIGraphXBackendRep(BackendRep):
    """A compiled model."""

    def __init__(self, program):
        self._program = program
        self._inputs = program.get_parameter_names()
        self._outputs = list(program.get_outputs())

    def run(self, inputs, **kwargs):
        """The outputs, by position and by name; inputs in the model's order or by name."""
        if not isinstance(inputs, dict):
            inputs = dict(zip(self._inputs, _sequence(inputs), strict=True))
        # The arrays own the arguments' memory for as long as the run takes.
        arrays = {name: np.asarray(value, order="C") for name, value in inputs.items()}
        arguments = {name: _argument(array) for name, array in arrays.items()}
        results = [_array(result) for result in self._program.run(arguments)]
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
        arrays = [np.asarray(value) for value in _sequence(inputs)]
        graph = make_graph(
            [node],
            "node",
            [_value_info(name, array) for name, array in zip(names, arrays, strict=True)],
            [onnx.ValueInfoProto(name=name) for name in node.output if name],
        )
        version = kwargs.pop("opset_version", onnx.defs.onnx_opset_version())
        model = make_model(graph, opset_imports=[make_opsetid(node.domain, version)])
        return cls.run_model(onnx.shape_inference.infer_shapes(model), arrays, device, **kwargs)


def _argument(array):
    """An argument on the array's memory."""
    if array.dtype != ml_dtypes.bfloat16:
        return migraphx.argument(array)
    shape = migraphx.shape(type="bf16", lens=array.shape or (1,))
    return migraphx.argument_from_pointer(shape, array.ctypes.data)


def _array(argument):
    """An array of the argument's elements, with no axes where the model's tensor has none."""
    shape = argument.get_shape()
    lens = () if shape.lens() == [1] and shape.strides() == [0] else shape.lens()
    if shape.type_string() == "bf16_type":
        return np.array(argument.tolist(), ml_dtypes.bfloat16).reshape(lens)
    return np.array(argument).reshape(lens)


def _sequence(inputs):
    return inputs if isinstance(inputs, (list, tuple)) else [inputs]


def _target_name(device):
    return device.split(":")[0].lower()


def _value_info(name, array):
    return make_tensor_value_info(
        name, onnx.helper.np_dtype_to_tensor_dtype(array.dtype), array.shape)


set_device = MIGraphXBackend.set_device
supports_device = MIGraphXBackend.supports_device
is_compatible = MIGraphXBackend.is_compatible
prepare = MIGraphXBackend.prepare
run_model = MIGraphXBackend.run_model
run_node = MIGraphXBackend.run_node
