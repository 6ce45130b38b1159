"""What a node should give: ONNX Runtime's result, or that of ONNX's reference where it has no kernel."""
import warnings

import numpy as np
import onnx
import onnxruntime
from onnx import defs, helper, numpy_helper
from onnx.reference import ReferenceEvaluator

onnxruntime.set_default_logger_severity(4)

# Where ONNX's reference is wrong.
UNTRUSTED = {
    "ConvTranspose": "it leaves out the bias of groups",
    "InstanceNormalization": "it sums in the type of the input",
    "LpPool": "it scales up the sums of windows that are cut off",
    "LRN": "it sums over other channels than those of the window",
    "LayerNormalization": "it sums in the type of the input whatever `stash_type` says",
    "LpNormalization": "it sums numbers without taking their magnitude",
    "PRelu": "it multiplies 0 by the slope, which may be infinite",
    "RMSNormalization": "it sums in the type of the input whatever `stash_type` says",
    "Resize": "it places elements in double precision, and weighs edges otherwise where antialiasing leaves one",
}


class NoAnswer(Exception):
    """Neither runs the node: it is not valid, or not implemented."""


def type_proto(value, dims=None):
    """The ONNX type of an array, or of a list of arrays; `dims` replaces the sizes."""
    if isinstance(value, list):
        element = type_proto(value[0], [None] * value[0].ndim) if value else float_tensor()
        if any(v.ndim != value[0].ndim for v in value):
            element.tensor_type.ClearField("shape")
        return helper.make_sequence_type_proto(element)
    elem_type = helper.np_dtype_to_tensor_dtype(value.dtype) if value.dtype != object else 8
    return helper.make_tensor_type_proto(elem_type, value.shape if dims is None else dims)


def float_tensor():
    return helper.make_tensor_type_proto(onnx.TensorProto.FLOAT, None)


def tensor(name, array):
    """The array as an ONNX tensor with that name."""
    if array.dtype == object:
        flat = [str(s).encode() for s in array.ravel()]
        return helper.make_tensor(name, onnx.TensorProto.STRING, array.shape, flat)
    return numpy_helper.from_array(np.ascontiguousarray(array).reshape(array.shape), name)


def make_model(nodes, inputs, outputs, initializers, opsets):
    """A model; inputs and outputs are pairs of a name and a type (or None)."""
    def info(name, kind):
        return helper.make_value_info(name, kind) if kind is not None else onnx.ValueInfoProto(name=name)

    graph = helper.make_graph(
        nodes, "graph", [info(*i) for i in inputs], [info(*o) for o in outputs],
        initializer=initializers)
    imports = [helper.make_opsetid(domain, version) for domain, version in opsets.items()]
    return helper.make_model(graph, opset_imports=imports, ir_version=ir_version(opsets[""]))


def ir_version(opset):
    """The version of the file format that came with an operator set."""
    return helper.OP_SET_ID_VERSION_MAP.get(("ai.onnx", opset), 10)


def session(model, optimised):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    level = onnxruntime.GraphOptimizationLevel
    options.graph_optimization_level = level.ORT_ENABLE_ALL if optimised else level.ORT_DISABLE_ALL
    return onnxruntime.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"])


def run_runtime(model, feeds, optimised=False):
    """The outputs by ONNX Runtime; raises NoAnswer."""
    if any(is_narrow(value) for value in feeds.values()):
        raise NoAnswer("a type that NumPy has not")
    try:
        return session(model, optimised).run(None, feeds)
    except Exception as error:  # ONNX Runtime has no common class of errors
        raise NoAnswer(str(error)) from None


def is_narrow(value):
    return not isinstance(value, list) and value.dtype.kind == "V"


def run_reference(model, feeds):
    """The outputs by ONNX's reference; raises NoAnswer."""
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            # The checker wants the types of outputs to be stated.
            model = onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True)
            onnx.checker.check_model(model)
            results = ReferenceEvaluator(model).run(None, feeds)
    except Exception as error:  # the reference raises whatever NumPy does
        raise NoAnswer(str(error)) from None
    results = [r if isinstance(r, list) else np.asarray(r) for r in results]
    if any(contradicts(r, output.type) for r, output in zip(results, model.graph.output)):
        raise NoAnswer("the reference gives another type than ONNX infers")
    return results


def contradicts(value, type_proto):
    """Whether an array is not of the type that ONNX infers."""
    if isinstance(value, list) or value.dtype == object:
        return False
    tensor = type_proto.tensor_type
    if helper.np_dtype_to_tensor_dtype(value.dtype) != tensor.elem_type:
        return True
    sizes = [d.dim_value if d.HasField("dim_value") else None for d in tensor.shape.dim]
    fits = len(sizes) == value.ndim and all(s in (None, d) for s, d in zip(sizes, value.shape))
    return tensor.HasField("shape") and not fits


def has_reference(node, opset):
    """Whether ONNX's reference can be trusted for a node: it knows the newest form of operators only."""
    if node.op_type in UNTRUSTED or node.domain:
        return False
    newest = defs.get_schema(node.op_type, node.domain).since_version
    return defs.get_schema(node.op_type, opset, node.domain).since_version == newest


def answer(model, feeds):
    """The outputs, and who gave them."""
    try:
        return run_runtime(model, feeds), "onnxruntime"
    except NoAnswer as error:
        if "NOT_IMPLEMENTED" not in str(error) and "NumPy has not" not in str(error):
            raise
        if not all(has_reference(node, model.opset_import[0].version) for node in model.graph.node):
            raise
    return run_reference(model, feeds), "reference"
