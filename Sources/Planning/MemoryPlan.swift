import Support
import Tensors

/// Where buffers lie in one arena: two that are live at one step never overlap.
public struct MemoryPlan: Sendable {
  /// Offsets are multiples of this number of bytes, and so is the arena's size.
  public static let alignment = 64

  /// The buffers in the order in which they were given.
  public let buffers: [Buffer]
  /// For each buffer the distance in bytes from the start of the arena.
  public let offsets: [Int]
  /// The bytes of the arena.
  public let byteCount: Int
  /// The largest sum of bytes, each buffer's rounded up to the alignment, that are live at any step: no arena can
  /// be smaller.
  public let lowerBound: Int

  /// Places `buffers`. Equal buffers give equal plans.
  ///
  /// - Throws: `invalidArgument` when a buffer ends before it begins or its size is negative, `limitExceeded` when
  ///   more memory is needed than can be.
  public init(_ buffers: [Buffer]) throws(MIGraphXError) {
    var blocks: [Block] = []
    blocks.reserveCapacity(buffers.count)
    // Offsets never exceed the sum of all sizes.
    var total = 0
    for buffer in buffers {
      let block = try buffer.block(alignment: MemoryPlan.alignment)
      blocks.append(block)
      let (sum, overflow) = total.addingReportingOverflow(block.size)
      guard !overflow, sum <= Int.max / MemoryPlan.alignment else {
        throw MIGraphXError(.limitExceeded, "the sizes of \(buffers.count) buffers are absurd")
      }
      total = sum
    }
    let placement = Placement(blocks)
    self.buffers = buffers
    offsets = placement.offsets.map { $0 * MemoryPlan.alignment }
    byteCount = placement.height * MemoryPlan.alignment
    lowerBound = placement.lowerBound * MemoryPlan.alignment
    guard byteCount <= Shape.maximumByteCount else {
      throw MIGraphXError(
        .limitExceeded,
        "\(byteCount) bytes are needed at once; at most \(Shape.maximumByteCount) are possible")
    }
  }
}
