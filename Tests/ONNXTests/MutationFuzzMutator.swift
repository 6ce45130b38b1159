import ONNX

/// Makes damaged models of a good one; a seed always gives the same.
struct MutationFuzzMutator {
  private let original: [UInt8]
  private let fields: [WireField]
  private let places: [(kind: WireField.Kind, path: [Int])]
  private let placesByKind: [(kind: WireField.Kind, paths: [[Int]])]

  private static let rawData = WireField.Kind(message: "tensor", number: 9)

  init(_ original: [UInt8]) {
    self.original = original
    fields = WireField.parse(original[...], as: "model")
    places = WireField.places(in: fields, of: "model").filter { $0.kind != Self.rawData }
    placesByKind = Dictionary(grouping: places, by: \.kind)
      .map { (kind: $0.key, paths: $0.value.map(\.path)) }
      .sorted { ($0.kind.message, $0.kind.number) < ($1.kind.message, $1.kind.number) }
  }

  /// The model with no change, written anew from its parts.
  var rewritten: [UInt8] { encoded(fields) }

  /// A damaged copy: even seeds change the structure outside of raw data, odd ones bytes anywhere.
  func mutation(seed: Int) -> [UInt8] {
    var random = Generator(state: UInt64(truncatingIfNeeded: seed) &* 0x9e37_79b9_7f4a_7c15)
    for _ in 0..<4 { _ = random.next() }
    if !seed.isMultiple(of: 2) { return bytesChanged(&random) }
    var changed = fields
    for _ in 0..<[1, 1, 1, 2, 3, 6].any(&random) { change(&changed, &random) }
    var result = encoded(changed)
    if Int.random(in: 0..<40, using: &random) == 0 {
      result.removeLast(Int.random(in: 0...result.count, using: &random))
    }
    return result
  }

  private func encoded(_ fields: [WireField]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(original.count + 4096)
    for field in fields { field.write(to: &result) }
    return result
  }

  // MARK: Bytes

