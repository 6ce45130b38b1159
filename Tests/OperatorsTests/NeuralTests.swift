import IR
import Operators
import Support
import Tensors
import Testing

@Suite struct NeuralTests {
  @Test(arguments: PoolingCases.all)
  func pools(_ one: NeuralCase) throws {
    try one.check()
    try one.check(.double)
  }

  /// ONNX Runtime decides ties of positions in `Float`, as we do, so that the elements are the same.
  @Test(arguments: ResizeCases.nearest)
  func nearestResize(_ one: NeuralCase) throws {
    try one.check(tolerance: 0)
    try one.check(.half, tolerance: 0)
  }

  /// ONNX Runtime interpolates with weights in `Float`, near 1 to 6e-8, of positions near 6 to 5e-7.
  @Test(arguments: ResizeCases.others)
  func otherResize(_ one: NeuralCase) throws { try one.check(tolerance: 4e-6) }

  @Test func maximaOfExtremes() throws {
    let op = Pooling(mode: .max, padding: [0, 0], stride: [1], lengths: [2])
    let x = try floats([-.infinity, -.infinity, .nan, 1, 2], 1, 1, 5)
    let found = try run(op, [x])[0].elements(as: Float.self)
    #expect(found[0] == -.infinity && found[1].isNaN && found[2].isNaN && found[3] == 2)
    let bytes = try Argument([Int8]([-128, -3, -7]), lens: [1, 1, 3])
    #expect(try run(op, [bytes])[0].elements(as: Int8.self) == [-3, -3])
    let words = try Argument([UInt64]([1, .max, 1 << 63]), lens: [1, 1, 3])
    #expect(try run(op, [words])[0].elements(as: UInt64.self) == [.max, .max])
    // No tap of a dilated window need lie in a small input.
    let dilated = Pooling(mode: .max, padding: [1, 1], stride: [1], lengths: [2], dilations: [2])
    let empty = try run(dilated, [try floats([5], 1, 1, 1)])[0]
    #expect(empty.elements(as: Float.self) == [-Float.greatestFiniteMagnitude])
  }

  @Test func globalPooling() throws {
    let x = try floats([1, 2, 3, 4, -1, -2, -3, -10], 1, 2, 2, 2)
    func pool(_ mode: PoolingMode) throws -> Argument {
      try run(
        Pooling(mode: mode, padding: [], stride: [], lengths: [], lpOrder: 1, global: true), [x])[0]
    }
    expectClose(try pool(.average), [2.5, -4], lens: [1, 2, 1, 1])
    expectClose(try pool(.max), [4, -1], lens: [1, 2, 1, 1])
    expectClose(try pool(.lpnorm), [10, 16], lens: [1, 2, 1, 1])
  }

  @Test func batchNormalisation() throws {
    let variance = try floats([0.5, 2], 2)
    let parameters = try [2, 3, 4].map { try pattern([2], seed: $0) } + [variance]
    let found = try run(
      BatchNormInference(epsilon: 1e-3), [try pattern([2, 2, 3], seed: 1)] + parameters)[0]
    expectClose(
      found,
      [
        -1.706401, 0.7660017, -1.3532, 0.8383663, 0.2198024, 0.75, -0.6467997, -2.766002,
        -0.2935994, 0.5732675, -0.04529637, 0.4849012,
      ], lens: [2, 2, 3])
    let one = try floats([1], 1)
    let single = try run(
      BatchNormInference(epsilon: 0), [try floats([1, 5], 2), one, one, one, try floats([4], 1)])[0]
    expectClose(single, [1, 3], lens: [2])
  }

