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
        """The outputs as arrays, by position and by name; inputs in the model's order or by name."""
        if not isinstance(inputs, dict):
            inputs = dict(zip(self._inputs, _sequence(inputs), strict=True))
        arguments = {name: _argument(np.asarray(value)) for name, value in inputs.items()}
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


# Element types that NumPy knows only by an extension: they are read and written as their bits.
_EXTENSIONS = {
    ml_dtypes.bfloat16: "bf16_type",
    ml_dtypes.float8_e4m3fn: "fp8e4m3fn_type",
    ml_dtypes.float8_e4m3fnuz: "fp8e4m3fnuz_type",
    ml_dtypes.float8_e5m2: "fp8e5m2_type",
    ml_dtypes.float8_e5m2fnuz: "fp8e5m2fnuz_type",
}


def _argument(array):
    """An argument of the array's elements."""
    name = _EXTENSIONS.get(array.dtype.type)
    if not name or not array.size:
        return migraphx.argument(array)
    packed = np.ascontiguousarray(array)
    shape = migraphx.shape(type=name, lens=array.shape or (1,))
    # The copy is what owns its memory.
    return migraphx.to_gpu(
        migraphx.argument_from_pointer(shape, packed.ctypes.data), host=True)


def _array(argument):
    """An array of the argument's elements."""
    shape = argument.get_shape()
    for dtype, name in _EXTENSIONS.items():
        if name == shape.type_string():
            return np.array(argument.tolist(), np.float64).astype(dtype).reshape(shape.lens())
    return np.array(argument)


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
