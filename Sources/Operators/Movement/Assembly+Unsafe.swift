import Support
import Tensors

/// Runs of elements that go from one tensor to another. Positions count in row-major order.
struct Piece {
  /// Where the elements come from.
  var source: Argument
  /// The number of runs.
  var runs: Int
  /// The elements of each run.
  var length: Int
  /// Where a run starts in the source.
  var from: (Int) -> Int
  /// Where a run starts in the result.
  var to: (Int) -> Int
}

/// Makes a standard tensor of copied runs; what no run covers is zero or empty text.
///
/// - Throws: `limitExceeded` when the tensor is too large, `invalidArgument` when a run lies outside.
func assemble(
  _ type: ElementType, lens: [Int], from pieces: [Piece]
) throws(MIGraphXError) -> Argument {
  let shape = Shape(type, lens: lens)
  try checkMemory(shape)
  let width = type.byteCount(of: 1)
  let count = lens.reduce(1, *)
  if type == .string { return try assembleStrings(count, lens: lens, from: pieces) }
  let result = try Argument(zeros: shape)
  for piece in pieces where piece.length > 0 && piece.runs > 0 {
    try piece.source.withDenseBytes { (source) throws(MIGraphXError) in
      try unsafe source.withUnsafeBytes { (bytes) throws(MIGraphXError) in
        try unsafe result.storage.withUnsafeMutableBytes { (target) throws(MIGraphXError) in
          guard let start = bytes.baseAddress, let end = target.baseAddress else {
            throw piece.outside(0)
          }
          for run in 0..<piece.runs {
            let (from, to) = (piece.from(run), piece.to(run))
            guard from >= 0, to >= 0, from + piece.length <= bytes.count / width,
              to + piece.length <= count
            else { throw piece.outside(run) }
            unsafe (end + to * width).copyMemory(
              from: start + from * width, byteCount: piece.length * width)
          }
        }
      }
    }
  }
  return result
}

private func assembleStrings(
  _ count: Int, lens: [Int], from pieces: [Piece]
) throws(MIGraphXError) -> Argument {
  var strings = [String](repeating: "", count: count)
  for piece in pieces where piece.length > 0 {
    let source = piece.source.stringElements
    for run in 0..<piece.runs {
      let (from, to) = (piece.from(run), piece.to(run))
      guard from >= 0, to >= 0, from + piece.length <= source.count, to + piece.length <= count
      else { throw piece.outside(run) }
      strings.replaceSubrange(to..<to + piece.length, with: source[from..<from + piece.length])
    }
  }
  return try Argument(strings: strings, lens: lens)
}

extension Piece {
  fileprivate func outside(_ run: Int) -> MIGraphXError {
    MIGraphXError(
      .invalidArgument,
      "\(length) elements from \(from(run)) to \(to(run)) lie outside of (\(source.shape)) or its result"
    )
  }
}
