extension ONNXOperators {
  /// What an operator can't do, in one sentence, by the names in ``names``. The others do all that their schema allows.
  public static let limits: [String: String] = [
    "Constant": "No sparse values.",
    "com.microsoft.DynamicQuantizeLSTM":
      "The input and the states keep their precision; ONNX Runtime rounds them to 8 bits.",
    "com.microsoft.GatherBlockQuantized": "gather_axis and quantize_axis must differ.",
    "com.microsoft.MatMulNBits": "2, 4 and 8 bits; no weight_prepacked.",
  ]
}
