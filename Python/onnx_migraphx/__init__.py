"""The name under which MIGraphX offers its ONNX backend."""
