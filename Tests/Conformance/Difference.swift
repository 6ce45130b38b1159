import Tensors

/// How far a number may be from the one expected.
struct Tolerance {
  /// A part of the number expected. ONNX's own runner of these tests allows as much.
  var relative = 1e-3
  var absolute = 1e-7
  /// A part of the largest finite number expected of the tensor.
  var ofLargest = 0.0

  /// A narrow type is allowed units in its last place.
  func relative(for type: ElementType) -> Double {
    switch type {
    // Two of 8 bits, as in ONNX's own runner.
    case .bfloat16: max(relative, 0x1p-6)
    case .half where ofLargest > 0: max(relative, 0x1p-9)
    default: relative
    }
  }

  /// The difference allowed for any number of a tensor. What is expected to be zero carries the
  /// rounding of the largest numbers beside it.
  func absolute(for wanted: [Double], _ type: ElementType) -> Double {
    let largest = wanted.reduce(0) { $1.isFinite ? max($0, abs($1)) : $0 }
    let isNarrow = ofLargest > 0 && (type == .half || type == .bfloat16)
    return absolute * max(1, largest) + (isNarrow ? relative(for: type) : ofLargest) * largest
  }
}

/// What distinguishes a result from the one expected; nil if nothing does.
func difference(
  _ found: RuntimeValue, _ wanted: RuntimeValue, _ tolerance: Tolerance
) -> String? {
  switch (found, wanted) {
  case (.tensor(let found), .tensor(let wanted)): return difference(found, wanted, tolerance)
  case (.sequence(let found, _), .sequence(let wanted, _)):
    guard found.count == wanted.count else {
      return "\(found.count) elements; \(wanted.count) are expected"
    }
    for (index, pair) in zip(found, wanted).enumerated() {
      if let difference = difference(pair.0, pair.1, tolerance) {
        return "element \(index): \(difference)"
      }
    }
    return nil
  case (.optional(nil, _), .optional(nil, _)): return nil
  case (.optional(let found?, _), .optional(let wanted?, _)):
    return difference(found, wanted, tolerance)
  default: return "a value of another kind"
  }
}

private func difference(_ found: Argument, _ wanted: Argument, _ tolerance: Tolerance) -> String? {
  guard found.elementType == wanted.elementType, found.lens == wanted.lens else {
    return "(\(found.shape)); (\(wanted.shape)) is expected"
  }
  if found.elementType == .string {
    let (a, b) = (found.stringElements, wanted.stringElements)
    guard let index = a.indices.first(where: { a[$0] != b[$0] }) else { return nil }
    return "'\(a[index])' at \(index); '\(b[index])' is expected"
  }
  guard found.elementType.isFloatingPoint else {
    let (a, b) = (found.converted(to: Int64.self), wanted.converted(to: Int64.self))
    guard let index = a.indices.first(where: { a[$0] != b[$0] }) else { return nil }
    return "\(a[index]) at \(index); \(b[index]) is expected"
  }
  let (a, b) = (found.converted(to: Double.self), wanted.converted(to: Double.self))
  let relative = tolerance.relative(for: wanted.elementType)
  let absolute = tolerance.absolute(for: b, wanted.elementType)
  let index = a.indices.first { index in
    let (x, y) = (a[index], b[index])
    if x.isNaN || y.isNaN { return x.isNaN != y.isNaN }
    return x != y && !(abs(x - y) <= absolute + relative * abs(y))
  }
  guard let index else { return nil }
  return "\(a[index]) at \(index); \(b[index]) is expected"
}
