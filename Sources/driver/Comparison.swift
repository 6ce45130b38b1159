import IR
import Support
import Tensors

/// How far results may be apart.
struct Comparison {
  private let rms: Double
  private let absolute: Double
  private let relative: Double
  /// Whether each element is compared, not only all together.
  private let comparesElements: Bool

  /// Takes tolerances; those not given follow from the types in `program`.
  init(_ program: Program, rms: Double?, absolute: Double?, relative: Double?) {
    let isCoarse = program.main.uses16BitTypes
    self.rms = rms ?? (isCoarse ? 0.08 : 0.001)
    self.absolute = absolute ?? (isCoarse ? 0.04 : 0.001)
    self.relative = relative ?? (isCoarse ? 0.04 : 0.001)
    comparesElements =
      absolute != nil || relative != nil || isEnabled("MIGRAPHX_VERIFY_ENABLE_ALLCLOSE")
  }

  /// What differs between two results; nothing if they agree.
  func differences(_ name: String, _ expected: RuntimeValue, _ found: RuntimeValue) -> [String] {
    switch (expected, found) {
    case (.tensor(let a), .tensor(let b)): return differences(name, a, b)
    case (.tuple(let a), .tuple(let b)) where a.count == b.count,
      (.sequence(let a, _), .sequence(let b, _)) where a.count == b.count:
      return zip(a, b).enumerated().flatMap {
        differences("\(name)[\($0)]", $1.0, $1.1)
      }
    case (.optional(nil, _), .optional(nil, _)): return []
    case (.optional(let a?, _), .optional(let b?, _)): return differences(name, a, b)
    default: return ["FAILED: \(name)", "The values differ in kind or number."]
    }
  }

  private func differences(_ name: String, _ expected: Argument, _ found: Argument) -> [String] {
    guard expected.elementType == found.elementType, expected.lens == found.lens else {
      return ["FAILED: \(name)", "Shapes differ: \(expected.shape) != \(found.shape)"]
    }
    if expected.elementType == .string {
      let (a, b) = (expected.stringElements, found.stringElements)
      guard let index = a.indices.first(where: { a[$0] != b[$0] }) else { return [] }
      return [
        "FAILED: \(name)", "Mismatch at \(index): \(quoted(a[index])) != \(quoted(b[index]))",
      ]
    }
    return differences(
      name, expected.converted(to: Double.self), found.converted(to: Double.self))
  }

  /// Compares the elements of two tensors.
  func differences(_ name: String, _ expected: [Double], _ found: [Double]) -> [String] {
    var (sum, largest, difference) = (0.0, Double.leastNormalMagnitude, 0.0)
    var mismatch: Int?
    var hasStrangers = false
    for (index, (a, b)) in zip(expected, found).enumerated() {
      // Equal infinities and two NaNs agree; any other pair with one of them can't be close.
      if a == b || (a.isNaN && b.isNaN) {
        if a.isFinite { largest = max(largest, a.magnitude) }
        continue
      }
      guard a.isFinite, b.isFinite else {
        if !hasStrangers { mismatch = index }
        hasStrangers = true
        continue
      }
      largest = max(largest, a.magnitude, b.magnitude)
      difference = max(difference, (a - b).magnitude)
      sum += (a - b) * (a - b)
      if mismatch == nil, (a - b).magnitude > absolute + relative * a.magnitude { mismatch = index }
    }
    let error =
      expected.isEmpty ? 0 : sum.squareRoot() / Double(expected.count).squareRoot() / largest
    let isClose = error <= rms && !(comparesElements && mismatch != nil)
    if isClose && !hasStrangers { return [] }
    var lines = ["FAILED: \(name)", "RMS Error: \(error)", "Max diff: \(difference)"]
    if let mismatch {
      lines.append("Mismatch at \(mismatch): \(expected[mismatch]) != \(found[mismatch])")
    }
    if hasStrangers { lines.append("NaN or infinity is not where it is expected.") }
    if isEnabled("MIGRAPHX_VERIFY_DUMP_DIFF") {
      for (name, values) in [("ref", expected), ("target", found)] {
        lines.append("\(name): \(values.map { "\($0)" }.joined(separator: ", "))")
      }
    }
    return lines
  }
}

extension Module {
  /// Whether some value in the module has a floating-point type of 16 bits.
  fileprivate var uses16BitTypes: Bool {
    order.contains { id in
      self[id].types.contains { type in
        [.half, .bfloat16].contains(type.shape?.elementType)
      } || self[id].modules.contains(where: \.uses16BitTypes)
    }
  }
}
