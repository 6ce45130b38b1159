extension Dimension {
  /// The expression as text that ``parse(_:symbols:)`` reads back, such as `2*H + 1`, `N*S`,
  /// `floor((H - 1)/2) + 1`, `min(S, 512)`.
  ///
  /// Names that are not plain identifiers stand in single quotes; `opaque(...)` is a polynomial that
  /// is kept unexpanded. Equal expressions have equal text.
  public var description: String {
    guard case .polynomial(let polynomial) = storage else { return String(constant ?? 0) }
    var text = ""
    for term in polynomial.terms {
      let (coefficient, whole) = term.withWholeSymbols
      if coefficient < 0 {
        text += text.isEmpty ? "-" : " - "
      } else if !text.isEmpty {
        text += " + "
      }
      var parts: [String] = []
      if coefficient.magnitude != 1 || term.factors.isEmpty {
        parts.append(String(coefficient.magnitude))
      }
      for (factor, isWhole) in zip(term.factors, whole) {
        let power = factor.power == 1 ? "" : "^\(factor.power)"
        parts.append(factor.atom.text(isWhole: isWhole) + power)
      }
      text += parts.joined(separator: "*")
    }
    return text
  }

  /// The text as an operand of a division.
  fileprivate func divisionText(isDivisor: Bool) -> String {
    let terms = terms
    let isSimple: Bool
    switch terms.count {
    case 0: isSimple = true
    case 1:
      // A divisor of several factors needs brackets.
      isSimple = terms[0].coefficient > 0 && (!isDivisor || isConstant || symbol != nil)
    default: isSimple = false
    }
    return isSimple ? description : "(\(description))"
  }

  /// Words that mean something else than a name.
  static let reservedWords: Set<String> = ["floor", "min", "max", "opaque"]

  static func isWordStart(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "_": return true
    default: return false
    }
  }

  static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "0"..."9", ".", ":": return true
    default: return isWordStart(scalar)
    }
  }
}

extension Dimension.Atom {
  fileprivate func text(isWhole: Bool) -> String {
    func list(_ operands: [Dimension]) -> String {
      operands.map(\.description).joined(separator: ", ")
    }
    switch self {
    case .symbol(let symbol):
      return isWhole ? symbol.quotedName : "floor(\(symbol.quotedName)/\(symbol.step))"
    case .floor(let dividend, let divisor):
      let second = divisor.divisionText(isDivisor: true)
      return "floor(\(dividend.divisionText(isDivisor: false))/\(second))"
    case .minimum(let operands): return "min(\(list(operands)))"
    case .maximum(let operands): return "max(\(list(operands)))"
    case .group(let inner): return "opaque(\(inner))"
    }
  }
}

extension Symbol {
  /// The name as it stands in expressions: as it is if it is a plain identifier, else in quotes.
  /// Words that read as numbers, such as `nan`, are none.
  var quotedName: String {
    let scalars = name.unicodeScalars
    if let first = scalars.first, Dimension.isWordStart(first),
      scalars.allSatisfy(Dimension.isWordPart), !Dimension.reservedWords.contains(name),
      Double(name) == nil
    {
      return name
    }
    var text = "'"
    for scalar in scalars {
      switch scalar {
      case "'", "\\": text += "\\\(scalar)"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        text += "\\u{\(String(scalar.value, radix: 16))}"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "'"
  }
}

// MARK: - Coding

extension CodingUserInfoKey {
  /// The `[String: Symbol]` from which a decoder takes the symbols that dimensions name.
  public static let dimensionSymbols: CodingUserInfoKey = {
    guard let key = CodingUserInfoKey(rawValue: "dimensionSymbols") else {
      preconditionFailure("the standard library makes a key of any text")
    }
    return key
  }()
}

extension Dimension: Codable {
  /// Reads an integer, or the text of an expression.
  ///
  /// A name that is not under ``Swift/CodingUserInfoKey/dimensionSymbols`` in the decoder's user info
  /// becomes a symbol with an open range. Throws `MIGraphXError` if the text is no expression.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let value = try? container.decode(Int.self) {
      self.init(value)
      return
    }
    let known = decoder.userInfo[.dimensionSymbols] as? [String: Symbol] ?? [:]
    self = try Dimension.parse(try container.decode(String.self)) { known[$0] ?? Symbol($0) }
  }

  /// Writes an integer if the size is constant, else ``description``; ranges are not written.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch storage {
    case .constant(let value): try container.encode(value)
    case .polynomial: try container.encode(description)
    }
  }
}
