import Foundation
import IR
import ONNXProto
import SwiftProtobuf
import Tensors

/// Makes models of one node of which something is wrong, from cases that are right; a seed always gives the same.
struct NodeMutationFuzzMutator {
  let cases: [NodeCase]

  struct Mutation {
    let bytes: [UInt8]
    let inputs: [RuntimeValue]
    /// The operator, opset, attributes and tensors.
    let description: String
  }

  func mutation(seed: Int) throws -> Mutation {
    var random = Generator(state: UInt64(truncatingIfNeeded: seed) &* 0x9e37_79b9_7f4a_7c15)
    for _ in 0..<4 { _ = random.next() }
    var test = cases[seed % cases.count]
    var node = try test.node()
    var opset = try test.opset()
    for _ in 0..<[1, 1, 1, 2, 2, 3].any(&random) {
      switch Int.random(in: 0..<20, using: &random) {
      case 0..<8 where !node.attribute.isEmpty:
        let index = Int.random(in: node.attribute.indices, using: &random)
        if Int.random(in: 0..<10, using: &random) == 0 {
          node.attribute.remove(at: index)
        } else {
          change(&node.attribute[index], &random)
        }
      case 0..<2:
        var other = Onnx_AttributeProto()
        let source = try cases.any(&random).node().attribute.randomElement(using: &random)
        other = source ?? other
        change(&other, &random)
        node.attribute.append(other)
      case 19:
        opset = [1, 5, 7, 9, 10, 11, 12, 13, 14, 16, 17, 18, 19, 20, 21, 22, 23].any(&random)
      default: change(&test.tensors, &random)
      }
    }
    let (model, inputs) = try test.model(of: node, opset: opset)
    let attributes = node.attribute.map {
      let text = $0.textFormatString().replacing("\n", with: " ")
      return text.count > 200 ? "\(text.prefix(200))..." : text
    }
    let tensors = test.tensors.map { tensor in
      tensor.map {
        "\($0.kind) \($0.type.rawValue)\($0.lens)\($0.statedSizes.map { " as \($0)" } ?? "")"
          + "\($0.expandedSizes.map { " to \($0)" } ?? "") "
          + "\($0.texts.isEmpty ? "\($0.values.prefix(12))" : "\($0.texts)")"
      } ?? "none"
    }
    return Mutation(
      bytes: try encoded(model), inputs: inputs,
      description: "\(test.name) \(opset) \(attributes); \(tensors.joined(separator: "; "))")
  }

  // MARK: Attributes

  private func change(_ attribute: inout Onnx_AttributeProto, _ random: inout Generator) {
    if Int.random(in: 0..<12, using: &random) == 0 {
      setOtherKind(&attribute, &random)
      return
    }
    switch attribute.type {
    case .int: attribute.i = Self.integers.any(&random)
    case .float: attribute.f = Self.floats.any(&random)
    case .string: attribute.s = Data(Self.texts.any(&random).utf8)
    case .ints: change(&attribute.ints, Self.integers, &random)
    case .floats: change(&attribute.floats, Self.floats, &random)
    case .strings: change(&attribute.strings, Self.texts.map { Data($0.utf8) }, &random)
    case .tensor where !attribute.t.dims.isEmpty:
      change(&attribute.t.dims, Self.integers, &random)
    default: setOtherKind(&attribute, &random)
    }
  }

  private func setOtherKind(_ attribute: inout Onnx_AttributeProto, _ random: inout Generator) {
    attribute.type = [.int, .float, .string, .ints, .floats, .strings, .tensor].any(&random)
    attribute.i = Self.integers.any(&random)
    attribute.f = Self.floats.any(&random)
    attribute.s = Data(Self.texts.any(&random).utf8)
    attribute.ints = [Self.integers.any(&random)]
    attribute.floats = [Self.floats.any(&random)]
    attribute.strings = [attribute.s]
    attribute.t = tensor("", type: 1, dims: [0])
  }

  private func change<Element>(
    _ list: inout [Element], _ values: [Element], _ random: inout Generator
  ) {
    switch Int.random(in: 0..<10, using: &random) {
    case 0: list = []
    case 1: if !list.isEmpty { list.removeLast() }
    case 2: list.append(list.first ?? values.any(&random))
    case 3: list.append(values.any(&random))
    case 4: list = list.map { _ in values.any(&random) }
    case 5: list.reverse()
    default:
      guard !list.isEmpty else { break }
      list[Int.random(in: list.indices, using: &random)] = values.any(&random)
    }
  }

  // MARK: Tensors

