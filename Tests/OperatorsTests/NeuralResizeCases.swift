import Operators
import Tensors

/// What ONNX Runtime computes for inputs of `pattern`, with seed 1.
enum ResizeCases {
  /// Every pair of modes, 5 elements by 1.7.
  static let nearest: [NeuralCase] = [
    NeuralCase(
      "nearest round_prefer_floor half_pixel",
      Resize(
        mode: "nearest", nearestMode: "round_prefer_floor",
        coordinateTransformationMode:
          "half_pixel", scales: [1, 1, 1.7]),
      inputs: [[1, 1, 5]], lens: [1, 1, 8],
      expected: [-0.25, -0.25, 1.5, 0, 0, -1.5, -1.5, 0.25]),
    NeuralCase(
      "nearest round_prefer_ceil half_pixel",
      Resize(
        mode: "nearest", nearestMode: "round_prefer_ceil",
        coordinateTransformationMode:
          "half_pixel", scales: [1, 1, 1.7]),
      inputs: [[1, 1, 5]], lens: [1, 1, 8],
      expected: [-0.25, -0.25, 1.5, 0, 0, -1.5, -1.5, 0.25]),
    NeuralCase(
      "nearest floor half_pixel",
      Resize(
        mode: "nearest", nearestMode: "floor", coordinateTransformationMode: "half_pixel",
        scales: [1, 1, 1.7]),
      inputs: [[1, 1, 5]], lens: [1, 1, 8],
      expected: [-0.25, -0.25, -0.25, 1.5, 0, 0, -1.5, -1.5]),
    NeuralCase(
      "nearest ceil half_pixel",
      Resize(
        mode: "nearest", nearestMode: "ceil", coordinateTransformationMode: "half_pixel",
        scales: [1, 1, 1.7]),
      inputs: [[1, 1, 5]], lens: [1, 1, 8],
      expected: [-0.25, 1.5, 1.5, 0, -1.5, -1.5, 0.25, 0.25]),
    NeuralCase(
      "nearest round_prefer_floor pytorch_half_pixel",
      Resize(
        mode: "nearest", nearestMode: "round_prefer_floor",
        coordinateTransformationMode:
          "pytorch_half_pixel", scales: [1, 1, 1.7]),
      inputs: [[1, 1, 5]], lens: [1, 1, 8],
      expected: [-0.25, -0.25, 1.5, 0, 0, -1.5, -1.5, 0.25]),
    NeuralCase(
      "nearest round_prefer_ceil pytorch_half_pixel",
      Resize(
        mode: "nearest", nearestMode: "round_prefer_ceil",
        coordinateTransformationMode:
          "pytorch_half_pixel", scales: [1, 1, 1.7]),
      inputs: [[1, 1, 5]], lens: [1, 1, 8],
      expected: [-0.25, -0.25, 1.5, 0, 0, -1.5, -1.5, 0.25]),
    NeuralCase(
      "nearest floor pytorch_half_pixel",
      Resize(
        mode: "nearest", nearestMode: "floor",
        coordinateTransformationMode:
          "pytorch_half_pixel", scales: [1, 1, 1.7]),
      inputs: [[1, 1, 5]], lens: [1, 1, 8],
      expected: [-0.25, -0.25, -0.25, 1.5, 0, 0, -1.5, -1.5]),
    NeuralCase(
      "nearest ceil pytorch_half_pixel",
      Resize(
        mode: "nearest", nearestMode: "ceil",
        coordinateTransformationMode:
          "pytorch_half_pixel", scales: [1, 1, 1.7]),
      inputs: [[1, 1, 5]], lens: [1, 1, 8],
      expected: [-0.25, 1.5, 1.5, 0, -1.5, -1.5, 0.25, 0.25]),
    NeuralCase(
      "nearest round_prefer_floor align_corners",
      Resize(
        mode: "nearest", nearestMode: "round_prefer_floor",
        coordinateTransformationMode:
          "align_corners", scales: [1, 1, 1.7]),
      inputs: [[1, 1, 5]], lens: [1, 1, 8],
      expected: [-0.25, 1.5, 1.5, 0, 0, -1.5, -1.5, 0.25]),
    NeuralCase(
      "nearest round_prefer_ceil align_corners",
      Resize(
        mode: "nearest", nearestMode: "round_prefer_ceil",
        coordinateTransformationMode:
          "align_corners", scales: [1, 1, 1.7]),
      inputs: [[1, 1, 5]], lens: [1, 1, 8],
      expected: [-0.25, 1.5, 1.5, 0, 0, -1.5, -1.5, 0.25]),
    NeuralCase(
      "nearest floor align_corners",
      Resize(
        mode: "nearest", nearestMode: "floor",
        coordinateTransformationMode:
          "align_corners", scales: [1, 1, 1.7]),
      inputs: [[1, 1, 5]], lens: [1, 1, 8],
      expected: [-0.25, -0.25, 1.5, 1.5, 0, 0, -1.5, 0.25]),
    NeuralCase(
      "nearest ceil align_corners",
      Resize(
        mode: "nearest", nearestMode: "ceil", coordinateTransformationMode: "align_corners",
        scales: [1, 1, 1.7]),
      inputs: [[1, 1, 5]], lens: [1, 1, 8],
      expected: [-0.25, 1.5, 0, 0, -1.5, -1.5, 0.25, 0.25]),
    NeuralCase(
      "nearest round_prefer_floor asymmetric",
      Resize(
        mode: "nearest", nearestMode: "round_prefer_floor",
        coordinateTransformationMode:
          "asymmetric", scales: [1, 1, 1.7]),
      inputs: [[1, 1, 5]], lens: [1, 1, 8],
      expected: [-0.25, 1.5, 1.5, 0, 0, -1.5, 0.25, 0.25]),
    NeuralCase(
      "nearest round_prefer_ceil asymmetric",
      Resize(
        mode: "nearest", nearestMode: "round_prefer_ceil",
        coordinateTransformationMode:
          "asymmetric", scales: [1, 1, 1.7]),
      inputs: [[1, 1, 5]], lens: [1, 1, 8],
      expected: [-0.25, 1.5, 1.5, 0, 0, -1.5, 0.25, 0.25]),
    NeuralCase(
      "nearest floor asymmetric",
      Resize(
        mode: "nearest", nearestMode: "floor", coordinateTransformationMode: "asymmetric",
        scales: [1, 1, 1.7]),
      inputs: [[1, 1, 5]], lens: [1, 1, 8],
      expected: [-0.25, -0.25, 1.5, 1.5, 0, 0, -1.5, 0.25]),
    NeuralCase(
      "nearest ceil asymmetric",
      Resize(
        mode: "nearest", nearestMode: "ceil", coordinateTransformationMode: "asymmetric",
        scales: [1, 1, 1.7]),
      inputs: [[1, 1, 5]], lens: [1, 1, 8],
      expected: [-0.25, 1.5, 0, 0, -1.5, -1.5, 0.25, 0.25]),
    NeuralCase(
      "nearest round_prefer_floor half_pixel_symmetric",
      Resize(
        mode: "nearest", nearestMode: "round_prefer_floor",
        coordinateTransformationMode:
          "half_pixel_symmetric", scales: [1, 1, 1.7]),
      inputs: [[1, 1, 5]], lens: [1, 1, 8],
      expected: [-0.25, 1.5, 1.5, 0, 0, -1.5, -1.5, 0.25]),
    NeuralCase(
      "nearest round_prefer_ceil half_pixel_symmetric",
      Resize(
        mode: "nearest", nearestMode: "round_prefer_ceil",
        coordinateTransformationMode:
          "half_pixel_symmetric", scales: [1, 1, 1.7]),
      inputs: [[1, 1, 5]], lens: [1, 1, 8],
      expected: [-0.25, 1.5, 1.5, 0, 0, -1.5, -1.5, 0.25]),
    NeuralCase(
      "nearest floor half_pixel_symmetric",
      Resize(
        mode: "nearest", nearestMode: "floor",
        coordinateTransformationMode:
          "half_pixel_symmetric", scales: [1, 1, 1.7]),
      inputs: [[1, 1, 5]], lens: [1, 1, 8],
      expected: [-0.25, -0.25, 1.5, 1.5, 0, 0, -1.5, 0.25]),
    NeuralCase(
      "nearest ceil half_pixel_symmetric",
      Resize(
        mode: "nearest", nearestMode: "ceil",
        coordinateTransformationMode:
          "half_pixel_symmetric", scales: [1, 1, 1.7]),
      inputs: [[1, 1, 5]], lens: [1, 1, 8],
      expected: [-0.25, 1.5, 0, 0, -1.5, -1.5, 0.25, 0.25]),
  ]

