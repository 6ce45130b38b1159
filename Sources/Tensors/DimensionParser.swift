import Support

extension Dimension {
  /// The expression that `text` describes, in the form ``description`` has; `symbols` gives the symbol
  /// for each name.
  ///
  /// Throws `invalidArgument`, naming the text and the position, if the text is no expression or a name
  /// has no symbol; and `limitExceeded` if it is longer than 65536 bytes, nests brackets more than 64
  /// deep, or its ``complexity`` is above 64.
  public static func parse(
    _ text: String, symbols: (String) -> Symbol?
  ) throws(MIGraphXError) -> Dimension {
    if text.utf8.count > 65_536 {
      throw MIGraphXError(
        .limitExceeded,
        "dimension text of \(text.utf8.count) bytes, at most 65536 are allowed")
    }
    return try withoutActuallyEscaping(symbols) { symbols throws(MIGraphXError) in
      var parser = DimensionParser(text: text, symbols: symbols)
      let result = try parser.sum()
      try parser.end()
      return result
    }
  }
}

/// A recursive descent parser of one expression.
private struct DimensionParser {
  let text: String
  let symbols: (String) -> Symbol?
  private let scalars: [Unicode.Scalar]
  private var position = 0
  private var depth = 0

  init(text: String, symbols: @escaping (String) -> Symbol?) {
    self.text = text
    self.symbols = symbols
    self.scalars = Array(text.unicodeScalars)
  }

  /// term (("+" | "-") term)*
  mutating func sum() throws(MIGraphXError) -> Dimension {
    var result = try product()
    while true {
      skipSpaces()
      if accept("+") {
        result = try limited(result + product())
      } else if accept("-") {
        result = try limited(result + product(negated: true))
      } else {
        return result
      }
    }
  }

  mutating func end() throws(MIGraphXError) {
    skipSpaces()
    if position < scalars.count { throw failure("an operator or the end") }
  }

  /// "-"* factor ("*" factor)*
  ///
  /// A bracket at the start of an operand of a division does not count as nesting of its own.
  private mutating func product(
    negated: Bool = false, isDivisionOperand: Bool = false
  ) throws(MIGraphXError) -> Dimension {
    var isNegative = negated
    skipSpaces()
    while accept("-") {
      isNegative.toggle()
      skipSpaces()
    }
    var result: Dimension
    if let number = try number(isNegative: isNegative) {
      result = isNegative ? number : try powered(number)
    } else {
      result = try factor(countsBracket: !isDivisionOperand)
      if isNegative { result = -result }
    }
    skipSpaces()
    while accept("*") {
      skipSpaces()
      result = try limited(result * factor())
      skipSpaces()
    }
    return result
  }

  /// (number | name | call | "(" sum ")") ("^" exponent)?
  private mutating func factor(countsBracket: Bool = true) throws(MIGraphXError) -> Dimension {
    if let number = try number(isNegative: false) { return try powered(number) }
    if accept("(") {
      let inner = try nested(counts: countsBracket) { parser throws(MIGraphXError) in
        try parser.sum()
      }
      return try powered(inner)
    }
    let start = position
    if accept("'") { return try powered(symbol(named: quotedName(), from: start)) }
    guard position < scalars.count, Dimension.isWordStart(scalars[position]) else {
      throw failure("a number, a name or '('")
    }
    while position < scalars.count, Dimension.isWordPart(scalars[position]) { position += 1 }
    var name = ""
    name.unicodeScalars.append(contentsOf: scalars[start..<position])
    if Dimension.reservedWords.contains(name) { return try powered(call(name)) }
    return try powered(symbol(named: name, from: start))
  }

  /// The call of `name`, whose opening bracket comes next.
  private mutating func call(_ name: String) throws(MIGraphXError) -> Dimension {
    skipSpaces()
    try expect("(")
    return try nested { parser throws(MIGraphXError) in
      switch name {
      case "floor":
        let dividend = try parser.divisionOperand()
        try parser.expect("/")
        let divisor = try parser.divisionOperand()
        return dividend.floorDivided(by: divisor)
      case "opaque": return try parser.sum().grouped
      default:
        var operands = [try parser.sum()]
        while parser.accept(",") {
          if operands.count == Dimension.operandLimit {
            throw parser.failure("')' after \(Dimension.operandLimit) operands")
          }
          operands.append(try parser.sum())
        }
        return Dimension.extreme(operands, least: name == "min")
      }
    }
  }

