import IR
import Operators
import Rewriting
import Support
import Tensors

extension Rewriter {
  /// Whether `value` is a literal, or a broadcast of one, whose elements all are `number`, to the sign of 0.
  func isFilled(_ value: Value, with number: Double) -> Bool {
    var value = value
    while true {
      if let node = self[value, as: Multibroadcast.self] {
        value = node.inputs[0]
      } else if let node = self[value, as: Broadcast.self] {
        value = node.inputs[0]
      } else {
        break
      }
    }
    guard let argument = literal(value)?.argument, argument.elementCount > 0,
      argument.elementType != .string
    else { return false }
    func isNumber(_ element: Double) -> Bool {
      element == number && element.sign == number.sign
    }
    // The first element tells most literals from the number without reading the rest.
    let rank = argument.rank
    guard
      let first = try? argument.view(
        lens: [Int](repeating: 1, count: rank), strides: [Int](repeating: 1, count: rank)),
      first.converted(to: Double.self).allSatisfy(isNumber)
    else { return false }
    return argument.converted(to: Double.self).allSatisfy(isNumber)
  }

  /// `value` with other sizes: itself if it has them.
  mutating func reshape(
    _ value: Value, to dimensions: [Dimension]
  ) throws(MIGraphXError) -> Value {
    if shape(of: value)?.dimensions == dimensions { return value }
    return try insert(Reshape(sizes: dimensions), value)
  }
}
