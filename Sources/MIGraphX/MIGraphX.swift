@_exported import IR
@_exported import ONNX
@_exported import Operators
@_exported import Passes
@_exported import Reference
@_exported import Rewriting
@_exported import Support
@_exported import Tensors
