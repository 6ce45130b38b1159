extension ONNXOperators {
  /// What an operator can't do of what its schema allows, by the names in ``names``; it says so with an error.
  /// No operator takes complex numbers, or numbers of 6 bits.
  public static let limits: [String: String] = [
    "Attention": headSize,
    "CausalConvWithState": "The number of channels must be known at import.",
    "Col2Im": onlyNumbers,
    "Constant": "No sparse values.",
    "Conv": spatialAxes,
    "ConvInteger": spatialAxes,
    "ConvTranspose": spatialAxes,
    "Expand": lengthOfSizes,
    "GatherND": innermostAxis,
    "GridSample": onlyNumbers,
    "If": "Both branches must give values of one kind.",
    "ImageDecoder":
      "Needs Leptonica. What can't be decoded is an error. No BMP of 16 or 32 bits, 16-bit PNM, "
      + "TIFF with opacity.",
    "LinearAttention": headSize,
    "LpPool": "The order of the norm must be a whole number.",
    "Optional": "Only of tensors and of sequences of tensors.",
    "QLinearConv": spatialAxes,
    "RegexFullMatch": "RE2's syntax without `\\C` and without classes of Unicode scripts.",
    "Reshape": lengthOfSizes,
    "Resize": "Only of numbers; by the mode nearest also of `bool`.",
    "ScatterElements": onlyReplacedText,
    "ScatterND": "\(onlyReplacedText) \(innermostAxis)",
    "Split": "The number of parts must be known at import.",
    "com.microsoft.Attention": "No rotation of its own (`do_rotary`).",
    "com.microsoft.CausalConvWithState": "The number of channels must be known at import.",
    "com.microsoft.CropAndResize": "The size of the crops must be a constant.",
    "com.microsoft.DecoderMaskedMultiHeadAttention": "One beam only.",
    "com.microsoft.DecoderMaskedSelfAttention": "One beam, no shared buffer.",
    "com.microsoft.ExpandDims": "The axis must be a constant.",
    "com.microsoft.GatedRelativePositionBias": "No `token_offset`.",
    "com.microsoft.GatherBlockQuantized": "gather_axis and quantize_axis must differ.",
    "com.microsoft.GroupQueryAttention": "The cache must not be quantised, nor slide.",
    "com.microsoft.LinearAttention": headSize,
    "com.microsoft.MatMulNBits": "2, 4 and 8 bits; no weight_prepacked.",
    "com.microsoft.MaxpoolWithMask":
      "As in ONNX Runtime the mask's first plane serves all, and a 0 hides the rest of its row "
      + "of a window.",
    "com.microsoft.MoE": "No sparse mixer.",
    "com.microsoft.QMoE":
      "2, 4 and 8 bits of one width; no sparse mixer, floats, or weights_prepacked.",
    "com.microsoft.RotaryEmbedding": "No packed batches.",
  ]

  private static let onlyNumbers = "Only of numbers, not of text or `bool`."
  private static let onlyReplacedText = "Of text only without `reduction`."
  private static let headSize = "Without a scale the size of a head must be known at import."
  private static let spatialAxes = "One to three spatial axes."
  private static let lengthOfSizes =
    "The length of the sizes must be known at import, as it decides the rank."
  private static let innermostAxis =
    "The innermost axis of the indices must be known at import, as it decides the rank."
}
