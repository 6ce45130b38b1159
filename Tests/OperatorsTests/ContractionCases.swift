import Operators

/// What ONNX Runtime computes for inputs of `pattern`, with seeds 1 and 2.
enum ContractionCases {
  /// Conv.
  static let convolutions: [NeuralCase] = [
    NeuralCase(
      "padded",
      Convolution(padding: [1, 1, 1, 1], stride: [1, 1], dilation: [1, 1], group: 1),
      inputs: [[1, 2, 4, 4], [2, 2, 3, 3]], lens: [1, 2, 4, 4],
      expected: [
        -1.9375, 2.4375, 0.6875, -2.3125, 1.6875, -6.1875, 6.9375, -1.4375, 2.0625,
        0.0625, -0.6875, 0.1875, 2.8125, -1.1875, -2.6875, 1.875, -2.875, 4, -2.875, 0.1875, 3, -1,
        -1.375, 3.125, -2.0625, -0.125, 0.0625, -3.3125, 1.625, -2.5625, -1.3125, 3.125,
      ]),
    NeuralCase(
      "uneven padding and stride",
      Convolution(padding: [0, 1, 2, 1], stride: [2, 3], dilation: [1, 1], group: 1),
      inputs: [[1, 1, 5, 6], [2, 1, 3, 2]], lens: [1, 2, 3, 3],
      expected: [
        0, -0.375, -1.125, -0.375, -2.4375, 0.5625, 0.125, 0.875, -1, 1.125, 0, 2,
        -0.375, 2.5625, -1.3125, -0.0625, -0.6875, 1.5,
      ]),
    NeuralCase(
      "dilated",
      Convolution(padding: [1, 0, 1, 0], stride: [1, 1], dilation: [2, 3], group: 1),
      inputs: [[1, 1, 6, 6], [1, 1, 3, 2]], lens: [1, 1, 4, 3],
      expected: [
        -0.6875, -0.375, -0.0625, 1.625, 3.9375, -1, 0.5, -1.5625, 1.25, 1.125, 2.375,
        -1.1875,
      ]),
    NeuralCase(
      "grouped",
      Convolution(padding: [0, 0, 0, 0], stride: [1, 1], dilation: [1, 1], group: 2),
      inputs: [[2, 4, 3, 3], [4, 2, 2, 2]], lens: [2, 4, 2, 2],
      expected: [
        -5.9375, 3.25, 0.4375, 1.4375, 4.25, -6.6875, -2.125, -0.1875, -0.25, -0.625,
        -1.375, -2.0625, 0.8125, 0.8125, 0.8125, 0.8125, 3.875, 1.25, 1.875, -3.5625, -6.625,
        3.625, -0.0625, 0.375, -1.25, -1.875, -3.3125, 3.625, 1.125, 1.1875, -4.0625, -0.8125,
      ]),
    NeuralCase(
      "depthwise",
      Convolution(padding: [1, 1, 1, 1], stride: [2, 2], dilation: [1, 1], group: 3),
      inputs: [[1, 3, 4, 4], [6, 1, 3, 3]], lens: [1, 6, 2, 2],
      expected: [
        1.25, 2.875, -0.25, -1.75, 1.1875, -1.125, -0.0625, -0.3125, 0.5625, 1.3125,
        -1.625, -1.375, 0.4375, 0.5, -1.625, -1.5, -0.625, 3.25, 2.125, -2.5625, -2.875, 0.8125,
        4.125, 1.9375,
      ]),
    NeuralCase(
      "one tap",
      Convolution(padding: [0, 0, 0, 0], stride: [1, 1], dilation: [1, 1], group: 1),
      inputs: [[2, 3, 2, 2], [4, 3, 1, 1]], lens: [2, 4, 2, 2],
      expected: [
        0.5625, 1.1875, 1, -1.625, 0.4375, -2.25, 0.75, -1.125, -0.5, -1.625, -1.125,
        2.625, 0.1875, 1.4375, 0.25, -0.125, 0.9375, 1, -1.625, 1.4375, -2.1875, 0.75, -1.125,
        1.0625, -1.25, -1.125, 2.625, -1.75, 1.3125, 0.25, -0.125, 0.3125,
      ]),
    NeuralCase(
      "one axis",
      Convolution(padding: [2, 0], stride: [2], dilation: [1], group: 1),
      inputs: [[2, 2, 7], [3, 2, 3]], lens: [2, 3, 4],
      expected: [
        -0.3125, 0.375, 2.75, 3.5, -0.4375, -1.0625, -2.4375, -2.8125, 1.5625, 1.6875,
        -2.3125, -2.625, -1.875, -4.1875, -3.4375, -2.3125, 2.625, 5.8125, 5.25, 2.1875, -1.125,
        1.375, 1.4375, 6,
      ]),
    NeuralCase(
      "three axes",
      Convolution(padding: [1, 0, 1, 0, 1, 0], stride: [1, 2, 1], dilation: [1, 1, 2], group: 1),
      inputs: [[1, 2, 3, 4, 3], [1, 2, 2, 3, 2]], lens: [1, 1, 3, 2, 2],
      expected: [
        0, 3.25, -0.75, -0.3125, -2.375, -4.5625, 0.1875, 0.4375, 0.125, 0.0625, 0.25,
        3.25,
      ]),
    NeuralCase(
      "same upper",
      Convolution(
        padding: [0, 0], stride: [2], dilation: [1], group: 1,
        paddingMode:
          .sameUpper),
      inputs: [[1, 1, 7], [1, 1, 4]], lens: [1, 1, 4],
      expected: [2, -0.4375, -3.3125, -1.5]),
    NeuralCase(
      "same lower",
      Convolution(
        padding: [0, 0, 0, 0], stride: [2, 1], dilation: [1, 1], group: 1,
        paddingMode:
          .sameLower),
      inputs: [[1, 1, 5, 4], [1, 1, 2, 3]], lens: [1, 1, 3, 4],
      expected: [
        -0.375, 2.3125, -0.375, -2.25, -0.5625, 0.1875, -1.0625, 0, -2.5, 0.4375,
        -0.5625, -0.25,
      ]),
    NeuralCase(
      "same upper, stride above window",
      Convolution(
        padding: [0, 0], stride: [3], dilation: [1], group: 1,
        paddingMode:
          .sameUpper),
      inputs: [[1, 1, 8], [1, 1, 2]], lens: [1, 1, 3],
      expected: [-1, -1.625, 1]),
  ]

