import Support
import Tensors

/// Computes a convolution or a transposed one over three spatial axes, one row of the result at a time.
struct ConvolutionEvaluation: FactorVisitor {
  let input: Argument
  let weights: Argument
  let shape: Shape
  let group: Int
  /// For a transposed convolution, windows lie over the result and `windows` counts the input's elements.
  let axes: [WindowGeometry]
  let isTransposed: Bool

  func run() throws(MIGraphXError) -> Argument { try input.elementType.visitFactors(self) }

  func visit<Value: Factor>(_ type: Value.Type) throws(MIGraphXError) -> Argument {
    let sums = isTransposed ? transposed(type) : forward(type)
    return try Value.Sum.tensor(sums, shape.elementType, lens: shape.lens ?? [])
  }

  /// The axes with those merged that only pair elements one to one, which makes rows longer.
  private var mergedAxes: [WindowGeometry] {
    let isPlain = axes.allSatisfy {
      $0.taps == 1 && $0.stride == 1 && $0.before == 0 && $0.size == $0.windows
    }
    guard isPlain else { return axes }
    let count = axes.map(\.size).reduce(1, *)
    return WindowGeometry.three([WindowGeometry(size: count, windows: count)])
  }

  private func forward<Value: Factor>(_ type: Value.Type) -> SumRows<Value.Sum> {
    let axes = mergedAxes
    let (depth, height, width) = (axes[0], axes[1], axes[2])
    let x = input.converted(to: type)
    let w = weights.converted(to: type)
    let channels = weights.lens[1]
    let outputs = weights.lens[0]
    let rowsOfChannel = depth.windows * height.windows
    let rows = input.lens[0] * outputs * rowsOfChannel
    return SumRows(rows, of: width.windows) { row, sums in
      let (plane, place) = row.quotientAndRemainder(dividingBy: rowsOfChannel)
      let (image, output) = plane.quotientAndRemainder(dividingBy: outputs)
      let (z, y) = place.quotientAndRemainder(dividingBy: height.windows)
      let firstChannel = (image * group + output / (outputs / group)) * channels
      for channel in 0..<channels {
        for kz in 0..<depth.taps {
          let inputZ = depth.position(z, kz)
          guard (0..<depth.size).contains(inputZ) else { continue }
          for ky in 0..<height.taps {
            let inputY = height.position(y, ky)
            guard (0..<height.size).contains(inputY) else { continue }
            let start =
              (((firstChannel + channel) * depth.size + inputZ) * height.size + inputY) * width.size
            let tap =
              (((output * channels + channel) * depth.taps + kz) * height.taps + ky) * width.taps
            for kx in 0..<width.taps {
              let windows = width.windows(touchedBy: kx)
              accumulate(
                w[tap + kx].widened, x.span,
                at: Positions(
                  start: start + width.position(windows.lowerBound, kx), step: width.stride),
                into: &sums, at: Positions(start: windows.lowerBound, step: 1),
                count: windows.count)
            }
          }
        }
      }
    }
  }

  private func transposed<Value: Factor>(_ type: Value.Type) -> SumRows<Value.Sum> {
    let (depth, height, width) = (axes[0], axes[1], axes[2])
    let x = input.converted(to: type)
    let w = weights.converted(to: type)
    let channels = input.lens[1] / group
    let outputs = weights.lens[1]
    let rowsOfChannel = depth.size * height.size
    let rows = input.lens[0] * group * outputs * rowsOfChannel
    return SumRows(rows, of: width.size) { row, sums in
      let (plane, place) = row.quotientAndRemainder(dividingBy: rowsOfChannel)
      let (imageGroup, output) = plane.quotientAndRemainder(dividingBy: outputs)
      let (z, y) = place.quotientAndRemainder(dividingBy: height.size)
      let firstChannel = imageGroup % group * channels
      for channel in 0..<channels {
        for kz in 0..<depth.taps {
          guard let inputZ = depth.window(at: z, tap: kz) else { continue }
          for ky in 0..<height.taps {
            guard let inputY = height.window(at: y, tap: ky) else { continue }
            let inputPlane = (imageGroup * channels + channel) * depth.windows + inputZ
            let start = (inputPlane * height.windows + inputY) * width.windows
            let weightPlane = (firstChannel + channel) * outputs + output
            let tap = ((weightPlane * depth.taps + kz) * height.taps + ky) * width.taps
            for kx in 0..<width.taps {
              let windows = width.windows(touchedBy: kx)
              accumulate(
                w[tap + kx].widened, x.span,
                at: Positions(start: start + windows.lowerBound, step: 1),
                into: &sums,
                at: Positions(
                  start: width.position(windows.lowerBound, kx), step: width.stride),
                count: windows.count)
            }
          }
        }
      }
    }
  }
}

extension WindowGeometry {
  /// The window whose tap `tap` lies at `position`; nil if there is none.
  func window(at position: Int, tap: Int) -> Int? {
    let start = position + before - tap * dilation
    guard start >= 0, start % stride == 0, start / stride < windows else { return nil }
    return start / stride
  }
}
