import IR
import Support
import Tensors

/// Memory of literals: part of a storage, in bytes, or in strings if it holds text.
struct LiteralRegion: Sendable {
  let storage: Storage
  var range: Range<Int>

  var isText: Bool { storage.strings != nil }

  /// The region that the elements of `argument` span.
  ///
  /// - Throws: `unsupported` when its memory is a device's, `invalidFile` when it is of a damaged file.
  init(_ argument: Argument) throws(MIGraphXError) {
    storage = argument.storage
    try storage.verify()
    guard storage.space == .host else {
      throw MIGraphXError(
        .unsupported,
        "a tensor in memory space '\(storage.space)' can't be saved; copy it to the host")
    }
    if argument.lens.contains(0) {
      range = 0..<0
      return
    }
    // Making the argument has checked that these stay within the storage.
    var (lower, upper) = (0, 0)
    for (len, stride) in zip(argument.lens, argument.strides) {
      let reach = (len - 1) * stride
      if reach < 0 { lower += reach } else { upper += reach }
    }
    let width = max(1, argument.elementType.byteCount(of: 1))
    range = argument.byteOffset + lower * width..<argument.byteOffset + (upper + 1) * width
  }

  /// The strings; empty for other memory.
  var strings: ArraySlice<String> { storage.strings?[range] ?? [] }

  /// Whether both hold the same. Only regions of equal size may be compared.
  func isEqual(to other: LiteralRegion) -> Bool {
    if isText || other.isText { return isText && other.isText && strings == other.strings }
    return storage.withBytes(range) { bytes in
      other.storage.withBytes(other.range) { bytes.isEqual(to: $0) }
    }
  }
}

/// Where an instruction's literal is: in which region, and where in that its first element lies.
struct LiteralReference: Sendable, Codable, Hashable {
  let region: Int
  let offset: Int
}

/// The literals of the programs that go into one file, each stored once.
///
/// Literals that view the same memory share a region; so do those whose regions have equal contents.
struct LiteralPool {
  private var literals: [Argument] = []
  private(set) var regions: [LiteralRegion] = []
  private(set) var references: [LiteralReference] = []

  /// Adds a literal. Its reference will stand at the index that is returned.
  mutating func add(_ literal: Argument) -> Int {
    literals.append(literal)
    return literals.count - 1
  }

  /// Finds out what the literals share, and fills ``regions`` and ``references``.
  ///
  /// Regions come in the order of the first literal in each.
  mutating func finish() throws(MIGraphXError) {
    var parts: [LiteralRegion] = []
    for literal in literals { parts.append(try LiteralRegion(literal)) }
    let owners = LiteralPool.owners(of: parts)
    var contents = ContentIndex()
    var known: [Int: Int] = [:]
    for (index, owner) in owners.enumerated() {
      let region: Int
      if let found = known[owner.first] {
        region = found
      } else {
        region = contents.index(of: owner.region, in: &regions)
        known[owner.first] = region
      }
      let start = owner.region.range.lowerBound
      references.append(
        LiteralReference(
          region: region,
          offset: parts[index].range.isEmpty ? 0 : literals[index].byteOffset - start))
    }
  }

  /// For each part the union of those that overlap with it, and the first part in that.
  private static func owners(
    of parts: [LiteralRegion]
  ) -> [(first: Int, region: LiteralRegion)] {
    var result = parts.enumerated().map { (first: $0.offset, region: $0.element) }
    let groups = Dictionary(grouping: parts.indices) { ObjectIdentifier(parts[$0].storage) }
    for group in groups.values {
      var members: [Int] = []
      func close(_ range: Range<Int>) {
        guard let first = members.min() else { return }
        var region = parts[first]
        region.range = range
        for member in members { result[member] = (first, region) }
        members = []
      }
      var union = 0..<0
      let sorted = group.sorted {
        (parts[$0].range.lowerBound, $0) < (parts[$1].range.lowerBound, $1)
      }
      for index in sorted where !parts[index].range.isEmpty {
        let range = parts[index].range
        if range.lowerBound < union.upperBound {
          union = union.lowerBound..<max(union.upperBound, range.upperBound)
        } else {
          close(union)
          union = range
        }
        members.append(index)
      }
      close(union)
    }
    return result
  }
}

/// Finds regions of equal contents.
private struct ContentIndex {
  private struct Key: Hashable {
    let count: Int
    let isText: Bool
    let sample: [UInt8]
  }

  private var candidates: [Key: [Int]] = [:]

  /// The index of a region in `regions` that holds what `region` does, which is added if there is none.
  mutating func index(of region: LiteralRegion, in regions: inout [LiteralRegion]) -> Int {
    let key = Key(
      count: region.range.count, isText: region.isText,
      sample: region.isText ? [] : region.storage.withBytes(region.range) { $0.sample })
    if let equal = candidates[key]?.first(where: { regions[$0].isEqual(to: region) }) {
      return equal
    }
    regions.append(region)
    candidates[key, default: []].append(regions.count - 1)
    return regions.count - 1
  }
}
