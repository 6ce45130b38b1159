import Operators
import Support
import Tensors

/// What a tile kernel does to a sum besides making it: adds a number for its column, adds a tensor, and limits.
struct Epilogue: Sendable {
  /// One number for each column; none if nil.
  var bias: [Float]?
  /// Whether the kernel's last operand is added.
  var addsResidual = false
  var limits = Limits()
  /// The names of the operators that it stands for.
  var names: [String] = []
}

/// A kernel's constants that are ready for tiles.
struct PackedBias: Sendable {
  let argument: Argument

  /// The numbers for each part's columns, zeros if there are none, each part padded to a multiple of `width`.
  ///
  /// - Throws: `system` when there is no memory.
  init(
    _ bias: [Float]?, parts: Int, columns: Int, width: Int
  ) throws(MIGraphXError) {
    let padded = PackedBias.padded(columns, to: width)
    var numbers = [Float](repeating: 0, count: parts * padded)
    if let bias {
      for part in 0..<parts {
        for column in 0..<columns {
          numbers[part * padded + column] = bias[part * columns + column]
        }
      }
    }
    argument = try Argument(numbers, lens: [numbers.count])
  }

  static func padded(_ columns: Int, to width: Int) -> Int {
    (columns + width - 1) / width * width
  }
}
