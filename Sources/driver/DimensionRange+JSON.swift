import Support
import struct Tensors.DimensionRange

extension DimensionRange {
  /// Reads a size, `{min: 1, max: 4, optimals: [2]}` or `{range: {min: 1, max: 4}, optimals: [2]}`.
  ///
  /// - Throws: `invalidArgument` when it is none of these, or holds no size.
  init(json value: AttributeValue) throws(MIGraphXError) {
    if case .int(let size) = value, size >= 0 {
      self.init(size)
      return
    }
    guard case .object(var fields) = value else { throw Self.unexpected(value) }
    if let range = fields.first(where: { $0.name == "range" }),
      case .object(let bounds) = range.value
    {
      fields = fields.filter { $0.name != "range" } + bounds
    }
    self.init(minimum: -1, maximum: -1)
    for field in fields {
      switch (field.name, field.value) {
      case ("min", .int(let size)) where size >= 0: minimum = size
      case ("max", .int(let size)) where size >= 0: maximum = size
      case ("optimals", .array(let sizes)):
        optimals = sizes.compactMap { if case .int(let size) = $0 { size } else { nil } }.sorted()
        guard optimals.count == sizes.count else { throw Self.unexpected(value) }
      default: throw Self.unexpected(value)
      }
    }
    guard minimum >= 0, let maximum, maximum >= minimum else { throw Self.unexpected(value) }
    try validate()
  }

  private static func unexpected(_ value: AttributeValue) -> MIGraphXError {
    MIGraphXError(
      .invalidArgument,
      "a size, or {min:1, max:4, optimals:[2]} with min up to max, is needed; found \(value)")
  }

  /// Reads one range for each axis.
  ///
  /// - Throws: see ``init(json:)``.
  static func list(json value: AttributeValue) throws(MIGraphXError) -> [DimensionRange] {
    guard case .array(let elements) = value else {
      throw MIGraphXError(.invalidArgument, "a list of sizes in [] is needed; found \(value)")
    }
    var ranges: [DimensionRange] = []
    for element in elements { ranges.append(try DimensionRange(json: element)) }
    return ranges
  }
}
