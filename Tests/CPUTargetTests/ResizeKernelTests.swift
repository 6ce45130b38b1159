import Codegen
import IR
import Operators
import Support
import Tensors
import Testing

@testable import CPUTarget

@Suite struct ResizeKernelTests {
  static let transformations = [
    "half_pixel", "half_pixel_symmetric", "pytorch_half_pixel", "tf_half_pixel_for_nn",
    "align_corners", "asymmetric", "tf_crop_and_resize",
  ]

  /// Sizes of images with channels, and what they become: larger, smaller, by whole factors and others.
  static let sizes: [([Int], [Int])] = [
    ([1, 3, 5, 7], [1, 3, 10, 14]), ([2, 17, 6, 5], [2, 17, 3, 9]), ([1, 5, 4, 4], [1, 5, 1, 13]),
    ([1, 2, 3, 9], [1, 2, 3, 4]), ([1, 33, 2, 2], [1, 33, 7, 2]),
  ]

  private func layouts(_ lens: [Int]) throws -> [Argument] {
    let x = try numbers(lens)
    let last = try numbers([lens[0], lens[2], lens[3], lens[1]], seed: 2)
    let channelsLast = try last.view(
      lens: lens, strides: [last.strides[0], 1, last.strides[1], last.strides[2]])
    return [x, channelsLast, try x.view(lens: lens, strides: [x.strides[0], 0, lens[3], 1])]
  }

  private func check(
    _ op: Resize, _ x: Argument, runs name: String = "cpu::resize",
    _ location: SourceLocation = #_sourceLocation
  ) throws {
    let program = try makeProgram([x]) { module, x in try module.add(op, x[0]) }
    try expectAgreement(program, [x], runs: [name], location)
  }

  @Test(arguments: transformations) func modes(_ transformation: String) throws {
    for mode in ["nearest", "linear", "cubic"] {
      for (lens, result) in ResizeKernelTests.sizes {
        for x in try layouts(lens) {
          var op = Resize(
            mode: mode, coordinateTransformationMode: transformation,
            sizes: result.map { Dimension($0) })
          if transformation == "tf_crop_and_resize" {
            op.roi = [0, 0, 0.2, -0.1, 1, 1, 0.9, 1.3]
            op.extrapolationValue = 7
          }
          try check(op, x)
        }
      }
    }
  }

  @Test func nearestModes() throws {
    for mode in ["round_prefer_floor", "round_prefer_ceil", "floor", "ceil"] {
      for x in try layouts([1, 5, 4, 6]) {
        for scales: [Float] in [[1, 1, 2, 2], [1, 1, 1.5, 0.5], [1, 2, 0.6, 1.1]] {
          try check(Resize(mode: "nearest", nearestMode: mode, scales: scales), x)
          try check(Resize(mode: "linear", nearestMode: mode, scales: scales), x)
        }
      }
    }
  }

  @Test func otherRanks() throws {
    try check(Resize(mode: "linear", scales: [2.5]), numbers([5]))
    try check(Resize(mode: "cubic", scales: [1, 1, 3]), numbers([2, 3, 5]))
    try check(Resize(mode: "linear", scales: [1, 1, 2, 1.5, 0.5]), numbers([1, 5, 3, 4, 6]))
    try check(Resize(mode: "linear", scales: [1, 1]), numbers([3, 4]))
    var excluding = Resize(mode: "cubic", scales: [1, 1, 2, 2])
    excluding.excludeOutside = true
    try check(excluding, numbers([1, 2, 5, 5]))
    try check(Resize(mode: "linear", sizes: [1, 0, 4, 4]), numbers([1, 0, 2, 2]))
  }

  /// Elements of any type are chosen; interpolation of others than floats, and of all that one covers, is not.
  @Test func types() throws {
    for type in [ElementType.uint8, .half, .double, .int64] {
      let x = try numbers([1, 3, 4, 5]).converted(toElementType: type)
      try check(Resize(mode: "nearest", scales: [1, 1, 2, 3]), x)
    }
    var covering = Resize(mode: "linear", scales: [1, 1, 0.5, 0.5])
    covering.antialias = true
    try check(covering, numbers([1, 3, 4, 6]), runs: "resize")
  }
}
