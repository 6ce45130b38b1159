import Dispatch

/// Makes an array of `rows * rowLength` elements, each row filled by `body` on any of the machine's cores.
///
/// - Parameters:
///   - zero: the value that every element has before `body` runs.
///   - body: called once per row with the row's index and its elements; not at all when these are none.
public func parallelRows<Element: BitwiseCopyable & Sendable>(
  _ rows: Int, of rowLength: Int, repeating zero: Element,
  _ body: @Sendable (Int, inout MutableSpan<Element>) -> Void
) -> [Element] {
  unsafe [Element](unsafeUninitializedCapacity: rows * rowLength) { buffer, count in
    unsafe buffer.initialize(repeating: zero)
    let elements = unsafe SharedBuffer(buffer: buffer)
    DispatchQueue.concurrentPerform(iterations: rowLength == 0 ? 0 : rows) { row in
      let range = row * rowLength..<(row + 1) * rowLength
      let slice = unsafe UnsafeMutableBufferPointer(rebasing: elements.buffer[range])
      var span = unsafe slice.mutableSpan
      body(row, &span)
    }
    count = rows * rowLength
  }
}

/// Runs `body` for each number below `count` on any of the machine's cores, and returns when all are done.
public func parallelTasks(_ count: Int, _ body: @Sendable (Int) -> Void) {
  DispatchQueue.concurrentPerform(iterations: count, execute: body)
}

/// Carries a buffer into concurrent closures, which touch disjoint parts of it.
@unsafe private struct SharedBuffer<Element>: @unchecked Sendable {
  let buffer: UnsafeMutableBufferPointer<Element>
}
