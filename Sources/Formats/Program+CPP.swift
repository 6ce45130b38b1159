import IR
import Support
import Tensors

extension Program {
  /// A function in C++ that builds the program with the header `migraphx/migraphx.hpp`.
  ///
  /// Literals of more than 1024 elements get made-up values. Names of results are not kept.
  ///
  /// - Throws: see ``python()``.
  public func cpp() throws(MIGraphXError) -> String {
    try verifyLiterals()
    var writer = BuildingWriter(CPP())
    _ = try writer.write(main)
    var lines = ["#include <migraphx/migraphx.hpp>", "", "#include <cstdint>", "#include <limits>"]
    lines += ["#include <vector>", ""]
    if writer.generatedCount > 0 {
      lines.append("// The values of \(writer.generatedCount) large literals are made up.")
    }
    lines += ["migraphx::program make_program() {", "  migraphx::program p;"]
    lines += writer.lines.map { "  " + $0 } + ["  return p;", "}"]
    return lines.map { $0 + "\n" }.joined()
  }
}

private struct CPP: BuildingLanguage {
  func declaration(_ variable: String, _ value: String) -> String {
    "const auto \(variable) = \(value);"
  }

  func statement(_ call: String) -> String { "\(call);" }

  func list(_ items: [String]) -> String {
    // Empty braces could be a list of anything.
    items.isEmpty
      ? "std::vector<migraphx::instruction>()" : "{\(items.joined(separator: ", "))}"
  }

  func text(_ text: String) -> String {
    var result = "\""
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "?"):
        result += "\\" + String(decoding: [byte], as: UTF8.self)
      case 0x20..<0x7f: result += String(decoding: [byte], as: UTF8.self)
      default:
        let digits = String(byte, radix: 8)
        result += "\\" + String(repeating: "0", count: 3 - digits.count) + digits
      }
    }
    return result + "\""
  }

  func operation(_ name: String, _ attributes: [AttributeValue.Field]) -> String {
    attributes.isEmpty
      ? "migraphx::make_op(\(text(name)))"
      : "migraphx::make_op(\(text(name)), \(text(AttributeValue.object(attributes).relaxedJSON)))"
  }

  func shape(_ type: ElementType, lens: [Int], strides: [Int]?) -> String {
    let type = "migraphx::shape::\(type.rawValue)"
    if lens.isEmpty { return "migraphx::shape(\(type))" }
    return "migraphx::shape(\(type), \(sizes(lens))\(strides.map { ", " + sizes($0) } ?? ""))"
  }

  private func sizes(_ values: [Int]) -> String {
    "std::vector<std::size_t>{\(values.map(String.init).joined(separator: ", "))}"
  }

  func shape(_ type: ElementType, _ ranges: [DimensionRange], names: [String]) -> String {
    let sizes = ranges.map { range in
      "migraphx::dynamic_dimension(\(range.minimum), "
        + "\(range.maximum.map(String.init) ?? "std::numeric_limits<std::size_t>::max()"))"
    }
    return "migraphx::shape::symbolic(migraphx::shape::\(type.rawValue), "
      + "\(list(sizes)), \(list(names.map(text))))"
  }

  func generatedLiteral(_ shape: String, seed: Int) -> String {
    "migraphx::generate_literal(\(shape), \(seed))"
  }

  func literal(_ argument: Argument, _ shape: String) -> String {
    var printer = ElementTexts(argument: argument)
    let (type, values) = argument.elementType.visit(&printer) ?? ("char", [])
    // The memory lives until the end of the statement.
    return "\(shape), std::vector<\(type)>{\(values.joined(separator: ", "))}.data()"
  }
}

/// The elements and their type in C++. Those of types that C++ doesn't have are given by their bits.
private struct ElementTexts: ElementVisitor {
  let argument: Argument

  func visit<Element: TensorElement>(_ type: Element.Type) -> (type: String, values: [String]) {
    let elements = argument.elements(as: type)
    switch type.elementType {
    case .float: return ("float", elements.map { text(Double($0.asFloat), numberText($0.asFloat)) })
    case .double: return ("double", elements.map { text($0.asDouble, numberText($0.asDouble)) })
    case .bool: return ("char", elements.map { $0.asInt64 == 0 ? "0" : "1" })
    case .uint64:
      return ("std::uint64_t", elements.map { "\(UInt64(bitPattern: $0.asInt64))u" })
    case .int64:
      // The least number has no text of its own: the sign is an operator.
      return (
        "std::int64_t",
        elements.map { $0.asInt64 == .min ? "\(Int64.min + 1) - 1" : "\($0.asInt64)" }
      )
    case .int8, .int16, .int32, .uint8, .uint16, .uint32:
      let name = type.elementType.rawValue.replacing("_type", with: "_t")
      return ("std::\(name)", elements.map { "\($0.asInt64)" })
    default:
      return ("std::uint\(type.elementType.bitWidth)_t", argument.bits.map(String.init))
    }
  }

  private func text(_ value: Double, _ finite: String) -> String {
    let limits = "std::numeric_limits<\(argument.elementType == .double ? "double" : "float")>"
    if value.isNaN { return "\(limits)::quiet_NaN()" }
    if value.isInfinite { return "\(value < 0 ? "-" : "")\(limits)::infinity()" }
    return finite
  }
}

extension AttributeValue {
  /// JSON on one line, with words for what JSON has no numbers for.
  fileprivate var relaxedJSON: String {
    switch self {
    case .float(let value): return numberText(value)
    case .double(let value): return numberText(value)
    case .array(let values): return "[\(values.map(\.relaxedJSON).joined(separator: ","))]"
    case .object(let fields):
      let texts = fields.map { "\(AttributeValue.string($0.name).json()):\($0.value.relaxedJSON)" }
      return "{\(texts.joined(separator: ","))}"
    default: return json()
    }
  }
}
