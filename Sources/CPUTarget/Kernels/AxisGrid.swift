/// A dense tensor seen along one axis: how many elements lie before, along and behind it in memory.
struct AxisGrid: Sendable {
  let outer: Int
  let length: Int
  /// The elements between neighbours along the axis.
  let inner: Int

  /// - Parameter order: the axes in memory, outermost first.
  init(_ lens: [Int], order: [Int], axis: Int) {
    let position = order.firstIndex(of: axis) ?? 0
    outer = order[..<position].reduce(1) { $0 * lens[$1] }
    length = lens[axis]
    inner = order[(position + 1)...].reduce(1) { $0 * lens[$1] }
  }
}
