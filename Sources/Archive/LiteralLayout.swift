import Crypto
import Support
import Tensors

/// Where the regions of literals lie in a file.
struct LiteralTable: Codable {
  /// What holds a region.
  enum Place: String, Codable {
    /// The section of small literals.
    case small
    /// The section of small literals, as JSON.
    case text
    /// The section of literals, which is mapped.
    case large
  }

  struct Entry: Codable {
    let place: Place
    let offset: Int
    let count: Int
  }

  var regions: [Entry] = []

  /// Checks that each region lies in its section, behind the one before it.
  ///
  /// - Throws: `invalidFile` when one doesn't.
  func validate(smallCount: Int, largeCount: Int) throws(MIGraphXError) {
    var (small, large) = (0, 0)
    for (index, entry) in regions.enumerated() {
      let (start, end) = entry.place == .large ? (large, largeCount) : (small, smallCount)
      guard entry.offset >= start, entry.offset <= end, entry.offset % MXR.alignment == 0,
        entry.count >= 0, entry.count <= end - entry.offset
      else {
        throw MIGraphXError(
          .invalidFile,
          "region \(index) of the literals has \(entry.count) bytes from byte \(entry.offset); "
            + "bytes \(start) to \(end) are possible")
      }
      if entry.place == .large {
        large = entry.offset + entry.count
      } else {
        small = entry.offset + entry.count
      }
    }
  }
}

/// The literals' sections of a file that is to be written.
struct LiteralLayout: Sendable {
  private(set) var table = LiteralTable()
  /// The section of small literals.
  private(set) var small: [UInt8] = []
  /// The size of the section of literals.
  private(set) var largeCount = 0
  private var large: [(offset: Int, region: LiteralRegion)] = []

  /// Gives each region a place.
  init(_ regions: [LiteralRegion]) throws(MIGraphXError) {
    for region in regions {
      let count = region.range.count
      if region.isText {
        try append(JSON.bytes(of: Array(region.strings)), .text)
      } else if count <= MXR.smallLiteralSize {
        var bytes: [UInt8] = []
        region.storage.withBytes(region.range) { bytes.append(copying: $0) }
        append(bytes, .small)
      } else {
        let offset = largeCount + MXR.padding(after: largeCount)
        large.append((offset, region))
        table.regions.append(.init(place: .large, offset: offset, count: count))
        largeCount = offset + count
      }
    }
  }

  private mutating func append(_ bytes: [UInt8], _ place: LiteralTable.Place) {
    small.pad()
    table.regions.append(.init(place: place, offset: small.count, count: bytes.count))
    small += bytes
  }

  /// The digests of the chunks of the section of literals.
  var digests: [UInt8] {
    SHA256.digests(chunksOf: largeCount) { range, body in
      withBytes(range) { (bytes) throws(Never) in body(bytes) }
    }
  }

  /// Gives the bytes of a range of the section of literals, piece by piece, to `body`.
  func withBytes<Failure: Error>(
    _ range: Range<Int>, _ body: (RawSpan) throws(Failure) -> Void
  ) throws(Failure) {
    var position = range.lowerBound
    for (offset, region) in large[firstIndex(endingAfter: position)...] {
      if position >= range.upperBound { return }
      if position < offset {
        let count = min(offset, range.upperBound) - position
        try [UInt8](repeating: 0, count: count).withBytes(body)
        position += count
      }
      let end = min(offset + region.range.count, range.upperBound)
      if position < end {
        let start = region.range.lowerBound - offset
        try region.storage.withBytes(start + position..<start + end, body)
        position = end
      }
    }
  }

  /// The first large region of which something lies at or behind `position`.
  private func firstIndex(endingAfter position: Int) -> Int {
    var (low, high) = (0, large.count)
    while low < high {
      let middle = (low + high) / 2
      if large[middle].offset + large[middle].region.range.count > position {
        high = middle
      } else {
        low = middle + 1
      }
    }
    return low
  }
}
