import Support

/// Reads regular expressions in the syntax of RE2.
struct RegexParser {
  private let scalars: [Unicode.Scalar]
  private var position = 0
  private var flags = Flags()

  private struct Flags {
    var ignoresCase = false
    var isMultiline = false
    var dotTakesNewline = false
  }

  /// As in RE2, a part may be repeated by number at most this often.
  private static let maximumRepetition = 1000
  private static let maximumDepth = 100

  init(_ pattern: String) { scalars = Array(pattern.unicodeScalars) }

  /// - Throws: `invalidArgument` for what is no expression, or is none that this syntax has.
  mutating func parse() throws(MIGraphXError) -> RegexNode {
    let node = try choice(depth: 0)
    guard position == scalars.count else { throw error("a closing parenthesis has no opening one") }
    return node
  }

  private var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  private func error(_ message: String) -> MIGraphXError {
    MIGraphXError(.invalidArgument, "\(message), at character \(position)")
  }

  private mutating func skip(_ text: String) -> Bool {
    guard scalars[position...].starts(with: text.unicodeScalars) else { return false }
    position += text.unicodeScalars.count
    return true
  }

  private mutating func choice(depth: Int) throws(MIGraphXError) -> RegexNode {
    guard depth < RegexParser.maximumDepth else { throw error("groups are nested too deeply") }
    var options: [RegexNode] = []
    repeat { options.append(try sequence(depth: depth)) } while skip("|")
    return options.count == 1 ? options[0] : .choice(options)
  }

  private mutating func sequence(depth: Int) throws(MIGraphXError) -> RegexNode {
    var parts: [RegexNode] = []
    while let scalar = next, scalar != "|", scalar != ")" {
      if skip("\\Q") {
        while position < scalars.count, !skip("\\E") {
          parts.append(.set(literal(scalars[position])))
          position += 1
        }
        continue
      }
      guard let part = try atom(depth: depth) else { continue }
      parts.append(try repetition(of: part))
    }
    return .sequence(parts)
  }

  /// One thing that may be repeated; nil for flags, which are nothing by themselves.
  private mutating func atom(depth: Int) throws(MIGraphXError) -> RegexNode? {
    let scalar = scalars[position]
    position += 1
    switch scalar {
    case "(": return try group(depth: depth)
    case "[": return .set(try characterClass())
    case ".": return .set(flags.dotTakesNewline ? .any : .anyButNewline)
    case "^": return .assertion(flags.isMultiline ? .lineStart : .textStart)
    case "$": return .assertion(flags.isMultiline ? .lineEnd : .textEnd)
    case "*", "+", "?": throw error("'\(scalar)' has nothing to repeat")
    case "\\": return try escape()
    default: return .set(literal(scalar))
    }
  }

  private func literal(_ scalar: Unicode.Scalar) -> RegexSet {
    RegexSet(ranges: [scalar.value...scalar.value], ignoresCase: flags.ignoresCase)
  }

  private mutating func group(depth: Int) throws(MIGraphXError) -> RegexNode? {
    let outer = flags
    if skip("?P<") || skip("?<") {
      let start = position
      while let scalar = next, scalar != ">" {
        guard RegexSet.word.contains(scalar) else { throw error("a group has no such name") }
        position += 1
      }
      guard position > start, skip(">") else { throw error("a group's name is needed") }
    } else if skip("?") {
      var turnsOn = true
      while let scalar = next, scalar != ":", scalar != ")" {
        switch scalar {
        case "i": flags.ignoresCase = turnsOn
        case "m": flags.isMultiline = turnsOn
        case "s": flags.dotTakesNewline = turnsOn
        case "U": break  // Whether repetition is greedy makes no difference to a whole match.
        case "-" where turnsOn: turnsOn = false
        default: throw error("'(?\(scalar)' is not part of the syntax")
        }
        position += 1
      }
      if skip(")") { return nil }
      guard skip(":") else { throw error("a closing parenthesis is needed") }
    }
    let node = try choice(depth: depth + 1)
    guard skip(")") else { throw error("a closing parenthesis is needed") }
    flags = outer
    return node
  }

