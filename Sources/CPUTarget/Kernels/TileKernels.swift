import Codegen
import Support

/// The tile kernels of one instruction set: every number of rows up to the most that registers hold.
struct TileKernels: Sendable {
  let set: InstructionSet
  /// The most rows of a tile.
  let maximumRows: Int
  /// By rows less one, then by vectors less one.
  private let kernels: [Kernel]

  static let maximumVectors = 2

  /// The columns of the widest tile.
  var columns: Int { TileKernels.maximumVectors * set.lanes }

  subscript(rows: Int, vectors: Int) -> Kernel {
    kernels[(rows - 1) * TileKernels.maximumVectors + vectors - 1]
  }

  /// Loads the kernels of `kind`, which are the same for all sizes.
  ///
  /// - Throws: `codeGeneration` when one has to be compiled and can't.
  init(
    _ kind: TileKernel.Kind, _ set: InstructionSet, from library: KernelLibrary
  ) throws(MIGraphXError) {
    self.set = set
    // Sums, the vectors of the right operand and one factor stay in registers; without fused
    // multiply-add a product needs one too.
    switch set {
    case .sse42: maximumRows = 4
    case .avx2: maximumRows = kind == .product ? 6 : 5
    case .avx512: maximumRows = kind == .product ? 14 : 8
    }
    var sources: [KernelSource] = []
    for rows in 1...maximumRows {
      for vectors in 1...TileKernels.maximumVectors {
        // Small tiles leave registers free for more sums.
        var sums = kind == .product ? TileKernel.unrolling : 1
        while sums * rows * vectors > maximumRows * TileKernels.maximumVectors { sums /= 2 }
        sources.append(
          TileKernel(kind: kind, rows: rows, vectors: vectors, sums: sums).source(set))
      }
    }
    kernels = try library.kernels(sources)
  }
}
