import CMIGraphX
import Support
import Tensors

/// Memory of a caller, who is told once when it is no longer in use.
final class BorrowedOwner: Sendable {
  private nonisolated(unsafe) let owner: UnsafeMutableRawPointer?
  private let release: migraphx_release_t?

  init(_ owner: UnsafeMutableRawPointer?, _ release: migraphx_release_t?) {
    self.owner = owner
    self.release = release
  }

  deinit { release?(owner) }

  /// A tensor on the memory at `data`, which is that of its element with index 0 along every axis.
  ///
  /// Strides that are no multiple of the element's size make it a copy.
  func argument(
    _ data: UnsafeMutableRawPointer?, _ shape: TensorShape, byteStrides: [Int]?
  ) throws(MIGraphXError) -> Argument {
    guard let byteStrides else { return try Argument(borrowing: data, shape) { _ = self } }
    let fixed = try shape.fixed("argument()")
    let lens = fixed.lens ?? []
    let width = max(1, fixed.elementType.byteCount(of: 1))
    guard !lens.isEmpty, !lens.contains(0) else {
      return try Argument(borrowing: data, TensorShape(fixed.standard)) { _ = self }
    }
    guard let data else { throw .badParameter("data", "Null pointer") }
    // How far the elements reach before and behind the first one, in bytes.
    var (before, behind) = (0, width)
    for (len, stride) in zip(lens, byteStrides) {
      let (reach, overflow) = (len - 1).multipliedReportingOverflow(by: stride)
      guard !overflow, reach.magnitude <= Shape.maximumByteCount else {
        throw .badParameter("byte_strides", "\(byteStrides) reach too far for sizes \(lens)")
      }
      if reach < 0 { before -= reach } else { behind += reach }
    }
    let storage = Storage(base: data - before, byteCount: before + behind) { _ = self }
    if byteStrides.allSatisfy({ $0 % width == 0 }) {
      return try Argument(
        storage, fixed.elementType, lens: lens, strides: byteStrides.map { $0 / width },
        byteOffset: before)
    }
    let copy = try Argument(zeros: fixed.standard)
    try copy.gather(width: width, byteStrides: byteStrides, from: data)
    return copy
  }
}

extension Argument {
  /// Fills this standard tensor with elements that lie at any distance of each other.
  fileprivate func gather(
    width: Int, byteStrides: [Int], from data: UnsafeMutableRawPointer
  ) throws(MIGraphXError) {
    let target = try address()
    var index = [Int](repeating: 0, count: lens.count)
    for position in 0..<elementCount {
      let offset = zip(index, byteStrides).reduce(0) { $0 + $1.0 * $1.1 }
      (target + position * width).copyMemory(from: data + offset, byteCount: width)
      for axis in index.indices.reversed() {
        index[axis] += 1
        if index[axis] < lens[axis] { break }
        index[axis] = 0
      }
    }
  }
}
