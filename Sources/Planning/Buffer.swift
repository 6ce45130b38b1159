import Support
import Tensors

/// Memory that something needs from one step of a run to another, both included.
public struct Buffer: Hashable, Sendable {
  /// What the memory is for; pictures show it.
  public var name: String
  /// The bytes that are needed; 0 for none.
  public var byteCount: Int
  /// The step that first writes the memory.
  public var firstStep: Int
  /// The last step that uses it.
  public var lastStep: Int

  /// Makes a buffer.
  public init(name: String, byteCount: Int, firstStep: Int, lastStep: Int) {
    self.name = name
    self.byteCount = byteCount
    self.firstStep = firstStep
    self.lastStep = lastStep
  }

  /// The buffer without its name, in units of `alignment` bytes.
  func block(alignment: Int) throws(MIGraphXError) -> Block {
    guard byteCount >= 0, firstStep <= lastStep else {
      throw MIGraphXError(
        .invalidArgument,
        "buffer '\(name)' has \(byteCount) bytes from step \(firstStep) to step \(lastStep)")
    }
    guard byteCount <= Shape.maximumByteCount else {
      throw MIGraphXError(
        .limitExceeded,
        "buffer '\(name)' has \(byteCount) bytes; at most \(Shape.maximumByteCount) are possible")
    }
    return Block(
      size: (byteCount + alignment - 1) / alignment, first: firstStep, last: lastStep)
  }
}

/// What decides where a buffer may lie.
struct Block {
  let size: Int
  let first: Int
  let last: Int
}
