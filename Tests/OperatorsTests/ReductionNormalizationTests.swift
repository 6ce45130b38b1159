import IR
import Operators
import Support
import Tensors
import Testing

private typealias T = PointwiseTesting

/// Expected values come from NumPy in 64 bits, printed with 9 digits after the point.
@Suite("Softmax, LogSoftmax and LayerNorm")
struct ReductionNormalizationTests {
  /// `[2, 3, 4]`
  static let x: [Double] = [
    0.0, 0.30000001192092896, -0.27000001072883606, -0.8899999856948853, -0.44999998807907104,
    -0.9900000095367432, 0.05999999865889549, 1.340000033378601, -0.49000000953674316,
    -0.6200000047683716, 0.49000000953674316, 0.36000001430511475, 0.10999999940395355,
    -0.9300000071525574, -0.029999999329447746, 0.699999988079071, -1.340000033378601,
    -0.46000000834465027, -1.899999976158142, -1.2899999618530273, -1.840000033378601,
    -0.23999999463558197, -1.2699999809265137, 0.27000001072883606,
  ]
  static let softmax: [[Double]] = [
    [
      0.472527696, 0.773818578, 0.440286348, 0.169383901, 0.708890182, 0.370516888, 0.87653295,
      0.932767549, 0.794129632, 0.406126895, 0.853209659, 0.522484826, 0.527472304, 0.226181422,
      0.559713652, 0.830616099, 0.291109818, 0.629483112, 0.12346705, 0.067232451, 0.205870368,
      0.593873105, 0.146790341, 0.477515174,
    ],
    [
      0.444394169, 0.597446581, 0.220787379, 0.072515216, 0.283358236, 0.164459585, 0.30710821,
      0.67438181, 0.272247595, 0.238093835, 0.472104411, 0.253102974, 0.726298511, 0.217688982,
      0.692756865, 0.559533045, 0.170368045, 0.348301107, 0.106770227, 0.076485612, 0.103333443,
      0.434009911, 0.200472907, 0.363981343,
    ],
    [
      0.283776975, 0.383058854, 0.216629522, 0.116534649, 0.108254491, 0.063085114, 0.180275249,
      0.648385145, 0.145302403, 0.127589377, 0.387151902, 0.339956318, 0.248336067, 0.087775545,
      0.215893005, 0.447995383, 0.198673653, 0.478982264, 0.113484198, 0.208859884, 0.062619206,
      0.310154969, 0.110727484, 0.516498341,
    ],
  ]
  static let logSoftmax: [[Double]] = [
    [
      -0.749658918, -0.256417829, -0.820329973, -1.775587539, -0.344054656, -0.992856254,
      -0.131780983, -0.069599253, -0.230508566, -0.90108962, -0.158749972, -0.649159337,
      -0.639658919, -1.486417848, -0.580329962, -0.185587565, -1.234054701, -0.462856253,
      -2.091780958, -2.699599248, -1.58050859, -0.52108961, -1.918749962, -0.739159341,
    ],
    [
      -0.811043342, -0.515090404, -1.510555128, -2.623958863, -1.26104333, -1.805090425,
      -1.180555118, -0.393958844, -1.301043352, -1.43509042, -0.750555107, -1.373958863,
      -0.319794176, -1.524687922, -0.367076185, -0.580652691, -1.769794209, -1.054687923,
      -2.237076162, -2.570652641, -2.269794209, -0.834687909, -1.607076167, -1.010652668,
    ],
    [
      -1.259566648, -0.959566636, -1.529566658, -2.149566633, -2.223270421, -2.763270443,
      -1.713270434, -0.4332704, -1.92893817, -2.058938165, -0.948938151, -1.078938146, -1.392972341,
      -2.432972348, -1.53297234, -0.802972353, -1.616091734, -0.736091709, -2.176091676,
      -1.566091662, -2.770683246, -1.170683207, -2.200683194, -0.660683202,
    ],
  ]
  static let layerNorm: [Double] = [
    0.58998593, 0.786843633, 0.550690547, -4.214983768, -0.409647179, -0.367561646, 0.137839556,
    5.091070748, -0.759797332, -0.361397073, -1.945588291, 2.979391995, 0.3527454, -0.56466191,
    0.27429706, 4.191180853, -0.080001114, 0.966220629, 2.839474053, 0.151890652, -1.188726459,
    0.519170564, 1.504417168, 4.157781742,
  ]
  static let layerNormFromAxis1: [Double] = [
    0.0, 0.625948307, -0.5470473, -3.755689731, -2.230269515, -7.04849353, 1.4833396, 15.86963064,
    -4.965505992, -7.432478643, 9.257722768, 7.926925221, 0.0, -0.297331785, 1.589814803,
    5.042504157, -3.179629768, 1.365298919, -8.847137163, -5.139591806, -11.213655879, 4.860464394,
    -7.099554423, 12.748858535,
  ]

  /// Results are computed in 64 bits and rounded once: half a unit, at most 2^-24 relative for float, 2^-11
  /// for half and 2^-8 for bfloat16; the latter two also have rounded operands, hence a multiple of it.
  static let tolerance: [ElementType: Double] = [
    .double: 1e-9, .float: 2e-7, .half: 4e-3, .bfloat16: 4e-2,
  ]