  private func change(_ tensors: inout [NodeCase.Tensor?], _ random: inout Generator) {
    let inputs = tensors.indices.filter { tensors[$0]?.kind != "out" }
    guard let index = inputs.randomElement(using: &random) else { return }
    guard var tensor = tensors[index] else {
      tensors[index] = tensors[inputs.any(&random)]
      return
    }
    switch Int.random(in: 0..<26, using: &random) {
    case 0: return tensors[index] = nil
    case 1: return tensors.insert(tensor, at: index)
    case 2: return tensors.swapAt(index, inputs.any(&random))
    case 3:
      tensors.remove(at: index)
      return
    case 4..<7: tensor.kind = tensor.kind == "in" ? "const" : "in"
    case 7..<11: tensor.type = Self.types.any(&random)
    case 11..<15: changeSizes(&tensor.lens, &random)
    case 15:
      tensor.kind = "in"
      tensor.statedSizes = tensor.lens.map { .size($0) }
      guard !tensor.lens.isEmpty else { break }
      tensor.statedSizes?[Int.random(in: tensor.lens.indices, using: &random)] =
        .size(Self.sizes.any(&random))
    case 16, 17:
      tensor.kind = "in"
      tensor.statedSizes = tensor.lens.map {
        Bool.random(using: &random) ? .size($0) : .named(["n", "m", ""].any(&random))
      }
    case 18, 19:
      var sizes = tensor.lens
      if Bool.random(using: &random) || sizes.isEmpty { sizes.insert(1, at: 0) }
      for axis in sizes.indices where sizes[axis] == 1 { sizes[axis] = Self.repeats.any(&random) }
      tensor.expandedSizes = sizes
    default:
      let count = elementCount(tensor.lens)
      if tensor.values.isEmpty { tensor.values = Array(repeating: 0, count: count) }
      guard count > 0 else { break }
      if !tensor.texts.isEmpty {
        tensor.texts[Int.random(in: tensor.texts.indices, using: &random)] = Self.texts.any(&random)
      }
      if Int.random(in: 0..<4, using: &random) == 0 {
        let value = Self.numbers.any(&random)
        tensor.values = tensor.values.map { _ in value }
      } else {
        let place = Int.random(in: tensor.values.indices, using: &random)
        tensor.values[place] = Self.numbers.any(&random)
      }
    }
    let count = elementCount(tensor.lens)
    if !tensor.values.isEmpty, tensor.values.count != count {
      let old = tensor.values
      tensor.values = (0..<count).map { old[$0 % old.count] }
    }
    if !tensor.texts.isEmpty, tensor.texts.count != count {
      let old = tensor.texts
      tensor.texts = (0..<count).map { old[$0 % old.count] }
    }
    tensors[index] = tensor
  }

  private func changeSizes(_ lens: inout [Int], _ random: inout Generator) {
    let old = lens
    switch Int.random(in: 0..<9, using: &random) {
    case 8:
      // Without elements, yet with sizes whose products may be too large.
      lens = lens.map { _ in 1 } + [0]
      lens[Int.random(in: lens.indices, using: &random)] = [1 << 31, 1 << 40].any(&random)
      if !lens.contains(0) { lens[0] = 0 }
    case 0: lens = []
    case 1: if !lens.isEmpty { lens.removeLast() }
    case 2: if !lens.isEmpty { lens.removeFirst() }
    case 3: lens.append([0, 1, 2].any(&random))
    case 4: lens.insert([0, 1, 2].any(&random), at: 0)
    default:
      guard !lens.isEmpty else { break }
      let axis = Int.random(in: lens.indices, using: &random)
      lens[axis] = [0, 1, 2, 3, 5, lens[axis] + 1, max(0, lens[axis] - 1)].any(&random)
    }
    if elementCount(lens) > 1 << 14 { lens = old }
  }

  private func elementCount(_ lens: [Int]) -> Int {
    lens.contains(0) ? 0 : lens.reduce(1, *)
  }

  // MARK: Values that programs tend to get wrong

  private static let integers: [Int64] = [
    .min, .min + 1, -1 << 62, -1 << 32, -1 << 31, -5, -2, -1, 0, 1, 2, 3, 4, 7, 64, 1000, 65_536,
    1_000_000_000, 1 << 31 - 1, 1 << 31, 1 << 32, 1 << 40, 1 << 61, 1 << 62, .max - 1, .max,
  ]
  private static let floats: [Float] = [
    0, -0.0, 1, -1, 0.5, 6, 1e-38, 1e38, -1e38, 3e9, 1e19, -1e19, .infinity, -.infinity, .nan,
    .leastNonzeroMagnitude,
  ]
  private static let numbers: [Double] =
    floats.map { Double($0) } + [
      2, 3, 4, 5, 8, 100, 255, 1000, 65_536, 3e6, 4e7, 2e8, -2, -3, -128, 1e9, -1e9, 0x1p31, 0x1p32,
      0x1p40, 0x1p61, 0x1p62,
      0x1p63, -0x1p63, -0x1p62, -0x1p31,
    ]
  private static let sizes = [0, 1, 3, 1 << 31, 1 << 32, 1 << 40, 1 << 61, 1 << 62, .max, -1, .min]
  private static let repeats = [1, 2, 1000, 1 << 17, 1 << 22, 1 << 31, 1 << 40, 1 << 62]
  private static let texts = [
    "", "VALID", "SAME_UPPER", "SAME_LOWER", "NOTSET", "linear", "nearest", "cubic", "constant",
    "reflect", "none", "sum", "max", "no such", "bhwc", "...", "i,j->", "ij,jk->ik", "i...j", "\n",
  ]
  private static let types: [ElementType] = [
    .bool, .half, .bfloat16, .float, .double, .int8, .int16, .int32, .int64, .uint8, .uint16,
    .uint32, .uint64, .float8e4m3fn, .float8e5m2, .float8e8m0, .float4e2m1, .int4, .uint4, .int2,
    .string, .string,
  ]
}

extension Array {
  /// One of the elements, of which there is at least one.
  fileprivate func any(_ random: inout Generator) -> Element {
    self[Int.random(in: indices, using: &random)]
  }
}
