"""Random ONNX graphs, run by this engine and by ONNX Runtime."""