  /// Interpolation and sizes.
  static let others: [NeuralCase] = [
    NeuralCase(
      "linear half_pixel",
      Resize(
        mode: "linear", nearestMode: "round_prefer_floor",
        coordinateTransformationMode:
          "half_pixel", scales: [1, 1, 2, 0.6]),
      inputs: [[1, 1, 3, 4]], lens: [1, 1, 6, 2],
      expected: [
        0.3333333, 0, 0.1875, 0.125, -0.1041666, 0.375, -0.125, 0.625, 0.125, 0.875,
        0.25, 1,
      ]),
    NeuralCase(
      "cubic half_pixel",
      Resize(
        mode: "cubic", nearestMode: "round_prefer_floor",
        coordinateTransformationMode:
          "half_pixel", scales: [1, 1, 0.8, 1.5]),
      inputs: [[1, 1, 4, 3]], lens: [1, 1, 3, 4],
      expected: [
        -0.5559258, 0.6342888, 1.316944, 0.099898, -0.8658803, -0.6411705, -0.454404,
        -0.5614476, -0.1993761, 0.0253334, 0.2121002, 0.1050564,
      ]),
    NeuralCase(
      "linear pytorch_half_pixel",
      Resize(
        mode: "linear", nearestMode: "round_prefer_floor",
        coordinateTransformationMode:
          "pytorch_half_pixel", scales: [1, 1, 2, 0.6]),
      inputs: [[1, 1, 3, 4]], lens: [1, 1, 6, 2],
      expected: [
        0.3333333, 0, 0.1875, 0.125, -0.1041666, 0.375, -0.125, 0.625, 0.125, 0.875,
        0.25, 1,
      ]),
    NeuralCase(
      "cubic pytorch_half_pixel",
      Resize(
        mode: "cubic", nearestMode: "round_prefer_floor",
        coordinateTransformationMode:
          "pytorch_half_pixel", scales: [1, 1, 0.8, 1.5]),
      inputs: [[1, 1, 4, 3]], lens: [1, 1, 3, 4],
      expected: [
        -0.5559258, 0.6342888, 1.316944, 0.099898, -0.8658803, -0.6411705, -0.454404,
        -0.5614476, -0.1993761, 0.0253334, 0.2121002, 0.1050564,
      ]),
    NeuralCase(
      "linear align_corners",
      Resize(
        mode: "linear", nearestMode: "round_prefer_floor",
        coordinateTransformationMode:
          "align_corners", scales: [1, 1, 2, 0.6]),
      inputs: [[1, 1, 3, 4]], lens: [1, 1, 6, 2],
      expected: [
        -0.25, -1.5, -0.05, -1.3, 0.15, -1.1, 0.35, -0.9, 0.55, -0.6999999, 0.75,
        -0.5,
      ]),
    NeuralCase(
      "cubic align_corners",
      Resize(
        mode: "cubic", nearestMode: "round_prefer_floor",
        coordinateTransformationMode:
          "align_corners", scales: [1, 1, 0.8, 1.5]),
      inputs: [[1, 1, 4, 3]], lens: [1, 1, 3, 4],
      expected: [
        -0.25, 1.115741, 1.222222, 0, -0.5, -0.6708624, -0.5643806, -0.25, -0.75,
        0.6157404, 0.7222223, -0.5,
      ]),
    NeuralCase(
      "linear asymmetric",
      Resize(
        mode: "linear", nearestMode: "round_prefer_floor",
        coordinateTransformationMode:
          "asymmetric", scales: [1, 1, 2, 0.6]),
      inputs: [[1, 1, 3, 4]], lens: [1, 1, 6, 2],
      expected: [
        -0.25, 0.5000001, 0, 0.2083333, 0.25, -0.0833334, 0.5, 0.1666666, 0.75,
        0.4166666, 0.75, 0.4166666,
      ]),
    NeuralCase(
      "cubic asymmetric",
      Resize(
        mode: "cubic", nearestMode: "round_prefer_floor",
        coordinateTransformationMode:
          "asymmetric", scales: [1, 1, 0.8, 1.5]),
      inputs: [[1, 1, 4, 3]], lens: [1, 1, 3, 4],
      expected: [
        -0.25, 1.115741, 1.222222, 0, -1.134766, -0.4463438, -0.3398616, -0.8847656,
        0.0625, -0.1083623, -0.001880825, 0.3125,
      ]),
    NeuralCase(
      "linear half_pixel_symmetric",
      Resize(
        mode: "linear", nearestMode: "round_prefer_floor",
        coordinateTransformationMode:
          "half_pixel_symmetric", scales: [1, 1, 2, 0.6]),
      inputs: [[1, 1, 3, 4]], lens: [1, 1, 6, 2],
      expected: [
        0.9166667, -0.4999999, 0.5, -0.3749999, -0.3333333, -0.1249999, -0.625,
        0.1250001, -0.375, 0.3750001, -0.25, 0.5000001,
      ]),
    NeuralCase(
      "cubic half_pixel_symmetric",
      Resize(
        mode: "cubic", nearestMode: "round_prefer_floor",
        coordinateTransformationMode:
          "half_pixel_symmetric", scales: [1, 1, 0.8, 1.5]),
      inputs: [[1, 1, 4, 3]], lens: [1, 1, 3, 4],
      expected: [
        -0.6035156, 0.8532083, 0.9596898, -0.3535156, -0.5, -0.6708622, -0.5643806,
        -0.25, -0.3964844, 0.291938, 0.3984195, -0.1464844,
      ]),
    NeuralCase(
      "nearest sizes",
      Resize(
        mode: "nearest", nearestMode: "round_prefer_floor",
        coordinateTransformationMode:
          "half_pixel", sizes: [1, 2, 3, 2]),
      inputs: [[1, 2, 2, 3]], lens: [1, 2, 3, 2],
      expected: [-0.25, 0, -0.25, 0, -1.5, -1.25, 0.5, 0.75, 0.5, 0.75, -0.75, -0.5]),
    NeuralCase(
      "nearest doubled",
      Resize(
        mode: "nearest", nearestMode: "floor", coordinateTransformationMode: "asymmetric",
        scales: [1, 1, 2, 2]),
      inputs: [[1, 1, 2, 2]], lens: [1, 1, 4, 4],
      expected: [
        -0.25, -0.25, 1.5, 1.5, -0.25, -0.25, 1.5, 1.5, 0, 0, -1.5, -1.5, 0, 0, -1.5,
        -1.5,
      ]),
    NeuralCase(
      "nearest, outer axes",
      Resize(
        mode: "nearest", nearestMode: "floor", coordinateTransformationMode: "asymmetric",
        sizes: [3, 4, 2]),
      inputs: [[2, 2, 2]], lens: [3, 4, 2],
      expected: [
        -0.25, 1.5, -0.25, 1.5, 0, -1.5, 0, -1.5, -0.25, 1.5, -0.25, 1.5, 0, -1.5, 0,
        -1.5, 0.25, -1.25, 0.25, -1.25, 0.5, -1, 0.5, -1,
      ]),
    NeuralCase(
      "linear sizes",
      Resize(
        mode: "linear", nearestMode: "round_prefer_floor",
        coordinateTransformationMode:
          "half_pixel", sizes: [1, 1, 3, 5]),
      inputs: [[1, 1, 2, 3]], lens: [1, 1, 3, 5],
      expected: [
        -0.25, 0.45, 1.5, 0.5999998, 0, -0.875, -0.175, 0.875, -0.02500021, -0.625,
        -1.5, -0.8, 0.25, -0.6500002, -1.25,
      ]),
    NeuralCase(
      "linear, three axes",
      Resize(
        mode: "linear", nearestMode: "round_prefer_floor",
        coordinateTransformationMode:
          "align_corners", sizes: [1, 1, 3, 2, 3]),
      inputs: [[1, 1, 2, 2, 2]], lens: [1, 1, 3, 2, 3],
      expected: [
        -0.25, 0.625, 1.5, 0, -0.75, -1.5, 0, 0.0625, 0.125, 0.25, -0.5, -1.25, 0.25,
        -0.5, -1.25, 0.5, -0.25, -1,
      ]),
    NeuralCase(
      "linear to one element",
      Resize(
        mode: "linear", nearestMode: "round_prefer_floor",
        coordinateTransformationMode:
          "pytorch_half_pixel", sizes: [1, 1, 1]),
      inputs: [[1, 1, 4]], lens: [1, 1, 1],
      expected: [-0.25]),
    NeuralCase(
      "cubic outside excluded",
      Resize(
        mode: "cubic", nearestMode: "round_prefer_floor",
        coordinateTransformationMode:
          "half_pixel", scales: [1, 1, 1.5, 0.75], cubicCoeffA: -0.5, excludeOutside: true),
      inputs: [[1, 1, 4, 4]], lens: [1, 1, 6, 3],
      expected: [
        -0.04069006, 1.040501, -1.380967, -0.01933972, 0.2987132, -1.123118, 0.1193088,
        -0.3793761, -0.7229858, 0.468446, 0.1109301, -0.3841057, 0.8881776, -0.4080882,
        -0.09830736, 1.161286, -1.007401, 0.05713735,
      ]),
    NeuralCase(
      "cubic sizes",
      Resize(
        mode: "cubic", nearestMode: "round_prefer_floor",
        coordinateTransformationMode:
          "half_pixel", sizes: [1, 1, 4, 3]),
      inputs: [[1, 1, 3, 4]], lens: [1, 1, 4, 3],
      expected: [
        0.02883984, 1.157307, -1.350703, -0.04235419, 0.08525848, -1.00978, 0.1820047,
        -0.3518944, -0.513034, 0.540229, 0.1608887, -0.2184517,
      ]),
  ]
}
