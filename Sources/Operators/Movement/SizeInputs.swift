import IR
import Support
import Tensors

/// Checks that input `index` holds indices: int32 or int64.
func checkIndices(_ shape: Shape, _ index: Int) throws(MIGraphXError) {
  guard shape.elementType == .int64 || shape.elementType == .int32 else {
    throw MIGraphXError(
      .invalidShape,
      "input \(index) must have int64_type or int32_type, found \(shape.elementType.rawValue)")
  }
}

/// The length of input `index`, a vector with one number for each of some axes.
///
/// - Throws: `invalidShape` when it is no vector of indices, `unsupported` when its length is symbolic.
func vectorLength(
  _ shape: Shape, _ index: Int, atMost most: Int = Shape.maximumRank
) throws(MIGraphXError) -> Int {
  try checkIndices(shape, index)
  try check(shape, index, rank: 1...1)
  guard let length = shape.dimensions[0].constant else {
    throw MIGraphXError(
      .unsupported,
      "input \(index) must have a length that is a number, as it decides a rank; found (\(shape))")
  }
  guard length <= most else {
    throw MIGraphXError(
      .limitExceeded,
      "input \(index) has \(length) elements; a tensor has at most \(Shape.maximumRank) axes")
  }
  return length
}

extension InferenceContext {
  /// The contents of operand `index`, if there are `count` of them.
  func elements(_ index: Int, count: Int) -> [Dimension]? {
    guard operandContents.indices.contains(index), let elements = operandContents[index]?.elements,
      elements.count == count
    else { return nil }
    return elements
  }

  /// The contents of operand `index` as numbers; nil if they are not known or there is no such operand.
  func constantElements(_ index: Int) -> [Int]? {
    operandContents.indices.contains(index) ? constants(index) : nil
  }

  /// A context for shape arithmetic on numbers while a program runs.
  static func running(_ origin: String) -> InferenceContext {
    InferenceContext(operandContents: [], origin: origin, symbolPrefix: "")
  }
}

extension Argument {
  /// The elements of a tensor of indices or sizes.
  var integers: [Int] { converted(to: Int64.self).map { Int($0) } }

  /// A view of the same elements in the same order; this argument is standard.
  ///
  /// - Throws: `invalidShape` when the number of elements differs.
  func reshaped(_ lens: [Int]) throws(MIGraphXError) -> Argument {
    let shape = Shape(elementType, lens: lens)
    try shape.validate()
    guard shape.elementCount == Dimension(elementCount) else {
      throw MIGraphXError(
        .invalidShape,
        "\(self.shape) has \(elementCount) elements, sizes \(lens) need \(shape.elementCount)")
    }
    return try view(lens: lens, strides: Tensors.constants(of: shape.strides) ?? [])
  }
}

/// Checks that a tensor of `shape`, which is fixed, is small enough to be allocated.
///
/// - Throws: `invalidShape` for a negative size, `limitExceeded` when it is too large.
func checkMemory(_ shape: Shape) throws(MIGraphXError) {
  try shape.validate()
  let type = shape.elementType
  let width = type == .string ? MemoryLayout<String>.size : type.byteCount(of: 1)
  guard let count = shape.elementCount.constant, count <= Storage.maximumByteCount / width else {
    throw MIGraphXError(.limitExceeded, "(\(shape)) is larger than this machine's memory")
  }
}

/// The numbers that `dimensions` are while a program runs.
func numbers(_ dimensions: [Dimension]) throws(MIGraphXError) -> [Int] {
  guard let numbers = constants(of: dimensions) else {
    throw MIGraphXError(.invalidShape, "the sizes \(dimensions) have no values here")
  }
  return numbers
}

/// The position that `index` names among `size`; negative ones count from the end.
///
/// - Throws: `invalidArgument` when there is no such position.
@inline(__always)
package func position(_ index: Int, among size: Int, axis: Int) throws(MIGraphXError) -> Int {
  guard index >= -size, index < size else {
    throw MIGraphXError(
      .invalidArgument,
      "index \(index) lies outside of axis \(axis), whose indices are \(-size) to \(size - 1)")
  }
  return index < 0 ? index + size : index
}
