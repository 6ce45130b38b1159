import Support
import Tensors

/// The literals of a file that was opened.
///
/// Large ones stay where they are in the file, and nothing is read of them until somebody verifies them.
final class LiteralStore: Sendable {
  private let table: LiteralTable
  private let small: [UInt8]
  private let file: MappedFile
  private let large: Range<Int>
  private let chunks: LiteralChunks
  /// The regions that were asked for, so that all who use one share its memory.
  private let storages = Locked<[Int: Storage]>([:])

  /// - Throws: `invalidFile` when a region doesn't lie in its section.
  init(
    _ table: LiteralTable, small: [UInt8], file: MappedFile, large: Range<Int>,
    _ chunks: LiteralChunks
  ) throws(MIGraphXError) {
    try table.validate(smallCount: small.count, largeCount: large.count)
    self.table = table
    self.small = small
    self.file = file
    self.large = large
    self.chunks = chunks
  }

  /// The tensor of the given shape whose first element `reference` names.
  ///
  /// - Throws: `invalidFile` when the file has no such region, `invalidArgument` when the tensor doesn't
  ///   fit into it.
  func argument(
    _ reference: LiteralReference, _ elementType: ElementType, lens: [Int], strides: [Int]
  ) throws(MIGraphXError) -> Argument {
    try Argument(
      storage(reference.region), elementType, lens: lens, strides: strides,
      byteOffset: reference.offset)
  }

  private func storage(_ index: Int) throws(MIGraphXError) -> Storage {
    if let known = storages.withLock({ $0[index] }) { return known }
    guard table.regions.indices.contains(index) else {
      throw MIGraphXError(
        .invalidFile, "region \(index) of the literals is needed; there are \(table.regions.count)")
    }
    let entry = table.regions[index]
    let range = entry.offset..<entry.offset + entry.count
    let made: Storage
    switch entry.place {
    case .small: made = try Storage.copying(small[range])
    case .text: made = Storage(strings: try JSON.value([String].self, from: small[range]))
    case .large:
      let chunks = chunks
      made = try Storage.mapping(
        file, large.lowerBound + range.lowerBound..<large.lowerBound + range.upperBound
      ) { () throws(MIGraphXError) in try chunks.verify(range) }
    }
    return storages.withLock { storages in
      let shared = storages[index] ?? made
      storages[index] = shared
      return shared
    }
  }
}