  @Test func symbolicSizes() throws {
    let n = Dimension(Symbol("N"))
    let h = Dimension(Symbol("H", minimum: 2))
    let x = Shape(.float, [n, 3, h, 10])
    let pool = Pooling(mode: .max, padding: [1, 1, 1, 1], stride: [2, 2], lengths: [3, 3])
    #expect(
      try infer(pool, [x])[0].dimensions == [n, 3, (h - 1).floorDivided(by: 2) + 1, 5])
    let ceil = Pooling(
      mode: .max, padding: [0, 0], stride: [2, 2], lengths: [2, 2], ceilMode: true)
    #expect(try infer(ceil, [x])[0].dimensions == [n, 3, h.ceilDivided(by: 2), 5])
    let global = Pooling(mode: .average, padding: [], stride: [], lengths: [], global: true)
    #expect(try infer(global, [x])[0].dimensions == [n, 3, 1, 1])
    func resized(_ scale: Float) throws -> Dimension {
      try infer(Resize(mode: "nearest", scales: [1, 1, scale, 1]), [x])[0].dimensions[2]
    }
    #expect(try resized(2) == 2 * h)
    #expect(try resized(0.5) == h.floorDivided(by: 2))
    #expect(try resized(1 / 3) == h.floorDivided(by: 3))
    #expect(try resized(1.5) == (3 * h).floorDivided(by: 2))
    #expect(try resized(0.123456).symbol?.name.hasPrefix("fresh") == true)
    let given = Resize(mode: "nearest", sizes: [n, 3, 2 * h, 7])
    #expect(try infer(given, [x])[0].dimensions == [n, 3, 2 * h, 7])
  }

  /// What symbols promise is what running gives, for every scale that symbols express.
  @Test func scaledSizesAgree() throws {
    let h = Symbol("H")
    for (p, q) in [(2, 1), (3, 2), (1, 3), (2, 3), (4, 3), (7, 3), (1, 7), (5, 8), (13, 5)] {
      let scale = Float(p) / Float(q)
      let op = Resize(mode: "nearest", scales: [scale])
      let symbolic = try infer(op, [Shape(.float, [Dimension(h)])])[0].dimensions[0]
      guard symbolic.symbols == [h] else { continue }
      for size in 0...300 {
        let fixed = try infer(op, [Shape(.float, lens: [size])])[0].dimensions[0].constant
        #expect(symbolic.evaluated { _ in size } == fixed, "\(size) * \(scale)")
      }
    }
  }

  @Test func resizeByInput() throws {
    let x = try floats([1, 2, 3, 4], 2, 2)
    let op = Resize(mode: "nearest", coordinateTransformationMode: "asymmetric")
    let sizes = try Argument([Int64]([2, 4]), lens: [2])
    let wide: [Float] = [1, 1, 2, 2, 3, 3, 4, 4]
    expectClose(try run(op, [x, sizes])[0], wide, lens: [2, 4], tolerance: 0)
    expectClose(try run(op, [x, try floats([1, 2], 2)])[0], wide, lens: [2, 4], tolerance: 0)
    var context = InferenceContext(
      operandContents: [nil, SymbolicContents([2, Dimension(Symbol("W"))])], origin: "test",
      symbolPrefix: "fresh")
    let types = try op.inferTypes([.tensor(x.shape), .tensor(sizes.shape)], in: &context)
    #expect(types[0].shape?.dimensions == [2, Dimension(Symbol("W"))])
    for hostile in [[Int64.max, 2], [-1, 2], [1 << 40, 1]] {
      let sizes = try Argument(hostile, lens: [2])
      #expect(throws: MIGraphXError.self) { try run(op, [x, sizes]) }
    }
    for hostile: [Float] in [[.nan, 1], [0, 1], [-1, 1], [.infinity, 1], [1e30, 1]] {
      let scales = try Argument(hostile, lens: [2])
      #expect(throws: MIGraphXError.self) { try run(op, [x, scales]) }
    }
    let empty = try floats([], 0, 2)
    #expect(try run(op, [empty, try floats([2, 2], 2)])[0].lens == [0, 4])
    #expect(throws: MIGraphXError.self) { try run(op, [empty, sizes]) }
  }

  @Test func text() throws {
    let pool = Pooling(mode: .max, padding: [1, 1, 1, 1], stride: [2, 2], lengths: [3, 3])
    #expect(
      pool.text
        == "pooling[mode=max,padding={1, 1, 1, 1},stride={2, 2},lengths={3, 3},ceil_mode=0,"
        + "lp_order=2,global=0]")
    #expect(
      BatchNormInference().text == "batch_norm_inference[epsilon=1e-05,momentum=0.9,bn_mode=1]")
    let registry = OperatorRegistry.standard
    let operators: [any Operator] = [
      Pooling(
        mode: .average, padding: [0], stride: [1], lengths: [2], dilations: [2],
        countIncludePad: true, paddingMode: .sameUpper),
      Resize(mode: "cubic", scales: [1, 2.5], excludeOutside: true),
      Resize(mode: "linear", sizes: [1, 7]),
      LSTM(hiddenSize: 3, direction: .bidirectional, activationAlpha: [0.5]),
    ]
    for op in operators {
      #expect(try registry.make(op.name, op.attributes).isEqual(to: op), "\(op.text)")
    }
  }

  @Test(arguments: [
    RefusedCase("rank 2", Pooling(), [[4, 4]]),
    RefusedCase("bool", Pooling(), [[1, 1, 4, 4]], type: .bool),
    RefusedCase("average of integers", Pooling(), [[1, 1, 4, 4]], type: .int32),
    RefusedCase("window above input", pooling(lengths: [5, 1]), [[1, 1, 4, 4]]),
    RefusedCase("stride 0", pooling(stride: [0, 1]), [[1, 1, 4, 4]], code: .invalidArgument),
    RefusedCase(
      "huge window", pooling(lengths: [.max, 1]), [[1, 1, 4, 4]], code: .invalidArgument),
    RefusedCase("window of 0", pooling(lengths: [0, 1]), [[1, 1, 4, 4]], code: .invalidArgument),
    RefusedCase(
      "padding above window", pooling(padding: [1, 0]), [[1, 1, 4, 4]], code: .invalidArgument),
    RefusedCase(
      "huge padding", pooling(padding: [.max, 0]), [[1, 1, 4, 4]], code: .invalidArgument),
    RefusedCase(
      "three lengths", pooling(lengths: [1, 1, 1]), [[1, 1, 4, 4]], code: .invalidArgument),
    RefusedCase(
      "order 0", Pooling(mode: .lpnorm, padding: [0], stride: [1], lengths: [1], lpOrder: 0),
      [[1, 1, 4]], code: .invalidArgument),
    RefusedCase("four inputs", BatchNormInference(), [[1, 2], [2], [2], [2]]),
    RefusedCase("channels", BatchNormInference(), [[1, 2], [2], [2], [3], [2]]),
    RefusedCase("integers", BatchNormInference(), [[1, 2], [2], [2], [2], [2]], type: .int32),
    RefusedCase("matrix", BatchNormInference(), [[1, 2], [2], [2], [2], [2, 1]]),
    RefusedCase(
      "per activation", BatchNormInference(epsilon: 0, bnMode: 0), [[1, 2], [2], [2], [2], [2]],
      code: .unsupported),
    RefusedCase("no sizes", Resize(), [[2, 2]], code: .invalidArgument),
    RefusedCase(
      "both", Resize(mode: "nearest", scales: [1], sizes: [1]), [[2]], code: .invalidArgument),
    RefusedCase(
      "one scale", Resize(mode: "nearest", scales: [1]), [[2, 2]], code: .invalidArgument),
    RefusedCase(
      "negative scale", Resize(mode: "nearest", scales: [-1]), [[2]], code: .invalidArgument),
    RefusedCase("huge scale", Resize(mode: "nearest", scales: [1e38]), [[2]], code: .limitExceeded),
    RefusedCase(
      "negative size", Resize(mode: "nearest", sizes: [-1]), [[2]], code: .invalidArgument),
    RefusedCase("mode", Resize(mode: "best", sizes: [1]), [[2]], code: .invalidArgument),
    RefusedCase(
      "crop",
      Resize(mode: "linear", coordinateTransformationMode: "tf_crop_and_resize", sizes: [1]), [[2]],
      code: .invalidArgument),
    RefusedCase("two inputs", LSTM(), [[1, 1, 1], [1, 4, 1]]),
    RefusedCase("rank of X", LSTM(), [[1, 1], [1, 4, 1], [1, 4, 1]]),
    RefusedCase("size of W", LSTM(), [[1, 1, 1], [1, 4, 2], [1, 4, 1]]),
    RefusedCase("integers", LSTM(), [[1, 1, 1], [1, 4, 1], [1, 4, 1]], type: .int32),
    RefusedCase("float lengths", LSTM(), [[1, 1, 1], [1, 4, 1], [1, 4, 1], [1, 8], [1]]),
    RefusedCase(
      "hidden size", LSTM(hiddenSize: .max), [[1, 1, 1], [1, 4, 1], [1, 4, 1]],
      code: .invalidArgument),
    RefusedCase(
      "two functions", LSTM(hiddenSize: 1, activations: ["tanh", "tanh"]),
      [[1, 1, 1], [1, 4, 1], [1, 4, 1]], code: .invalidArgument),
    RefusedCase(
      "function", LSTM(hiddenSize: 1, activations: ["tanh", "tan", "tanh"]),
      [[1, 1, 1], [1, 4, 1], [1, 4, 1]], code: .invalidArgument),
  ])
  func refused(_ one: RefusedCase) { one.check() }
}

private func pooling(
  padding: [Int] = [0, 0], stride: [Int] = [1, 1], lengths: [Int] = [1, 1]
) -> Pooling {
  Pooling(mode: .max, padding: padding, stride: stride, lengths: lengths)
}