  /// A product and the spaces after it.
  private mutating func divisionOperand() throws(MIGraphXError) -> Dimension {
    let result = try product(isDivisionOperand: true)
    skipSpaces()
    return result
  }

  /// What `body` reads and the closing bracket after it.
  private mutating func nested(
    counts: Bool = true,
    _ body: (inout DimensionParser) throws(MIGraphXError) -> Dimension
  ) throws(MIGraphXError) -> Dimension {
    let outer = depth
    if counts { depth += 1 }
    defer { depth = outer }
    if depth > 64 {
      throw MIGraphXError(
        .limitExceeded, "dimension '\(shown)' nests brackets more than 64 deep at \(position)")
    }
    let result = try body(&self)
    skipSpaces()
    try expect(")")
    return try limited(result)
  }

  private mutating func powered(_ base: Dimension) throws(MIGraphXError) -> Dimension {
    guard accept("^") else { return base }
    // Powers of sums are never printed and cost much to expand.
    let limit = base.terms.count > 1 ? 8 : Dimension.termLimit
    guard let exponent = try number(isNegative: false)?.constant, exponent <= limit
    else { throw failure("an exponent of at most \(limit)") }
    return try limited(base.raised(to: exponent))
  }

  /// A number if a digit comes next.
  private mutating func number(isNegative: Bool) throws(MIGraphXError) -> Dimension? {
    let start = position
    var value = 0
    while position < scalars.count, case let digit = scalars[position], ("0"..."9").contains(digit)
    {
      let (tens, first) = value.multipliedReportingOverflow(by: 10)
      let unit = Int(digit.value) - 48
      let (next, second) =
        isNegative
        ? tens.subtractingReportingOverflow(unit) : tens.addingReportingOverflow(unit)
      if first || second { throw failure("a number that fits 64 bits") }
      value = next
      position += 1
    }
    return position == start ? nil : Dimension(value)
  }

  /// The rest of a quoted name, after its first quote.
  private mutating func quotedName() throws(MIGraphXError) -> String {
    var name = ""
    while position < scalars.count {
      let scalar = scalars[position]
      position += 1
      if scalar == "'" { return name }
      guard scalar == "\\" else {
        name.unicodeScalars.append(scalar)
        continue
      }
      if accept("'") {
        name += "'"
      } else if accept("\\") {
        name += "\\"
      } else {
        name.unicodeScalars.append(try escapedScalar())
      }
    }
    throw failure("a closing quote")
  }

  /// `u{hexadecimal}`, after the backslash.
  private mutating func escapedScalar() throws(MIGraphXError) -> Unicode.Scalar {
    guard accept("u"), accept("{") else { throw failure("an escape: \\', \\\\ or \\u{...}") }
    var digits = ""
    while position < scalars.count, digits.count <= 6, scalars[position] != "}" {
      digits.unicodeScalars.append(scalars[position])
      position += 1
    }
    guard accept("}"), let code = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(code)
    else { throw failure("the code of a character and '}'") }
    return scalar
  }

  private func symbol(named name: String, from start: Int) throws(MIGraphXError) -> Dimension {
    guard let symbol = symbols(name) else {
      throw MIGraphXError(
        .invalidArgument, "dimension '\(shown)' names the unknown symbol '\(name)' at \(start)")
    }
    return Dimension(symbol)
  }

  private mutating func accept(_ scalar: Unicode.Scalar) -> Bool {
    guard position < scalars.count, scalars[position] == scalar else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ scalar: Unicode.Scalar) throws(MIGraphXError) {
    if !accept(scalar) { throw failure("'\(scalar)'") }
  }

  private mutating func skipSpaces() {
    while accept(" ") {}
  }

  private func limited(_ result: Dimension) throws(MIGraphXError) -> Dimension {
    if result.complexity <= 64 { return result }
    throw MIGraphXError(
      .limitExceeded,
      "dimension '\(shown)' has complexity \(result.complexity) at \(position), at most 64 is allowed"
    )
  }

  private func failure(_ needed: String) -> MIGraphXError {
    let found = position < scalars.count ? "'\(scalars[position])'" : "the end"
    return MIGraphXError(
      .invalidArgument, "dimension '\(shown)' has \(found) at \(position) where \(needed) is needed"
    )
  }

  /// The text, cut to a length that fits an error message.
  private var shown: String { text.count > 80 ? "\(text.prefix(80))..." : text }
}