  /// Applies `*`, `+`, `?` and `{n,m}`, of which one may follow.
  private mutating func repetition(of part: RegexNode) throws(MIGraphXError) -> RegexNode {
    let range: (Int, Int?)
    if skip("*") {
      range = (0, nil)
    } else if skip("+") {
      range = (1, nil)
    } else if skip("?") {
      range = (0, 1)
    } else if let counts = try counts() {
      range = counts
    } else {
      return part
    }
    _ = skip("?")
    if let scalar = next, "*+?".unicodeScalars.contains(scalar) {
      throw error("a repetition can't be repeated")
    }
    return .repeated(part, minimum: range.0, maximum: range.1)
  }

  /// `{n}`, `{n,}` or `{n,m}`; a brace that begins something else is a literal.
  private mutating func counts() throws(MIGraphXError) -> (Int, Int?)? {
    let start = position
    func number(_ parser: inout RegexParser) -> Int? {
      var digits = ""
      while let scalar = parser.next, RegexSet.digit.contains(scalar) {
        digits.unicodeScalars.append(scalar)
        parser.position += 1
      }
      return digits.isEmpty ? nil : Int(digits) ?? .max
    }
    guard skip("{"), let minimum = number(&self) else {
      position = start
      return nil
    }
    var maximum: Int? = minimum
    if skip(",") { maximum = number(&self) }
    guard skip("}") else {
      position = start
      return nil
    }
    let most = maximum ?? minimum
    guard minimum <= most, most <= RegexParser.maximumRepetition else {
      throw error(
        "a part can be repeated 0 to \(RegexParser.maximumRepetition) times, not \(minimum) to \(most)"
      )
    }
    return (minimum, maximum)
  }

  private mutating func escape() throws(MIGraphXError) -> RegexNode {
    guard let scalar = next else { throw error("a backslash has nothing after it") }
    switch scalar {
    case "A": position += 1; return .assertion(.textStart)
    case "z": position += 1; return .assertion(.textEnd)
    case "b": position += 1; return .assertion(.wordBoundary)
    case "B": position += 1; return .assertion(.noWordBoundary)
    case "C": throw MIGraphXError(.unsupported, "'\\C', a single byte")
    default: break
    }
    if let set = try namedSet() { return .set(set) }
    return .set(literal(try escapedScalar()))
  }

  /// The set that a letter after a backslash stands for; nil if it stands for a scalar.
  private mutating func namedSet() throws(MIGraphXError) -> RegexSet? {
    guard let scalar = next else { return nil }
    let set: RegexSet
    switch scalar {
    case "d": set = .digit
    case "D": set = RegexSet.digit.inverted
    case "s": set = .space
    case "S": set = RegexSet.space.inverted
    case "w": set = .word
    case "W": set = RegexSet.word.inverted
    case "p", "P":
      position += 1
      return try category(isNegated: scalar == "P")
    default: return nil
    }
    position += 1
    return set
  }

  private mutating func category(isNegated: Bool) throws(MIGraphXError) -> RegexSet {
    var name = ""
    var isNegated = isNegated
    if skip("{") {
      if skip("^") { isNegated.toggle() }
      while let scalar = next, scalar != "}" {
        name.unicodeScalars.append(scalar)
        position += 1
      }
      guard skip("}") else { throw error("a closing brace is needed") }
    } else if let scalar = next {
      name.unicodeScalars.append(scalar)
      position += 1
    }
    let known = [
      "L": "ultmo", "M": "nce", "N": "dlo", "P": "cdseifo", "S": "mcko", "Z": "slp", "C": "cfson",
    ]
    let letters = Array(name).map(String.init)
    guard let first = letters.first, let second = known[first], letters.count <= 2,
      letters.count == 1 || second.contains(letters[1])
    else {
      throw MIGraphXError(.unsupported, "the Unicode class '\(name)'; general categories are known")
    }
    var set = RegexSet(ignoresCase: flags.ignoresCase)
    set.categories = [(name, isNegated)]
    return set
  }

