import Crypto
import Support

/// The section of literals in chunks, each of which is checked when something in it is first needed.
final class LiteralChunks: Sendable {
  private let file: MappedFile
  /// Where in the file the section lies.
  private let section: Range<Int>
  private let digests: [UInt8]
  /// The chunks that hold what they must.
  private let verified = Locked<Set<Int>>([])

  init(_ file: MappedFile, _ section: Range<Int>, digests: [UInt8]) {
    self.file = file
    self.section = section
    self.digests = digests
  }

  /// Checks the chunks with bytes of `range` that have not been checked.
  ///
  /// - Throws: `invalidFile` naming the first that is damaged.
  func verify(_ range: Range<Int>) throws(MIGraphXError) {
    if range.isEmpty { return }
    let chunks = range.lowerBound / MXR.chunkSize..<MXR.chunkCount(range.upperBound)
    let open = verified.withLock { known in chunks.filter { !known.contains($0) } }
    if open.isEmpty { return }
    let size = SHA256.byteCountOfDigest
    let (file, section) = (file, section)
    let seen = SHA256.digests(of: open, in: section.count) { chunk, body in
      let start = section.lowerBound
      file.withBytes(start + chunk.lowerBound..<start + chunk.upperBound) {
        (bytes) throws(Never) in body(bytes)
      }
    }
    for (index, chunk) in open.enumerated() {
      guard seen[index * size..<(index + 1) * size] == digests[chunk * size..<(chunk + 1) * size]
      else { throw Container.damaged("chunk \(chunk) of section \(SectionKind.literals)") }
    }
    verified.withLock { $0.formUnion(open) }
  }
}
