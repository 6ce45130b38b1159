import Tensors

/// How far a number may be from the one expected. ONNX's own runner of these tests allows as much.
private let (relativeTolerance, absoluteTolerance) = (1e-3, 1e-7)

/// Two units in the last of bfloat16's 8 bits, as in ONNX's own runner.
private let bfloat16Tolerance = 0x1p-6

/// What distinguishes a result from the one expected; nil if nothing does.
func difference(_ found: RuntimeValue, _ wanted: RuntimeValue) -> String? {
  switch (found, wanted) {
  case (.tensor(let found), .tensor(let wanted)): return difference(found, wanted)
  case (.sequence(let found, _), .sequence(let wanted, _)):
    guard found.count == wanted.count else {
      return "\(found.count) elements; \(wanted.count) are expected"
    }
    for (index, pair) in zip(found, wanted).enumerated() {
      if let difference = difference(pair.0, pair.1) { return "element \(index): \(difference)" }
    }
    return nil
  case (.optional(nil, _), .optional(nil, _)): return nil
  case (.optional(let found?, _), .optional(let wanted?, _)): return difference(found, wanted)
  default: return "a value of another kind"
  }
}

private func difference(_ found: Argument, _ wanted: Argument) -> String? {
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
  let relative = found.elementType == .bfloat16 ? bfloat16Tolerance : relativeTolerance
  let (a, b) = (found.converted(to: Double.self), wanted.converted(to: Double.self))
  // What is expected to be zero carries the rounding of the largest numbers beside it.
  let largest = b.reduce(1) { $1.isFinite ? max($0, abs($1)) : $0 }
  let index = a.indices.first { index in
    let (x, y) = (a[index], b[index])
    if x.isNaN || y.isNaN { return x.isNaN != y.isNaN }
    return x != y && !(abs(x - y) <= absoluteTolerance * largest + relative * abs(y))
  }
  guard let index else { return nil }
  return "\(a[index]) at \(index); \(b[index]) is expected"
}