  /// ConvTranspose.
  static let transposed: [NeuralCase] = [
    NeuralCase(
      "plain",
      ConvolutionBackwards(padding: [0, 0, 0, 0], stride: [1, 1], dilation: [1, 1], group: 1),
      inputs: [[1, 2, 2, 3], [2, 2, 2, 2]], lens: [1, 2, 3, 4],
      expected: [
        -0.875, 3.125, -2.1875, 0.375, -1.375, 2.6875, -2.125, 0.9375, -1.125, -0.875,
        -0.375, -0.0625, -0.75, 3.625, -1.8125, 0.9375, -1.4375, -2.625, -1.5625, 0.5, 2.4375,
        -2.125, 3.5625, -1.0625,
      ]),
    NeuralCase(
      "padded, strided, output padding",
      ConvolutionBackwards(
        padding: [1, 1, 1, 1], stride: [2, 2], dilation: [1, 1], group: 1,
        outputPadding: [1, 1]),
      inputs: [[1, 1, 3, 3], [1, 2, 3, 3]], lens: [1, 2, 6, 6],
      expected: [
        -0.375, -0.375, 2.25, 0, 0, 0, 0.6875, -3.5625, 0.25, -2.8125, 0.625, -1.5625,
        -2.25, -0.0625, 0.375, 0.3125, -1.875, 0, -0.625, 1.125, 0.5625, 1.0625, -0.6875, 2.5,
        0.75, 0.25, -1.5, -0.1875, 1.125, 0, 0.125, 0.875, -0.25, 0.125, 0.1875, -0.9375, -0.3125,
        -1.0625, 1.875, -0.375, 0, 0, 1.5, 1.625, -0.25, -2.6875, 1.25, -0.9375, -1.875, 0.1875,
        0.3125, 0.875, -1.5625, 0.3125, -0.5, 2.5, 1, -2.625, -0.75, 2.4375, 0.625, 0.625, -1.25,
        -0.3125, 0.9375, -0.1875, 0, -2.25, 0, 2.625, 0, -1.125,
      ]),
    NeuralCase(
      "grouped, uneven padding",
      ConvolutionBackwards(padding: [1, 0, 0, 1], stride: [2, 1], dilation: [1, 1], group: 2),
      inputs: [[1, 4, 2, 3], [4, 1, 3, 2]], lens: [1, 2, 4, 3],
      expected: [
        -0.9375, 3.4375, -1.8125, -1.25, 2.9375, -1.875, -0.9375, -0.9375, -0.5, -1.5,
        -1.1875, -0.625, -0.8125, 3.25, -0.75, -0.6875, -0.6875, -2.125, 0.4375, -0.5625, -0.875,
        0.75, -1.5, 3.1875,
      ]),
    NeuralCase(
      "dilated",
      ConvolutionBackwards(padding: [0, 1, 0, 1], stride: [1, 2], dilation: [2, 2], group: 1),
      inputs: [[1, 1, 3, 3], [1, 1, 2, 3]], lens: [1, 1, 5, 7],
      expected: [
        0, 1.625, 0, -1.0625, 0, 1.875, 0, 0, 1, 0, -3.25, 0, 0.9375, 0, 0, -2, 0,
        4.125, 0, -1.625, 0, 0, -2.3125, 0, 0.6875, 0, -1.875, 0, 0, 1, 0, -1.6875, 0, 1.125, 0,
      ]),
    NeuralCase(
      "one axis",
      ConvolutionBackwards(
        padding: [1, 0], stride: [3], dilation: [1], group: 1, outputPadding: [2]),
      inputs: [[2, 2, 4], [2, 2, 3]], lens: [2, 2, 13],
      expected: [
        0.1875, -0.625, 3.375, -1.0625, 3.4375, -0.75, 0.125, -0.625, 0, 0.5, -0.625, 0,
        0, -0.625, 0.1875, -1, 3.5, -0.9375, 0.25, -0.5, 0.375, -0.125, -1.25, -0.75, 0, 0,
        -0.0625, -0.625, -0.75, 0.375, -0.9375, 3.25, -0.875, 3.125, -0.875, 0.3125, -0.9375, 0, 0,
        -0.125, 0.9375, 0.1875, -1.125, 0, -1, 3, -1.125, 0.25, -1, 0.1875, 0, 0,
      ]),
    NeuralCase(
      "three axes",
      ConvolutionBackwards(
        padding: [0, 1, 0, 0, 1, 1], stride: [2, 1, 2], dilation: [1, 1, 1],
        group: 1),
      inputs: [[1, 1, 2, 2, 2], [1, 1, 2, 3, 2]], lens: [1, 1, 4, 2, 3],
      expected: [
        -0.3125, 0.0625, 0.375, -0.375, 0, 0.375, 0.3125, -0.125, 0.375, 0.25, -0.1875,
        0.375, 0.8125, -0.3125, -2.5625, 1, -0.125, -3.125, -1.0625, 0.25, 3.0625, -0.875, 0.4375,
        2.5,
      ]),
    NeuralCase(
      "same upper",
      ConvolutionBackwards(
        padding: [0, 0], stride: [3], dilation: [1], group: 1,
        paddingMode:
          .sameUpper),
      inputs: [[1, 1, 4], [1, 1, 4]], lens: [1, 1, 12],
      expected: [-0.25, 0.125, -0.3125, 1.5625, -0.75, 1.875, -0.375, 0, 0, -1.5, 0.75, -1.875]),
    NeuralCase(
      "same lower",
      ConvolutionBackwards(
        padding: [0, 0], stride: [3], dilation: [1], group: 1,
        paddingMode:
          .sameLower),
      inputs: [[1, 1, 4], [1, 1, 4]], lens: [1, 1, 12],
      expected: [0.125, -0.3125, 1.5625, -0.75, 1.875, -0.375, 0, 0, -1.5, 0.75, -1.875, 0.375]),
    // ONNX wants size times stride where ONNX Runtime leaves the last element, a 0, away.
    NeuralCase(
      "same, window below stride",
      ConvolutionBackwards(
        padding: [0, 0], stride: [3], dilation: [1], group: 1,
        paddingMode:
          .sameUpper),
      inputs: [[1, 1, 3], [1, 1, 2]], lens: [1, 1, 9],
      expected: [-0.25, 0.125, 0, 1.5, -0.75, 0, 0, 0, 0]),
  ]
}
