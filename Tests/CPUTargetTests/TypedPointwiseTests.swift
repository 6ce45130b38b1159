import Codegen
import IR
import Operators
import Reference
import Support
import Tensors
import Testing

@testable import CPUTarget

/// Pointwise kernels of types other than float give the bits that evaluation gives.
@Suite struct TypedPointwiseTests {
  static let integers: [ElementType] = [
    .int8, .uint8, .int16, .uint16, .int32, .uint32, .int64, .uint64,
  ]
  static let types: [ElementType] = [.bool, .half, .bfloat16, .float, .double] + integers

  /// Numbers at the ends of the types' ranges, where bits are lost, and many in between.
  private func special(_ type: ElementType, count: Int = 77, seed: UInt64 = 1) throws -> Argument {
    if type.isInteger || type == .bool {
      let ends: [Int64] = [
        0, 1, -1, 2, 3, 127, 128, 255, 256, 32767, 32768, 65535, 65536, 1 << 24 + 1, 1 << 31 - 1,
        1 << 31, 1 << 32 - 1, 1 << 53 + 1, .max, .max - 1, .min, .min + 1, -127, -128, -129, -32768,
        -(1 << 31), -(1 << 53) - 1,
      ]
      var state = seed &* 0x9e37_79b9_7f4a_7c15
      let values = (0..<count).map { index -> Int64 in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        if seed == 1 && index < ends.count { return ends[index] }
        return Int64(bitPattern: state) >> Int64(state & 63)
      }
      return try Argument(values, lens: [count]).converted(toElementType: type)
    }
    let ends: [Double] = [
      .nan, .infinity, -.infinity, 0, -0.0, 0.5, 1.5, 2.5, -0.5, 65504, 65519.99, 65520, -65536,
      0x1p-14, 0x1p-15, 0x1p-24, 0x1.8p-25, 0x1p-25, 0x1p-26, 1.000_488_281_25, 1.000_488_3, 3e38,
      3.4e38, 1e300, 0x1p-126, 0x1p-133, 0x1p-149, 127.9, 128, -128.9, 255.9, 256, 2147483647.5,
      -2147483649, 9.3e18, -9.3e18, 1.9e19, 1.0078125, 1.01171875, 1.00390625, 0x1.0100000001p0,
    ]
    let base = try numbers([count], seed: seed).elements(as: Float.self).map { Double($0) * 9 }
    let values = base.enumerated().map {
      seed == 1 && $0.offset < ends.count ? ends[$0.offset] : $0.element
    }
    return try Argument(values, lens: [count]).converted(toElementType: type)
  }

