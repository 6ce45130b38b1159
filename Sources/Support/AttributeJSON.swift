extension AttributeValue {
  /// The value as JSON: indented by 4 spaces, keys sorted.
  public func json(indentation: Int = 0) -> String {
    let inner = String(repeating: " ", count: indentation + 4)
    let end = "\n" + String(repeating: " ", count: indentation)
    switch self {
    case .bool(let value): return value ? "true" : "false"
    case .int(let value): return "\(value)"
    // JSON has no infinities.
    case .float(let value): return value.isFinite ? "\(value)" : "null"
    case .double(let value): return value.isFinite ? "\(value)" : "null"
    case .string(let text), .expression(let text): return jsonString(text)
    case .absent: return "null"
    case .array(let values):
      if values.isEmpty { return "[]" }
      let lines = values.map { inner + $0.json(indentation: indentation + 4) }
      return "[\n\(lines.joined(separator: ",\n"))\(end)]"
    case .object(let fields):
      if fields.isEmpty { return "{}" }
      let lines = fields.sorted { $0.name < $1.name }.map { field in
        "\(inner)\(jsonString(field.name)): \(field.value.json(indentation: indentation + 4))"
      }
      return "{\n\(lines.joined(separator: ",\n"))\(end)}"
    }
  }
}

/// `text` in quotes, with escapes where JSON demands them.
private func jsonString(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case _ where scalar.value < 0x20:
      let digits = String(scalar.value, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}
