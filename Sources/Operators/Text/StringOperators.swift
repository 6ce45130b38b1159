import IR
import Support
import Tensors

/// Joins the texts of two tensors of equal sizes, element by element.
public struct StringConcat: TensorOperator {
  public static let name = "string_concat"
  public init() {}

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 2)
    for (index, shape) in inputs.enumerated() { try checkText(shape, index) }
    return [Shape(.string, try commonDimensions(inputs, in: &context))]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    let shape = try concreteShapes(inputs)[0]
    let (a, b) = (inputs[0].stringElements, inputs[1].stringElements)
    return [try Argument(strings: zip(a, b).map { $0 + $1 }, lens: numbers(shape.dimensions))]
  }
}

/// Cuts each text at a delimiter.
///
/// `[A, B]` gives `[A, B, P]`, the parts, of which P is the largest number, filled up with empty texts; and `[A, B]`,
/// their numbers.
public struct StringSplit: TensorOperator {
  public static let name = "string_split"
  /// The text between parts; if it is empty, parts are what stands between runs of spaces.
  public var delimiter = ""
  /// The most cuts made in a text; as many as there can be if negative.
  public var maxsplit = -1

  public init() {}

  /// Makes the operator.
  public init(delimiter: String, maxsplit: Int) {
    self.delimiter = delimiter
    self.maxsplit = maxsplit
  }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 1)
    try checkText(inputs[0], 0)
    let sizes = inputs[0].dimensions
    return [Shape(.string, sizes + [context.freshSize()]), Shape(.int64, sizes)]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    let parts = inputs[0].stringElements.map {
      delimiter.isEmpty ? splitAtSpaces(Array($0.utf8)) : split($0)
    }
    let most = parts.reduce(0) { max($0, $1.count) }
    let shape = Shape(.string, lens: inputs[0].lens + [most])
    try checkMemory(shape)
    let padded = parts.flatMap { $0 + [String](repeating: "", count: most - $0.count) }
    return [
      try Argument(strings: padded, lens: inputs[0].lens + [most]),
      try Argument(parts.map { Int64($0.count) }, lens: inputs[0].lens),
    ]
  }

  private func split(_ text: String) -> [String] {
    if text.isEmpty { return [] }
    let (bytes, delimiter) = (Array(text.utf8), Array(delimiter.utf8))
    var parts: [String] = []
    var (start, index) = (0, 0)
    while index + delimiter.count <= bytes.count, maxsplit < 0 || parts.count < maxsplit {
      if bytes[index] == delimiter[0], bytes[index...].starts(with: delimiter) {
        parts.append(String(decoding: bytes[start..<index], as: UTF8.self))
        index += delimiter.count
        start = index
      } else {
        index += 1
      }
    }
    return parts + [String(decoding: bytes[start...], as: UTF8.self)]
  }

  private func splitAtSpaces(_ bytes: [UInt8]) -> [String] {
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
    var parts: [String] = []
    var index = 0
    while true {
      while index < bytes.count, isSpace(bytes[index]) { index += 1 }
      if index == bytes.count { return parts }
      let start = index
      if maxsplit >= 0, parts.count >= maxsplit {
        let rest = bytes[start...]
        let end = rest.lastIndex { !isSpace($0) } ?? start
        return parts + [String(decoding: rest[...end], as: UTF8.self)]
      }
      while index < bytes.count, !isSpace(bytes[index]) { index += 1 }
      parts.append(String(decoding: bytes[start..<index], as: UTF8.self))
    }
  }
}

/// Whether each text as a whole matches a regular expression in the syntax of RE2.
public struct RegexFullMatch: TensorOperator {
  public static let name = "regex_full_match"
  /// The regular expression.
  public var pattern = ""

  public init() {}

  /// Makes the operator.
  public init(pattern: String) { self.pattern = pattern }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 1)
    try checkText(inputs[0], 0)
    _ = try RegexProgram(pattern)
    return [Shape(.bool, inputs[0].dimensions)]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    let program = try RegexProgram(pattern)
    return [
      try Argument(inputs[0].stringElements.map { program.matches($0) }, lens: inputs[0].lens)
    ]
  }
}

/// Removes texts that are stop words, and changes the case of the others.
///
/// `[C]` gives `[K]` and `[1, C]` gives `[1, K]`; one empty text if none is left.
public struct StringNormalizer: TensorOperator {
  public static let name = "string_normalizer"
  /// What becomes of the letters' case.
  public enum CaseChange: String, Codable, Sendable {
    case none = "NONE"
    case lower = "LOWER"
    case upper = "UPPER"
  }

  /// What becomes of the letters' case.
  public var caseChange = CaseChange.none
  /// Whether a text must have the case of a stop word to be one.
  public var isCaseSensitive = false
  /// The texts to remove.
  public var stopwords: [String] = []

  enum CodingKeys: String, CodingKey {
    case caseChange = "case_change_action"
    case isCaseSensitive = "is_case_sensitive"
    case stopwords
  }

  public init() {}

  /// Makes the operator.
  public init(caseChange: CaseChange, isCaseSensitive: Bool, stopwords: [String]) {
    self.caseChange = caseChange
    self.isCaseSensitive = isCaseSensitive
    self.stopwords = stopwords
  }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 1)
    try checkText(inputs[0], 0)
    try check(inputs[0], 0, rank: 1...2)
    if inputs[0].rank == 2 {
      try context.require(inputs[0].dimensions[0], equals: 1, "axis 0 of (\(inputs[0])) and 1")
    }
    let length = stopwords.isEmpty ? inputs[0].dimensions.last : nil
    let sizes = [length.flatMap { $0.isKnown(notEqual: 0) ? $0 : nil } ?? context.freshSize()]
    return [Shape(.string, inputs[0].rank == 2 ? [1] + sizes : sizes)]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    if inputs[0].rank == 2, inputs[0].lens[0] != 1 {
      throw MIGraphXError(.invalidShape, "axis 0 must have size 1, found \(inputs[0].lens)")
    }
    func compared(_ text: String) -> [UInt8] {
      Array((isCaseSensitive ? text : text.changingScalars(\.lowercaseMapping)).utf8)
    }
    let dropped = Set(stopwords.map(compared))
    var texts = inputs[0].stringElements
    if !dropped.isEmpty { texts.removeAll { dropped.contains(compared($0)) } }
    switch caseChange {
    case .none: break
    case .lower: texts = texts.map { $0.changingScalars(\.lowercaseMapping) }
    case .upper: texts = texts.map { $0.changingScalars(\.uppercaseMapping) }
    }
    if texts.isEmpty { texts = [""] }
    return [
      try Argument(
        strings: texts, lens: inputs[0].rank == 2 ? [1, texts.count] : [texts.count])
    ]
  }
}

extension String {
  /// The text with each scalar in another case, where that is one scalar too.
  fileprivate func changingScalars(
    _ mapping: KeyPath<Unicode.Scalar.Properties, String>
  ) -> String {
    var result = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      let mapped = scalar.properties[keyPath: mapping].unicodeScalars
      result.append(mapped.count == 1 ? mapped[mapped.startIndex] : scalar)
    }
    return String(result)
  }
}

/// Checks that input `index` is a tensor of text.
func checkText(_ shape: Shape, _ index: Int) throws(MIGraphXError) {
  guard shape.elementType == .string else {
    throw MIGraphXError(
      .invalidShape,
      "input \(index) must be of string_type, found \(shape.elementType.rawValue)")
  }
}