  /// Checks that one kernel of every instruction set gives what evaluation does; NaNs are equal.
  private func expectEqual(
    _ inputs: [Argument], runs names: [String]?, units: Int = 0,
    _ location: SourceLocation = #_sourceLocation,
    _ build: (inout Module, [Value]) throws -> Value
  ) throws {
    let program = try makeProgram(inputs, build)
    let values = inputs.map { RuntimeValue.tensor($0) }
    let expected = try #require(ReferenceTarget().compile(program).run(values)[0].argument)
    for set in InstructionSet.supported {
      let target = CPUTarget(instructionSet: set, threads: ThreadPool(threadCount: 1))
      let executable = try target.compile(program)
      let found = try #require(executable.run(values)[0].argument)
      if let names { #expect(operators(executable) == names, sourceLocation: location) }
      #expect(found.elementType == expected.elementType, sourceLocation: location)
      let (a, b) = (found.converted(to: Double.self), expected.converted(to: Double.self))
      let (c, d) = (found.converted(to: UInt64.self), expected.converted(to: UInt64.self))
      let isReal = found.elementType.isFloatingPoint
      let wrong = a.indices.first { index in
        if !isReal { return c[index] != d[index] }
        return a[index] != b[index] && !(a[index].isNaN && b[index].isNaN)
          || a[index].sign != b[index].sign && !a[index].isNaN
      }
      if let wrong {
        Issue.record(
          """
          \(set): \(isReal ? "\(a[wrong])" : "\(c[wrong])") at \(wrong), expected \
          \(isReal ? "\(b[wrong])" : "\(d[wrong])"), of \
          \(inputs.map { "\($0.converted(to: Double.self)[min(wrong, $0.elementCount - 1)])" })
          """, sourceLocation: location)
      }
    }
  }

  @Test(arguments: types) func conversions(_ source: ElementType) throws {
    let x = try special(source)
    for target in TypedPointwiseTests.types where target != source {
      // Rounding 64 bits to the 8 of bfloat16 at once takes more than there are instructions for.
      let hasKernel = target != .bfloat16 || source.bitWidth < 64 || source == .double
      let name = hasKernel ? "cpu::convert" : "convert"
      try expectEqual([x], runs: [name]) { module, x in
        try module.add(Convert(targetType: target), x[0])
      }
    }
  }

  @Test(arguments: integers) func integerOperators(_ type: ElementType) throws {
    let (x, y) = (try special(type), try special(type, seed: 2))
    let unary: [any Operator] = [Neg(), Abs(), Sign(), BitwiseNot(), Relu()]
    for op in unary {
      try expectEqual([x], runs: ["cpu::\(op.name)"]) { module, x in
        Value(try module.add(op, x))
      }
    }
    let binary: [any Operator] = [
      Add(), Sub(), Mul(), Min(), Max(), BitwiseAnd(), BitwiseOr(), BitwiseXor(), ShiftLeft(),
      ShiftRight(), Equal(), Less(), Greater(), PRelu(), SqDiff(),
    ]
    for op in binary {
      try expectEqual([x, y], runs: ["cpu::\(op.name)"]) { module, x in
        Value(try module.add(op, x))
      }
    }
    // Numbers of bits that leave some.
    let few = try Argument((0..<77).map { Int64($0 % 70 - 3) }, lens: [77])
      .converted(toElementType: type)
    for op in [ShiftLeft(), ShiftRight()] as [any Operator] {
      try expectEqual([x, few], runs: ["cpu::\(op.name)"]) { module, x in
        Value(try module.add(op, x))
      }
    }
  }

  @Test(arguments: integers) func divisions(_ type: ElementType) throws {
    let x = try special(type)
    for divisor in [1, 2, 3, 7, 100, -1, -2, -7] where divisor > 0 || type.isSigned {
      let y = try Argument([Int64(divisor)], lens: [1]).converted(toElementType: type)
      for op in [Div(), Mod(), FMod()] as [any Operator] {
        try expectEqual([x], runs: ["cpu::\(op.name)"]) { module, x in
          let number = module.addLiteral(Literal(y))
          let all = try module.add(Multibroadcast(outLens: [77]), number)
          return Value(try module.add(op, [x[0], all]))
        }
      }
    }
    for exponent in [0, 1, 2, 3, 5] {
      let y = try Argument([Int64(exponent)], lens: [1]).converted(toElementType: type)
      try expectEqual([x], runs: ["cpu::pow"]) { module, x in
        let number = module.addLiteral(Literal(y))
        let all = try module.add(Multibroadcast(outLens: [77]), number)
        return try module.add(Pow(), x[0], all)
      }
    }
    // A divisor that only running tells may be 0.
    let one = try Argument([Int64](repeating: 3, count: 77), lens: [77])
      .converted(toElementType: type)
    try expectEqual([x, one], runs: ["div"]) { module, x in try module.add(Div(), x[0], x[1]) }
  }

  @Test func conditions() throws {
    let (x, y) = (try special(.bool), try special(.bool, seed: 2))
    for op in [LogicalAnd(), LogicalOr(), LogicalXor(), Equal(), Less(), Greater()]
      as [any Operator]
    {
      try expectEqual([x, y], runs: ["cpu::\(op.name)"]) { module, x in
        Value(try module.add(op, x))
      }
    }
    try expectEqual([x], runs: ["cpu::not"]) { module, x in try module.add(Not(), x[0]) }
    // Any byte but 0 is true.
    let bytes = try Argument((0..<40).map { UInt8($0 * 3) }, lens: [40])
    let odd = try Argument(
      bytes.storage, .bool, lens: [40], strides: [1], byteOffset: bytes.byteOffset)
    try expectEqual([odd], runs: ["cpu::not"]) { module, x in try module.add(Not(), x[0]) }
    for type in TypedPointwiseTests.types {
      let operands = [x, try special(type), try special(type, seed: 2)]
      try expectEqual(operands, runs: ["cpu::where"]) { module, x in
        try module.add(Where(), x[0], x[1], x[2])
      }
    }
  }

  /// Sums and products of half and bfloat16 are rounded after every operator, as evaluation does.
  @Test(arguments: [ElementType.half, .bfloat16, .double]) func reals(_ type: ElementType) throws {
    let (x, y) = (try special(type), try special(type, seed: 2))
    for op in [Add(), Sub(), Mul(), Div(), Min(), Max(), Less(), Greater(), Equal(), SqDiff()]
      as [any Operator]
    {
      try expectEqual([x, y], runs: ["cpu::\(op.name)"]) { module, x in
        Value(try module.add(op, x))
      }
    }
    for op in [
      Neg(), Abs(), Sign(), Floor(), Ceil(), NearbyInt(), Sqrt(), Recip(), IsNaN(), IsInf(),
    ] as [any Operator] {
      try expectEqual([x], runs: ["cpu::\(op.name)"]) { module, x in
        Value(try module.add(op, x))
      }
    }
    try expectEqual([x, y], runs: ["cpu::mul_add_relu"]) { module, x in
      let sum = try module.add(Add(), x[0], x[1])
      return try module.add(Mul(), sum, module.add(Relu(), x[1]))
    }
  }

  /// Functions of half are computed as floats and rounded: to a unit in the last place.
  @Test(arguments: [ElementType.half, .bfloat16]) func functions(_ type: ElementType) throws {
    let x = try special(type, count: 300, seed: 3)
    for op in [Exp(), Sigmoid(), Tanh(), Erf()] as [any Operator] {
      let program = try makeProgram([x]) { module, x in Value(try module.add(op, x)) }
      try expectAgreement(
        program, [x], tolerance: type == .half ? 0x1p-10 : 0x1p-7, runs: ["cpu::\(op.name)"])
    }
    // Doubles have no such kernels.
    try expectEqual([special(.double)], runs: ["exp"]) { module, x in
      try module.add(Exp(), x[0])
    }
  }

  /// Parts of several types in one kernel, with operands that repeat and that lie in other ways.
  @Test func mixedTypes() throws {
    let ids = try special(.int64, count: 60).view(lens: [3, 4, 5], strides: [20, 5, 1])
    let mask = try special(.bool, count: 20).view(lens: [3, 4, 5], strides: [0, 5, 1])
    let halves = try special(.half, count: 60, seed: 2).view(lens: [3, 4, 5], strides: [1, 3, 12])
    let one = try special(.uint8, count: 1, seed: 3).view(lens: [3, 4, 5], strides: [0, 0, 0])
    try expectEqual([ids, mask, halves, one], runs: nil) { module, x in
      let small = try module.add(Convert(targetType: .int32), x[0])
      let wide = try module.add(Convert(targetType: .int32), x[3])
      let isLess = try module.add(Less(), small, wide)
      let both = try module.add(LogicalXor(), isLess, x[1])
      let number = try module.add(Convert(targetType: .half), small)
      return try module.add(Where(), both, number, x[2])
    }
  }

  @Test(arguments: [0, 1, 3, 15, 16, 17, 1000, 40_000]) func lengths(_ count: Int) throws {
    for type in [ElementType.bool, .int8, .half, .int32, .double] {
      let x = try special(type, count: count, seed: 2)
      try expectEqual([x], runs: ["cpu::convert"]) { module, x in
        try module.add(Convert(targetType: .float), x[0])
      }
      let y = try special(.float, count: count, seed: 2)
      try expectEqual([y], runs: ["cpu::convert"]) { module, x in
        try module.add(Convert(targetType: type), x[0])
      }
    }
  }

  /// Every machine that has no instructions for half-precision numbers gets code that calls nothing.
  @Test func callsNothing() throws {
    for set in InstructionSet.allCases {
      for type in [ElementType.half, .bfloat16, .float, .double] {
        for target in [ElementType.half, .bfloat16, .int8, .bool] {
          let formula = TypedFormula.operation(
            .input(0), [.operand(0, type)], computed: type, result: target)
          let emitter = PointwiseEmitter(formula: formula, operandTypes: [type])
          guard let source = emitter.source(set) else { continue }
          let object = try LLVMCompiler.compile(source.text, for: set)
          #expect(throws: Never.self) { try LoadedCode(object: object) }
        }
      }
    }
  }
}
