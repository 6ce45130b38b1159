import Support
import Tensors

/// A tensor seen as rows of elements along some axes, one row for each index of the others.
///
/// Rows are numbered, and the elements in a row ordered, as in row-major order of the axes concerned.
struct Rows<Domain: ScalarDomain>: Sendable {
  /// The number of rows.
  let count: Int
  /// The number of elements in each row.
  let length: Int
  private let view: Argument
  private let reader: ElementReader<Domain>
  /// The axes in the order of `view`: those of the rows' numbers, then those along the rows.
  private let order: [Int]

  /// The elements that one task handles, or one row if that has more.
  private static var taskLength: Int { 1 << 14 }
  private static var blockLength: Int { 1024 }

  /// - Parameter axes: the axes along the rows, each at most once.
  init(_ argument: Argument, along axes: [Int]) throws(MIGraphXError) {
    order = argument.lens.indices.filter { !axes.contains($0) } + axes.sorted()
    view = try argument.view(
      lens: order.map { argument.lens[$0] }, strides: order.map { argument.strides[$0] })
    reader = ElementReader(view)
    length = axes.reduce(1) { $0 * argument.lens[$1] }
    count = order.dropLast(axes.count).reduce(1) { $0 * argument.lens[$1] }
  }

  /// The elements of row `index`.
  func row(_ index: Int) -> [Domain] { reader.read(index * length, length) }

  /// Folds each row into one element of a tensor of `type` with sizes `lens`, which has `count` elements.
  ///
  /// - Throws: `limitExceeded` when the result is too large.
  func fold<State: Sendable, Value: ScalarDomain>(
    to type: ElementType, lens: [Int], from initial: State,
    _ combine: @Sendable (inout State, Domain) -> Void, finish: @Sendable (State) -> Value
  ) throws(MIGraphXError) -> Argument {
    let writer = try ElementWriter(type, lens: lens)
    forEachTask { rows in
      var values: [Value] = []
      values.reserveCapacity(rows.count)
      if length == 0 {
        values = rows.map { _ in finish(initial) }
      }
      var (state, left) = (initial, length)
      let end = rows.upperBound * length
      for start in stride(from: rows.lowerBound * length, to: end, by: Rows.blockLength) {
        for value in reader.read(start, min(Rows.blockLength, end - start)) {
          combine(&state, value)
          left -= 1
          if left == 0 {
            values.append(finish(state))
            (state, left) = (initial, length)
          }
        }
      }
      writer.write(values, at: rows.lowerBound)
    }
    return writer.argument
  }

  /// Replaces each row by what `body` makes of it, of the same length.
  ///
  /// - Throws: `limitExceeded` when the result is too large.
  func map(_ body: @Sendable ([Domain]) -> [Domain]) throws(MIGraphXError) -> Argument {
    let writer = try ElementWriter(view.elementType, lens: view.lens)
    if length > 0 {
      forEachTask { rows in
        for row in rows { writer.write(body(self.row(row)), at: row * length) }
      }
    }
    let result = writer.argument
    var (lens, strides) = (result.lens, result.strides)
    for (position, axis) in order.enumerated() {
      lens[axis] = result.lens[position]
      strides[axis] = result.strides[position]
    }
    return try result.view(lens: lens, strides: strides).contiguous()
  }

  private func forEachTask(_ body: @Sendable (Range<Int>) -> Void) {
    let step = max(1, Rows.taskLength / max(1, length))
    parallelTasks((count + step - 1) / step) { task in
      body(task * step..<min(count, (task + 1) * step))
    }
  }
}
