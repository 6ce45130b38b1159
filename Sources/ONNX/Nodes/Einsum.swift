import IR
import Operators
import Support
import Tensors

extension ONNXOperators {
  /// Sums of products over named axes.
  static let einsumConverters: [String: Converter] = [
    "Einsum": { (node) throws(MIGraphXError) in
      guard let text = try node.string("equation") else {
        throw MIGraphXError(.invalidFile, "attribute 'equation' is needed")
      }
      var ranks: [Int] = []
      for input in try node.inputs() { ranks.append(try node.shape(input).rank) }
      return [try Einsum(node, EinsumEquation(text, ranks: ranks)).result()]
    }
  ]
}

/// The names of the axes of an einsum's operands and result.
///
/// Letters stand for themselves; the axes of an ellipsis are numbered from the last one back.
struct EinsumEquation {
  enum Label: Hashable {
    case letter(UInt8)
    case ellipsis(Int)
  }

  /// One label for each axis of each operand.
  private(set) var operands: [[Label]] = []
  /// One label for each axis of the result, no two alike.
  private(set) var result: [Label] = []

  /// - Throws: `invalidFile` for an equation that is damaged or doesn't fit operands of these ranks.
  init(_ text: String, ranks: [Int]) throws(MIGraphXError) {
    let halves = text.filter { $0 != " " }.split(
      separator: "->", maxSplits: 2, omittingEmptySubsequences: false)
    let terms = halves[0].split(separator: ",", omittingEmptySubsequences: false)
    guard halves.count <= 2, terms.count == ranks.count else {
      throw MIGraphXError(
        .invalidFile, "equation '\(text)' must have \(ranks.count) terms and one '->' at most")
    }
    var ellipsisRank = 0
    for (term, rank) in zip(terms, ranks) {
      let (before, after, hasEllipsis) = try EinsumEquation.letters(term, text)
      let rest = rank - before.count - after.count
      guard rest == 0 || rest > 0 && hasEllipsis else {
        throw MIGraphXError(
          .invalidFile,
          "term '\(term)' of equation '\(text)' doesn't fit the \(rank) axes of its operand")
      }
      ellipsisRank = max(ellipsisRank, rest)
      operands.append(before + EinsumEquation.ellipsis(rest) + after)
    }
    guard halves.count == 2 else {
      // Letters that occur once, in their order.
      let counts = operands.joined().reduce(into: [:]) { $0[$1, default: 0] += 1 }
      let letters = (0...UInt8.max).map { Label.letter($0) }
      result = EinsumEquation.ellipsis(ellipsisRank) + letters.filter { counts[$0] == 1 }
      return
    }
    let (before, after, hasEllipsis) = try EinsumEquation.letters(halves[1], text)
    result = before + (hasEllipsis ? EinsumEquation.ellipsis(ellipsisRank) : []) + after
    let known = Set(operands.joined())
    guard result.allSatisfy(known.contains), Set(result).count == result.count,
      hasEllipsis || ellipsisRank == 0
    else {
      throw MIGraphXError(
        .invalidFile,
        "the result of equation '\(text)' must name axes of the operands, each once, and an ellipsis "
          + "if they have one")
    }
  }

  private static func ellipsis(_ count: Int) -> [Label] {
    (0..<count).reversed().map { .ellipsis($0) }
  }

  /// The labels before and after the ellipsis of a term, if it has one.
  private static func letters(
    _ term: Substring, _ text: String
  ) throws(MIGraphXError) -> (before: [Label], after: [Label], hasEllipsis: Bool) {
    let parts = term.split(separator: "...", maxSplits: 2, omittingEmptySubsequences: false)
    let isLetter = { (byte: UInt8) in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
    guard parts.count <= 2, parts.allSatisfy({ $0.utf8.allSatisfy(isLetter) }) else {
      throw MIGraphXError(
        .invalidFile,
        "term '\(term)' of equation '\(text)' must consist of letters and one '...' at most")
    }
    let labels = parts.map { part in part.utf8.map { Label.letter($0) } }
    return (labels[0], labels.count == 2 ? labels[1] : [], labels.count == 2)
  }
}

/// Makes an einsum of products of two operands at a time.
private struct Einsum {
  /// A value and the names of its axes.
  struct Operand {
    var value: Value
    var labels: [EinsumEquation.Label]
  }

  typealias Label = EinsumEquation.Label

  private let node: NodeImporter
  private let equation: EinsumEquation
  private var operands: [Operand] = []

