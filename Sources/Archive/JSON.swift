import FoundationEssentials
import Support

/// Writes and reads the JSON in archives.
enum JSON {
  /// The text of `value`; the same value always gives the same.
  ///
  /// - Throws: `invalidArgument` for a value that JSON can't hold.
  static func bytes(of value: some Encodable, pretty: Bool = false) throws(MIGraphXError) -> [UInt8]
  {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if pretty { encoder.outputFormatting.insert(.prettyPrinted) }
    do { return [UInt8](try encoder.encode(value)) } catch {
      throw MIGraphXError(.invalidArgument, "this can't be written as JSON: \(error)")
    }
  }

  /// Reads a value.
  ///
  /// - Throws: `invalidFile` when `bytes` are no JSON, or not that of a `Value`.
  static func value<Value: Decodable>(
    _ type: Value.Type, from bytes: some Sequence<UInt8>
  ) throws(MIGraphXError) -> Value {
    do { return try JSONDecoder().decode(type, from: Data(bytes)) } catch {
      throw MIGraphXError(.invalidFile, message(of: error))
    }
  }

  private static func message(of error: any Error) -> String {
    switch error {
    case DecodingError.keyNotFound(let key, let context):
      "\(place(context))'\(key.stringValue)' is missing"
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
      DecodingError.dataCorrupted(let context):
      "\(place(context))\(context.debugDescription)"
    default: "\(error)"
    }
  }

  private static func place(_ context: DecodingError.Context) -> String {
    let path = context.codingPath.map { $0.intValue.map { "\($0)" } ?? $0.stringValue }
    return path.isEmpty ? "" : "at '\(path.joined(separator: "."))': "
  }
}
