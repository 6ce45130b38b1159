import IR
import Operators
import Support
import Tensors
import Testing

@testable import CPUTarget

@Suite struct RowKernelTests {
  static let lengths = [1, 3, 4, 7, 15, 16, 17, 64, 255, 1000]

  @Test(arguments: lengths) func layerNorm(_ length: Int) throws {
    let x = try numbers([2, 3, length])
    let (scale, bias) = (try numbers([length], seed: 2), try numbers([length], seed: 3))
    for operands in [[x, scale], [x, scale, bias]] {
      let program = try makeProgram(operands) { module, x in
        Value(try module.add(LayerNorm(axis: -1, epsilon: 1e-3), x))
      }
      try expectAgreement(program, operands, tolerance: 4e-6, runs: ["cpu::layernorm"])
    }
  }

  /// Rows over several axes, and views.
  @Test func views() throws {
    let large = try numbers([4, 6, 5])
    let x = try large.view(lens: [5, 6, 4], strides: [1, 5, 30])
    let scale = try numbers([6, 4], seed: 2)
    let norm = try makeProgram([x, scale]) { module, x in
      try module.add(LayerNorm(axis: 1), x[0], x[1])
    }
    try expectAgreement(norm, [x, scale], tolerance: 4e-6, runs: ["cpu::layernorm"])
  }

  @Test func reshapes() throws {
    let x = try numbers([4, 6, 5]).view(lens: [5, 6, 4], strides: [1, 5, 30])
    let program = try makeProgram([x]) { module, x in
      let copy = try module.add(Contiguous(), x[0])
      return try module.add(Add(), copy, module.add(Reshape(sizes: [5, 6, 4]), x[0]))
    }
    try expectAgreement(program, [x], runs: ["cpu::contiguous", "cpu::reshape", "cpu::add"])
    // A size of the result is a symbol whose value only the run knows.
    let n = Dimension(Symbol("n", minimum: 1))
    var module = Module()
    let open = try module.addParameter(
      "x", Shape(.float, [n, 3, 4], strides: [12, 1, 3]))
    try module.addReturn([try module.add(Reshape(sizes: [n, 12]), open)])
    let large = try numbers([2, 4, 3]).view(lens: [2, 3, 4], strides: [12, 1, 3])
    try expectAgreement(Program(main: module), [large], tolerance: 0, runs: ["cpu::reshape"])
    let codes = try Argument((0..<24).map { Int64($0) }, lens: [4, 6])
      .view(lens: [6, 4], strides: [1, 6])
    let flat = try makeProgram([codes]) { module, x in
      try module.add(Reshape(sizes: [24]), x[0])
    }
    try expectAgreement(flat, [codes], tolerance: 0, runs: ["cpu::reshape"])
  }
}

@Suite struct PoolingKernelTests {
  @Test(arguments: [PoolingMode.average, .max]) func windows(_ mode: PoolingMode) throws {
    let ops = [
      Pooling(mode: mode, padding: [1, 1], stride: [2, 2], lengths: [3, 3]),
      Pooling(mode: mode, padding: [0, 0], stride: [2, 2], lengths: [2, 2], ceilMode: true),
      Pooling(mode: mode, padding: [0, 2, 1, 0], stride: [1, 3], lengths: [2, 3]),
      Pooling(
        mode: mode, padding: [1, 1], stride: [1, 2], lengths: [3, 2], countIncludePad: true),
      Pooling(mode: mode, padding: [], stride: [], lengths: [], global: true),
    ]
    for op in ops {
      for channels in [1, 7, 33] {
        let x = try numbers([2, channels, 9, 11])
        let last = try numbers([2, 9, 11, channels])
        let view = try last.view(
          lens: x.lens, strides: [last.strides[0], 1, last.strides[1], last.strides[2]])
        for input in [x, view] {
          let program = try makeProgram([input]) { module, x in try module.add(op, x[0]) }
          try expectAgreement(program, [input], runs: ["cpu::pooling"])
        }
      }
    }
  }

  @Test func otherRanksAndValues() throws {
    let elements: [Float] = [1, .nan, 3, -.infinity, 5, .infinity, -1, -2]
    let line = try Argument(elements, lens: [1, 1, 8])
    for mode in [PoolingMode.average, .max] {
      let program = try makeProgram([line]) { module, x in
        try module.add(Pooling(mode: mode, padding: [1], stride: [1], lengths: [2]), x[0])
      }
      try expectAgreement(program, [line], runs: ["cpu::pooling"])
    }
    let volume = try numbers([1, 5, 4, 5, 6])
    let program = try makeProgram([volume]) { module, x in
      try module.add(
        Pooling(mode: .max, padding: [0, 1, 1], stride: [1, 2, 2], lengths: [2, 3, 3]), x[0])
    }
    try expectAgreement(program, [volume], runs: ["cpu::pooling"])
  }

  /// What padding counts in beyond its end, and what lies apart, is left to evaluation.
  @Test func otherKinds() throws {
    let x = try numbers([1, 2, 6, 6])
    let ops = [
      Pooling(
        mode: .average, padding: [1, 1], stride: [2, 2], lengths: [3, 3], ceilMode: true,
        countIncludePad: true),
      Pooling(mode: .max, padding: [0, 0], stride: [1, 1], lengths: [2, 2], dilations: [2, 2]),
      Pooling(mode: .lpnorm, padding: [0, 0], stride: [1, 1], lengths: [2, 2]),
    ]
    for op in ops {
      let program = try makeProgram([x]) { module, x in try module.add(op, x[0]) }
      try expectAgreement(program, [x], runs: ["pooling"])
    }
  }
}