  init(_ node: NodeImporter, _ equation: EinsumEquation) throws(MIGraphXError) {
    self.node = node
    self.equation = equation
    for (index, labels) in equation.operands.enumerated() {
      operands.append(
        try withoutRepetitions(Operand(value: node.input(index), labels: labels)))
    }
    try matchSizes()
  }

  /// Labels that an operand has twice become one, along the diagonal.
  private func withoutRepetitions(_ operand: Operand) throws(MIGraphXError) -> Operand {
    var operand = operand
    var axis = 0
    while axis < operand.labels.count {
      if let first = operand.labels[..<axis].firstIndex(of: operand.labels[axis]) {
        operand.value = try node.add(Diagonal(axes: [first, axis]), operand.value)
        operand.labels.remove(at: axis)
      } else {
        axis += 1
      }
    }
    return operand
  }

  /// Drops axes of size 1 that repeat along an axis of another operand; all others of one name must be alike.
  private mutating func matchSizes() throws(MIGraphXError) {
    var sizes: [Label: Dimension] = [:]
    for operand in operands {
      for (label, size) in zip(operand.labels, try node.shape(operand.value).dimensions)
      where size != 1 {
        if let known = sizes[label] {
          try node.require(known, equals: size, "sizes of one name in the equation")
        } else {
          sizes[label] = size
        }
      }
    }
    for index in operands.indices {
      let dimensions = try node.shape(operands[index].value).dimensions
      let repeated = dimensions.indices.filter { axis in
        dimensions[axis] == 1 && sizes[operands[index].labels[axis]] != nil
      }
      if repeated.isEmpty { continue }
      operands[index].value = try node.add(Squeeze(axes: repeated), operands[index].value)
      operands[index].labels = operands[index].labels.indices.filter { !repeated.contains($0) }
        .map { operands[index].labels[$0] }
    }
  }

  func result() throws(MIGraphXError) -> Value {
    var product = operands[0]
    for (index, next) in operands.enumerated().dropFirst() {
      let needed = Set(equation.result + operands[(index + 1)...].flatMap(\.labels))
      product = try multiplied(
        summed(product, keeping: needed.union(next.labels)),
        summed(next, keeping: needed.union(product.labels)), keeping: needed)
    }
    product = try summed(product, keeping: Set(equation.result))
    return try ordered(product, equation.result)
  }

  /// Sums over the axes whose labels are not wanted.
  private func summed(
    _ operand: Operand, keeping needed: Set<Label>
  ) throws(MIGraphXError) -> Operand {
    let axes = operand.labels.indices.filter { !needed.contains(operand.labels[$0]) }
    if axes.isEmpty { return operand }
    let sum = try node.add(
      Squeeze(axes: axes), node.add(ReduceSum(axes: axes), operand.value))
    return Operand(value: sum, labels: operand.labels.filter { needed.contains($0) })
  }

  /// The operand's value with its axes in the order of `labels`.
  private func ordered(_ operand: Operand, _ labels: [Label]) throws(MIGraphXError) -> Value {
    if operand.labels == labels { return operand.value }
    let order = labels.compactMap { operand.labels.firstIndex(of: $0) }
    return try node.add(Transpose(permutation: order), operand.value)
  }

  /// The product of two operands, summed over the labels of both that are not needed any more.
  private func multiplied(
    _ a: Operand, _ b: Operand, keeping needed: Set<Label>
  ) throws(MIGraphXError) -> Operand {
    let common = a.labels.filter { b.labels.contains($0) }
    let batch = common.filter { needed.contains($0) }
    let inner = common.filter { !needed.contains($0) }
    let left = a.labels.filter { !common.contains($0) }
    let right = b.labels.filter { !common.contains($0) }
    let x = try ordered(a, batch + left + inner)
    let y = try ordered(b, batch + inner + right)
    let xSizes = try node.shape(x).dimensions
    let ySizes = try node.shape(y).dimensions
    let outer = Array(xSizes[..<batch.count])
    let rows = Array(xSizes[batch.count..<batch.count + left.count])
    let columns = Array(ySizes[(batch.count + inner.count)...])
    let sums = xSizes[(batch.count + left.count)...].reduce(1, *)
    func reshaped(_ value: Value, _ sizes: [Dimension]) throws(MIGraphXError) -> Value {
      if try node.shape(value).dimensions == sizes { return value }
      return try node.add(Reshape(dims: sizes, allowZero: true), value)
    }
    let product = try node.add(
      Dot(), reshaped(x, outer + [rows.reduce(1, *), sums]),
      reshaped(y, outer + [sums, columns.reduce(1, *)]))
    return Operand(
      value: try reshaped(product, outer + rows + columns), labels: batch + left + right)
  }
}