  /// The scalar that an escape stands for, such as `n`, `x41` or `\.` without their backslash.
  private mutating func escapedScalar() throws(MIGraphXError) -> Unicode.Scalar {
    guard let scalar = next else { throw error("a backslash has nothing after it") }
    position += 1
    switch scalar {
    case "a": return "\u{07}"
    case "f": return "\u{0C}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "v": return "\u{0B}"
    case "x":
      let isBraced = skip("{")
      var digits = ""
      while let digit = next, digit.properties.isASCIIHexDigit, isBraced || digits.count < 2 {
        digits.unicodeScalars.append(digit)
        position += 1
      }
      guard let value = UInt32(digits, radix: 16), let result = Unicode.Scalar(value),
        isBraced ? skip("}") : digits.count == 2
      else { throw error("hexadecimal digits of a character are needed") }
      return result
    case "0"..."7":
      // One digit other than 0 would refer to a group, which this syntax doesn't have.
      var value = scalar.value - 48
      var count = 1
      while count < 3, let digit = next, ("0"..."7").contains(digit) {
        value = value * 8 + digit.value - 48
        position += 1
        count += 1
      }
      guard scalar == "0" || count > 1, let result = Unicode.Scalar(value) else {
        throw error("references to groups are not part of the syntax")
      }
      return result
    default:
      guard scalar.isASCII, !RegexSet.word.contains(scalar) || scalar == "_" else {
        throw error("'\\\(scalar)' is not part of the syntax")
      }
      return scalar
    }
  }

  // MARK: Classes

  private static let namedClasses: [String: RegexSet] = [
    "alnum": RegexSet("0"..."9", "A"..."Z", "a"..."z"), "alpha": RegexSet("A"..."Z", "a"..."z"),
    "ascii": RegexSet(ranges: [0...0x7F]), "blank": RegexSet("\t"..."\t", " "..." "),
    "cntrl": RegexSet(ranges: [0...0x1F, 0x7F...0x7F]), "digit": .digit,
    "graph": RegexSet("!"..."~"), "lower": RegexSet("a"..."z"), "print": RegexSet(" "..."~"),
    "punct": RegexSet("!"..."/", ":"..."@", "["..."`", "{"..."~"),
    "space": RegexSet(ranges: [0x09...0x0D, 0x20...0x20]), "upper": RegexSet("A"..."Z"),
    "word": .word, "xdigit": RegexSet("0"..."9", "A"..."F", "a"..."f"),
  ]

  /// What stands in brackets, of which the opening one has been read.
  private mutating func characterClass() throws(MIGraphXError) -> RegexSet {
    var set = RegexSet(isNegated: skip("^"), ignoresCase: flags.ignoresCase)
    var isFirst = true
    while isFirst || next != "]" {
      guard let scalar = next else { throw error("a closing bracket is needed") }
      isFirst = false
      if skip("[:") {
        set.subsets.append(try namedClass())
        continue
      }
      if scalar == "\\" {
        position += 1
        if let subset = try namedSet() {
          set.subsets.append(subset)
          continue
        }
        position -= 1
      }
      let low = try classScalar()
      var high = low
      if next == "-", position + 1 < scalars.count, scalars[position + 1] != "]" {
        position += 1
        high = try classScalar()
      }
      guard low <= high else { throw error("the range '\(low)-\(high)' is turned around") }
      set.ranges.append(low.value...high.value)
    }
    position += 1
    return set
  }

  private mutating func namedClass() throws(MIGraphXError) -> RegexSet {
    let isNegated = skip("^")
    var name = ""
    while let scalar = next, scalar != ":" {
      name.unicodeScalars.append(scalar)
      position += 1
    }
    guard skip(":]"), let set = RegexParser.namedClasses[name] else {
      throw error("'\(name)' is no class of characters")
    }
    return isNegated ? set.inverted : set
  }

  private mutating func classScalar() throws(MIGraphXError) -> Unicode.Scalar {
    guard let scalar = next else { throw error("a closing bracket is needed") }
    position += 1
    return scalar == "\\" ? try escapedScalar() : scalar
  }
}