  private func bytesChanged(_ random: inout Generator) -> [UInt8] {
    var bytes = original
    for _ in 0...Int.random(in: 0..<8, using: &random) where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &random)
      let length = min(Int.random(in: 1...64, using: &random), bytes.count - place)
      switch Int.random(in: 0..<20, using: &random) {
      case 0..<8: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 8..<14: bytes[place] = UInt8.random(in: 0...255, using: &random)
      case 14..<16:
        for index in place..<place + length { bytes[index] = .random(in: 0...255, using: &random) }
      case 16: bytes.removeSubrange(place..<place + length)
      case 17: bytes.insert(contentsOf: bytes[place..<place + length], at: place)
      case 18: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
      default:
        if Int.random(in: 0..<10, using: &random) == 0 { bytes.removeSubrange(place...) }
      }
    }
    return bytes
  }

  // MARK: Fields

  /// A field, either any, or any of a random kind, so that rare kinds have their turn.
  private func place(_ random: inout Generator) -> (kind: WireField.Kind, path: [Int]) {
    if Bool.random(using: &random) { return places.any(&random) }
    let group = placesByKind.any(&random)
    return (group.kind, group.paths.any(&random))
  }

  /// Another field of the same kind as in the undamaged model.
  private func other(_ kind: WireField.Kind, _ random: inout Generator) -> WireField? {
    placesByKind.first { $0.kind == kind }?.paths.randomElement(using: &random)
      .flatMap { fields.field(at: $0) }
  }

  private func change(_ fields: inout [WireField], _ random: inout Generator) {
    let (kind, path) = place(&random)
    var generator = random
    defer { random = generator }
    let other = other(kind, &generator)
    fields.edit(at: path) { siblings, index in
      switch Int.random(in: 0..<100, using: &generator) {
      case 0..<45: changeValue(&siblings[index], kind, &generator)
      case 45..<60: if let other { siblings[index] = other }
      case 60..<68: siblings.remove(at: index)
      case 68..<74: siblings.insert(siblings[index], at: index)
      case 74..<80:
        let second = Int.random(in: siblings.indices, using: &generator)
        siblings.swapAt(index, second)
      case 80..<85: if let other { siblings.insert(other, at: index) }
      case 85..<88: siblings[index].number = UInt64.random(in: 0...30, using: &generator)
      case 88..<91: siblings[index].wireType = UInt8.random(in: 0...7, using: &generator)
      case 91..<94:
        let length = siblings[index].contentSize
        siblings[index].statedLength =
          Bool.random(using: &generator)
          ? UInt64(max(0, length + Int.random(in: -3...3, using: &generator)))
          : UInt64(bitPattern: integer(length, &generator))
      default:
        if case .bytes(var bytes) = siblings[index].payload, !bytes.isEmpty {
          let place = Int.random(in: bytes.indices, using: &generator)
          bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
          siblings[index].payload = .bytes(bytes)
        } else {
          changeValue(&siblings[index], kind, &generator)
        }
      }
    }
  }

  private func changeValue(
    _ field: inout WireField, _ kind: WireField.Kind, _ random: inout Generator
  ) {
    switch field.payload {
    case .varint(let value):
      field.payload = .varint(
        UInt64(bitPattern: integer(Int(truncatingIfNeeded: value), &random)))
    case .message(var inner):
      // Several of its fields change places, or one more comes.
      if Bool.random(using: &random), let extra = self.other(place(&random).kind, &random) {
        inner.append(extra)
      } else {
        inner.shuffle(using: &random)
      }
      field.payload = .message(inner)
    case .bytes: field.payload = .bytes(newBytes(field, kind, &random)[...])
    }
  }

  private func newBytes(
    _ field: WireField, _ kind: WireField.Kind, _ random: inout Generator
  ) -> [UInt8] {
    switch (kind.message, kind.number, field.wireType) {
    case ("node", 4, _): return Array(Self.operators.any(&random).utf8)
    case ("node", 1...2, _):
      // Any edge of the graph: the output of one node becomes the input of another.
      let edges = WireField.Kind(message: "node", number: Bool.random(using: &random) ? 1 : 2)
      if case .bytes(let name)? = other(edges, &random)?.payload { return Array(name) }
      return []
    case ("attribute", 1, _): return Array(Self.attributes.any(&random).utf8)
    case ("attribute", 4, _): return Array(Self.texts.any(&random).utf8)
    case (_, _, 5):
      let float = Self.floats.any(&random).bitPattern
      return (0..<4).map { UInt8(truncatingIfNeeded: float >> (8 * $0)) }
    case ("attribute", 8, _), ("tensor", 1, _), ("tensor", 7, _):
      return (0..<Int.random(in: 0..<6, using: &random)).flatMap { _ in
        varint(UInt64(bitPattern: integer(1, &random)))
      }
    default:
      return (0..<Int.random(in: 0..<20, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
    }
  }

  private func integer(_ value: Int, _ random: inout Generator) -> Int64 {
    switch Int.random(in: 0..<4, using: &random) {
    case 0: Int64(value) &+ Int64.random(in: -2...2, using: &random)
    case 1: Int64.random(in: -4...16, using: &random)
    case 2: 1 << Int64.random(in: 0..<64, using: &random)
    default: Self.integers.any(&random)
    }
  }

  // MARK: Values that programs tend to get wrong

  private static let integers: [Int64] = [
    .min, .min + 1, -1 << 32, -1 << 31, -1, 0, 1, 2, 63, 64, 65, 100, 127, 128, 255, 1000, 4096,
    65_536,
    1 << 20, 1 << 31 - 1, 1 << 31, 1 << 32, 1 << 40, 1 << 47, 1 << 61, 1 << 62, .max - 1, .max,
  ]
  private static let floats: [Float] = [
    0, -0.0, 1, -1, 0.5, 6, 1e-38, 1e38, 3e9, 1e19, .infinity, -.infinity, .nan,
    .leastNonzeroMagnitude,
  ]
  private static let texts = [
    "", "VALID", "SAME_UPPER", "SAME_LOWER", "NOTSET", "linear", "nearest", "cubic", "asymmetric",
    "half_pixel", "align_corners", "constant", "reflect", "edge", "floor", "\u{0}", "\n",
  ]
  private static let attributes = [
    "", "axis", "axes", "perm", "pads", "strides", "dilations", "group", "kernel_shape", "auto_pad",
    "keepdims", "to", "value", "epsilon", "alpha", "beta", "starts", "ends", "ceil_mode",
    "training_mode",
    "count_include_pad", "allowzero", "split", "then_branch", "else_branch", "p", "mode",
    "hidden_size",
  ]
  private static let operators =
    ONNXOperators.names + [
      "", "Loop", "Scan", "NonZero", "NoSuchOperator",
    ]
}

extension Array {
  /// One of the elements, of which there is at least one.
  fileprivate func any(_ random: inout Generator) -> Element {
    self[Int.random(in: indices, using: &random)]
  }
}
