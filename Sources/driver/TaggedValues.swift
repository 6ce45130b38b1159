import ArgumentParser

/// The values of an option such as `--input-dim @x 1 3 --input-dim @y 2`, by name.
struct TaggedValues {
  /// The names with their values, in the order given.
  private(set) var entries: [(name: String, values: [String])] = []

  /// Reads the words that follow `option`.
  ///
  /// - Throws: `ValidationError` when a value has no name, a name no value, or a name occurs twice.
  init(_ words: [String], option: String) throws {
    for word in words {
      if word.hasPrefix("@") {
        let name = String(word.dropFirst())
        guard !entries.contains(where: { $0.name == name }) else {
          throw ValidationError("\(option) names '@\(name)' twice.")
        }
        entries.append((name, []))
      } else if entries.isEmpty {
        throw ValidationError("\(option) needs @NAME before '\(word)'.")
      } else {
        entries[entries.count - 1].values.append(word)
      }
    }
    if let empty = entries.first(where: { $0.values.isEmpty }) {
      throw ValidationError("\(option) has no value after '@\(empty.name)'.")
    }
  }

  /// The values as sizes.
  ///
  /// - Throws: `ValidationError` for a value that is no whole number or is negative.
  func sizes(option: String) throws -> [(name: String, sizes: [Int])] {
    try entries.map { name, values in
      let sizes = try values.map { value in
        guard let size = Int(value), size >= 0 else {
          throw ValidationError("\(option) needs whole numbers for '@\(name)', found '\(value)'.")
        }
        return size
      }
      return (name, sizes)
    }
  }

  /// The only value of each name.
  ///
  /// - Throws: `ValidationError` for a name with several.
  func single(option: String) throws -> [(name: String, value: String)] {
    try entries.map { name, values in
      guard values.count == 1 else {
        throw ValidationError("\(option) needs one value for '@\(name)', found \(values.count).")
      }
      return (name, values[0])
    }
  }
}
