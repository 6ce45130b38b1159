import Glibc
import IR
import Support
import Tensors

/// The text of each number: integers in full, floating-point numbers with at most 8 digits, as C's `%.8g`.
///
/// Infinities and NaN are `INF`, `-INF` and `NaN`, true and false `1` and `0`.
public struct NumberToText: TensorOperator {
  public static let name = "number_to_text"

  public init() {}

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 1)
    try check(inputs[0], 0, is: .any)
    return [Shape(.string, inputs[0].dimensions)]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    _ = try concreteShapes(inputs)
    let x = inputs[0]
    let texts: [String] =
      if x.elementType.isFloatingPoint {
        x.converted(to: Double.self).map(NumberToText.text)
      } else if x.elementType == .uint64 {
        x.elements(as: UInt64.self).map(String.init)
      } else {
        x.converted(to: Int64.self).map(String.init)
      }
    return [try Argument(strings: texts, lens: x.lens)]
  }

  static func text(_ number: Double) -> String {
    if number.isNaN { return "NaN" }
    if number.isInfinite { return number < 0 ? "-INF" : "INF" }
    var buffer = [CChar](repeating: 0, count: 32)
    let length = unsafe withVaList([number]) { unsafe vsnprintf(&buffer, buffer.count, "%.8g", $0) }
    return String(decoding: buffer.prefix(Int(length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

/// The number that each text begins with, after spaces, as C's `strtod`, `strtoll` and `strtoull` read it.
///
/// For integers a fraction or exponent is not read, and the low bits are kept. Everything but zero becomes true.
public struct TextToNumber: TensorOperator {
  public static let name = "text_to_number"
  /// The element type of the result.
  public var targetType = ElementType.float

  private enum CodingKeys: String, CodingKey {
    case targetType = "target_type"
  }

  public init() {}

  /// Makes the operator.
  public init(targetType: ElementType) { self.targetType = targetType }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 1)
    guard inputs[0].elementType == .string, targetType != .string else {
      throw MIGraphXError(
        .invalidShape,
        "input 0 must have string_type, and the result a number type; found "
          + "\(inputs[0].elementType.rawValue) and \(targetType.rawValue)")
    }
    return [Shape(targetType, inputs[0].dimensions)]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    _ = try concreteShapes(inputs)
    let (texts, lens) = (inputs[0].stringElements, inputs[0].lens)
    if targetType.isFloatingPoint {
      let isDouble = targetType == .double
      let numbers = try unsafe parsed(texts) { text, end in
        unsafe isDouble ? strtod(text, end) : Double(strtof(text, end))
      }
      return [try Argument(numbers, lens: lens).converted(toElementType: targetType)]
    }
    if targetType.isSigned || targetType == .bool {
      let numbers = try unsafe parsed(texts) { text, end in unsafe Int64(strtoll(text, end, 10)) }
      return [try Argument(numbers, lens: lens).converted(toElementType: targetType)]
    }
    let numbers = try unsafe parsed(texts) { text, end in unsafe UInt64(strtoull(text, end, 10)) }
    return [try Argument(numbers, lens: lens).converted(toElementType: targetType)]
  }

  private func parsed<Number>(
    _ texts: [String],
    _ parse: (UnsafePointer<CChar>, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Number
  ) throws(MIGraphXError) -> [Number] {
    var numbers: [Number] = []
    for text in texts {
      errno = 0
      var isRead = false
      let number = unsafe text.withCString { start in
        var end: UnsafeMutablePointer<CChar>?
        let number = unsafe parse(start, &end)
        isRead = unsafe end.map { unsafe UnsafePointer($0) != start } ?? false
        return number
      }
      guard isRead, errno != ERANGE else {
        throw MIGraphXError(
          .invalidArgument, "\(quoted(text)) is no number of type \(targetType.rawValue)")
      }
      numbers.append(number)
    }
    return numbers
  }
}
