import Operators

/// What ONNX Runtime computes for inputs of `pattern`, with seed 1.
enum PoolingCases {
  /// MaxPool, AveragePool, LpPool.
  static let all: [NeuralCase] = [
    NeuralCase(
      "resnet's",
      Pooling(mode: .max, padding: [1, 1, 1, 1], stride: [2, 2], lengths: [3, 3]),
      inputs: [[1, 2, 6, 6]], lens: [1, 2, 3, 3],
      expected: [
        1.5, 1.5, 1, 1.25, 1, 1.25, 1.5, 1.5, 1.25, 1.5, 1.25, 1.5, 1, 1.25, 1.5, 1.25,
        1.5, 1.5,
      ]),
    NeuralCase(
      "uneven padding",
      Pooling(mode: .max, padding: [0, 2, 1, 0], stride: [1, 2], lengths: [2, 3]),
      inputs: [[1, 1, 4, 5]], lens: [1, 1, 4, 3],
      expected: [-0.25, 1.5, 0.75, 1, 1.25, 1.25, 1, 1.25, 1.25, 0.25, 0.5, 0.75]),
    NeuralCase(
      "ceil",
      Pooling(
        mode: .max, padding: [0, 0, 0, 0], stride: [2, 3], lengths: [3, 2],
        ceilMode:
          true),
      inputs: [[1, 1, 6, 6]], lens: [1, 1, 3, 2],
      expected: [1.5, 1, 1.5, 1, 1.5, 1.25]),
    NeuralCase(
      "ceil, no window in the padding",
      Pooling(mode: .max, padding: [1, 1], stride: [3], lengths: [2], ceilMode: true),
      inputs: [[1, 1, 7]], lens: [1, 1, 3],
      expected: [-0.25, 0, 0.5]),
    NeuralCase(
      "dilated",
      Pooling(
        mode: .max, padding: [1, 0, 0, 1], stride: [1, 2], lengths: [3, 2],
        dilations: [
          2,
          3,
        ]),
      inputs: [[1, 1, 6, 6]], lens: [1, 1, 3, 2],
      expected: [1, 1.25, 1.25, 0.5, 1, 1.25]),
    NeuralCase(
      "three axes",
      Pooling(mode: .max, padding: [0, 1, 0, 1, 0, 1], stride: [2, 2, 1], lengths: [2, 2, 2]),
      inputs: [[1, 1, 3, 4, 3]], lens: [1, 1, 2, 2, 3],
      expected: [1.5, 1.5, 0, 0.75, 0.75, 0.75, 1.5, 1.5, 0.25, 0.75, 1, 1]),
    NeuralCase(
      "same upper",
      Pooling(mode: .max, padding: [0, 0], stride: [2], lengths: [4], paddingMode: .sameUpper),
      inputs: [[1, 1, 7]], lens: [1, 1, 4],
      expected: [1.5, 1.5, 0.5, 0.5]),
    NeuralCase(
      "same lower",
      Pooling(
        mode: .average, padding: [0, 0], stride: [2], lengths: [4],
        paddingMode:
          .sameLower),
      inputs: [[1, 1, 7]], lens: [1, 1, 4],
      expected: [0.625, -0.0625, -0.625, -0.1666667]),
    NeuralCase(
      "without padding",
      Pooling(mode: .average, padding: [1, 1, 1, 1], stride: [2, 2], lengths: [3, 3]),
      inputs: [[1, 2, 4, 4]], lens: [1, 2, 2, 2],
      expected: [
        0.0625, -0.2916667, 0.04166667, -0.3611111, -0.125, 0.3333333, 0.1666667,
        0.1388889,
      ]),
    NeuralCase(
      "with padding",
      Pooling(
        mode: .average, padding: [1, 1, 1, 1], stride: [2, 2], lengths: [3, 3],
        countIncludePad: true),
      inputs: [[1, 2, 4, 4]], lens: [1, 2, 2, 2],
      expected: [
        0.02777778, -0.1944444, 0.02777778, -0.3611111, -0.05555556, 0.2222222,
        0.1111111, 0.1388889,
      ]),
    NeuralCase(
      "ceil with padding",
      Pooling(
        mode: .average, padding: [2, 0], stride: [3], lengths: [4], ceilMode: true,
        countIncludePad: true),
      inputs: [[1, 1, 7]], lens: [1, 1, 3],
      expected: [0.3125, 0.0625, -0.1666667]),
    NeuralCase(
      "ceil without padding",
      Pooling(
        mode: .average, padding: [1, 0, 1, 1], stride: [2, 2], lengths: [3, 2],
        ceilMode:
          true),
      inputs: [[1, 1, 6, 5]], lens: [1, 1, 4, 3],
      expected: [
        0.125, -0.4375, -0.25, -0.2083333, 0.08333334, -0.5, 0.1666667, -0.08333334,
        -0.1666667, 0.875, -0.375, -1,
      ]),
    NeuralCase(
      "dilated, ceil with padding",
      Pooling(
        mode: .average, padding: [2, 1], stride: [3], lengths: [3], ceilMode: true,
        dilations: [2], countIncludePad: true),
      inputs: [[1, 1, 7]], lens: [1, 1, 3],
      expected: [-0.08333334, -0.4166667, 0.375]),
    NeuralCase(
      "order 1",
      Pooling(mode: .lpnorm, padding: [1, 1], stride: [3], lengths: [3], lpOrder: 1),
      inputs: [[1, 1, 7]], lens: [1, 1, 3],
      expected: [1.75, 1.75, 1.75]),
    NeuralCase(
      "order 2",
      Pooling(mode: .lpnorm, padding: [0, 1, 0, 1], stride: [2, 1], lengths: [2, 3], lpOrder: 2),
      inputs: [[1, 1, 4, 4]], lens: [1, 1, 2, 4],
      expected: [1.984313, 2.046338, 2.704164, 1.870829, 1.63936, 2.436699, 2.03101, 1.887459]),
    NeuralCase(
      "order 3",
      Pooling(mode: .lpnorm, padding: [0, 0], stride: [1], lengths: [2], lpOrder: 3),
      inputs: [[1, 1, 5]], lens: [1, 1, 4],
      expected: [1.502311, 1.5, 1.5, 1.502311]),
  ]
}