  private func expectClose(
    _ found: [Double], _ expected: [Double], _ type: ElementType,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let tolerance = try #require(Self.tolerance[type])
    #expect(found.count == expected.count, sourceLocation: sourceLocation)
    for (value, target) in zip(found, expected) {
      #expect(
        abs(value - target) <= tolerance * max(1, abs(target)), "\(value) for \(target)",
        sourceLocation: sourceLocation)
    }
  }

  @Test(arguments: [ElementType.double, .float, .half, .bfloat16], [-3, -2, -1, 0, 1, 2])
  func softmax(type: ElementType, axis: Int) throws {
    let x = try T.tensor(Self.x, type, lens: [2, 3, 4])
    let index = (axis + 3) % 3
    try expectClose(try T.numbers(Softmax(axis: axis), x), Self.softmax[index], type)
    try expectClose(try T.numbers(LogSoftmax(axis: axis), x), Self.logSoftmax[index], type)
  }

  @Test func softmaxOfExtremes() throws {
    let rows: [Double] = [
      -.infinity, -.infinity, 0, .infinity, .nan, 1, 1000, 1000, -1000, 1000, -.infinity, 3,
    ]
    let x = try T.tensor(rows, lens: [6, 2])
    let found = try T.numbers(Softmax(axis: 1), x)
    #expect(found[0..<6].filter { $0.isNaN }.count == 6)
    #expect(Array(found[6...]) == [0.5, 0.5, 0, 1, 0, 1])
    let logarithms = try T.numbers(LogSoftmax(axis: 1), x)
    #expect(logarithms[0..<6].filter { $0.isNaN }.count == 6)
    #expect(logarithms[8] == -2000 && logarithms[9] == 0)
    #expect(logarithms[10] == -.infinity && logarithms[11] == 0)
  }

  @Test func softmaxOfAView() throws {
    let x = try T.tensor(Self.x, .double, lens: [2, 3, 4])
    let view = try x.view(lens: [4, 2, 3], strides: [1, 12, 4])
    let direct = try T.run(Softmax(axis: 2), [x]).view(lens: [4, 2, 3], strides: [1, 12, 4])
    #expect(try T.numbers(Softmax(axis: 0), view) == direct.converted(to: Double.self))
  }

  @Test func softmaxOfNothing() throws {
    #expect(try T.run(Softmax(axis: 1), [try T.tensor([], lens: [2, 0])]).lens == [2, 0])
    #expect(try T.run(LogSoftmax(axis: 0), [try T.tensor([], lens: [2, 0])]).lens == [2, 0])
  }

  @Test(arguments: [ElementType.double, .float, .half, .bfloat16])
  func layerNorm(type: ElementType) throws {
    let x = try T.tensor(Self.x, type, lens: [2, 3, 4])
    let scale = try T.tensor([1, 0.5, -2, 3], type)
    let bias = try T.tensor([0.1, 0.2, 0.3, 0.4], type)
    // 1e-5 as a Float differs from 1e-5 by 2.5e-13, far below the tolerance.
    try expectClose(try T.numbers(LayerNorm(), x, scale, bias), Self.layerNorm, type)
    let wide = try T.tensor((0..<12).map(Double.init), type, lens: [3, 4])
    try expectClose(
      try T.numbers(LayerNorm(axis: 1), x, wide), Self.layerNormFromAxis1, type)
  }

  @Test func layerNormUsesEpsilon() throws {
    let x = try T.tensor([-1, 1], .double, lens: [1, 2])
    let one = try T.tensor([1, 1], .double)
    // The variance is 1; with epsilon 3 the divisor is 2.
    #expect(try T.numbers(LayerNorm(axis: 1, epsilon: 3), x, one) == [-0.5, 0.5])
  }

  @Test func inference() throws {
    let (n, s) = (Dimension(Symbol("N")), Dimension(Symbol("S")))
    let x = Shape(.float, [n, s, 8])
    for op: any Operator in [Softmax(axis: -1), LogSoftmax(axis: 0)] {
      #expect(try T.infer(op, [x]).types == [.tensor(x)])
    }
    let norm = try T.infer(LayerNorm(), [x, Shape(.float, [8]), Shape(.float, [s])])
    #expect(norm.types == [.tensor(x)])
    #expect(norm.guards.map(\.description) == ["8 == S # test"])
  }

  @Test func errors() throws {
    let x = Shape(.float, lens: [2, 3, 4])
    let cases: [(any Operator, [Shape], MIGraphXError.Code, String)] = [
      (Softmax(axis: 3), [x], .invalidArgument, "axis 3 is not among the 3 axes"),
      (Softmax(axis: 0), [x.with(elementType: .int32)], .invalidShape, "floating-point"),
      (Softmax(axis: 0), [x, x], .invalidShape, "1 inputs are needed, found 2"),
      (Softmax(axis: 0), [Shape(.float, lens: [])], .invalidArgument, "axis 0"),
      (LogSoftmax(axis: -4), [x], .invalidArgument, "axis -4 is not among the 3 axes"),
      (LogSoftmax(axis: 0), [], .invalidShape, "1 inputs are needed, found 0"),
      (LayerNorm(), [x], .invalidShape, "2 to 3 inputs are needed, found 1"),
      (LayerNorm(axis: 3), [x, x], .invalidArgument, "axis 3 is not among the 3 axes"),
      (LayerNorm(), [x, Shape(.float, lens: [3])], .invalidShape, "found 4 and 3"),
      (LayerNorm(), [x, Shape(.float, lens: [3, 4])], .invalidShape, "rank 1"),
      (LayerNorm(), [x, Shape(.half, lens: [4])], .invalidShape, "found half_type"),
      (
        LayerNorm(), [x.with(elementType: .int8), Shape(.int8, lens: [4])], .invalidShape,
        "floating-point"
      ),
    ]
    for (op, shapes, code, text) in cases {
      T.expectError(code, text) { _ = try T.infer(op, shapes) }
    }
  }
}
