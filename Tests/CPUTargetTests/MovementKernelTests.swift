import Codegen
import IR
import Operators
import Reference
import Support
import Tensors
import Testing

@testable import CPUTarget

@Suite struct MovementKernelTests {
  /// Every type that kernels move, by its size.
  static let types: [ElementType] = [.bool, .int8, .half, .float, .int64]

  /// Small numbers of any type, the same in each run.
  private func elements(_ type: ElementType, _ lens: [Int], seed: UInt64 = 1) throws -> Argument {
    let values = try numbers(lens, seed: seed).elements(as: Float.self).map { $0 * 100 }
    return try Argument(values, lens: lens).converted(toElementType: type)
  }

  private func indices(
    _ values: [Int], _ lens: [Int], _ type: ElementType = .int64
  ) throws -> Argument {
    try Argument(values.map { Int64($0) }, lens: lens).converted(toElementType: type)
  }

  /// Checks that a kernel gives the same bits as evaluation.
  private func expectMoved(
    _ op: any Operator, _ inputs: [Argument], _ location: SourceLocation = #_sourceLocation
  ) throws {
    let program = try makeProgram(inputs) { module, x in Value(try module.add(op, x)) }
    let values = inputs.map { RuntimeValue.tensor($0) }
    let expected = try #require(ReferenceTarget().compile(program).run(values)[0].argument)
    for threads in [1, 3] {
      let target = CPUTarget(
        instructionSet: InstructionSet.supported[0], threads: ThreadPool(threadCount: threads))
      let executable = try target.compile(program)
      #expect(operators(executable) == ["cpu::\(op.name)"], sourceLocation: location)
      let found = try #require(executable.run(values)[0].argument)
      #expect(
        try found.lens == expected.lens && found.hasElements(of: expected),
        "\(op.text) of \(inputs.map { "\($0.shape)" })", sourceLocation: location)
    }
  }

  /// The same tensor with its axes in another order in memory, and as every second element of a larger one.
  private func views(_ argument: Argument) throws -> [Argument] {
    let order = Array(argument.lens.indices.reversed())
    let turned = try argument.view(
      lens: order.map { argument.lens[$0] }, strides: order.map { argument.strides[$0] }
    ).contiguous()
    let back = try turned.view(
      lens: argument.lens,
      strides: argument.lens.indices.map { turned.strides[order.count - 1 - $0] })
    return [argument, back]
  }

  @Test(arguments: types) func concat(_ type: ElementType) throws {
    for axis in [0, 1, -1] {
      var lens = [3, 5, 7]
      var parts: [Argument] = []
      for size in [1, 4, 0, 17] {
        lens[axis < 0 ? axis + 3 : axis] = size
        parts.append(try elements(type, lens, seed: UInt64(size + 1)))
      }
      try expectMoved(Concat(axis: axis), parts)
      try expectMoved(Concat(axis: axis), parts.reversed())
      try expectMoved(
        Concat(axis: axis), parts.map { try $0.elementCount > 0 ? views($0)[1] : $0 })
    }
    // Large parts are cut into tasks.
    try expectMoved(
      Concat(axis: 1), [elements(type, [2, 40, 1000]), elements(type, [2, 3, 1000], seed: 2)])
  }

  @Test(arguments: types) func pad(_ type: ElementType) throws {
    for mode in [PadMode.constant, .edge, .reflect, .wrap] {
      for lens in [[7], [4, 5], [3, 4, 5, 6]] {
        for input in try views(elements(type, lens)) {
          for pads in [
            lens.map { _ in (2, 1) }, lens.map { _ in (0, 2) }, lens.map { _ in (-1, 1) },
            lens.enumerated().map { $0.offset == 0 ? (0, 0) : (1, -1) },
          ] {
            let all = pads.map { Dimension($0.0) } + pads.map { Dimension($0.1) }
            try expectMoved(Pad(mode: mode, pads: all, value: 3), [input])
          }
        }
      }
    }
    let one = try elements(type, [1], seed: 9)
    try expectMoved(
      Pad(mode: .constant, pads: [1, 300, 2, 5000], value: 0), [elements(type, [9, 3]), one])
    try expectMoved(Pad(mode: .constant, pads: [1, 1, 1, 1], value: 2), [elements(type, [0, 3])])
  }

  @Test(arguments: types) func tile(_ type: ElementType) throws {
    for input in try views(elements(type, [3, 1, 5])) {
      for repeats in [[1, 1, 1], [2, 3, 1], [1, 4, 3], [0, 2, 2]] {
        try expectMoved(Tile(repeats: repeats.map { Dimension($0) }), [input])
      }
    }
  }

  @Test(arguments: types) func gather(_ type: ElementType) throws {
    for data in try views(elements(type, [4, 5, 33])) {
      for axis in [0, 1, -1] {
        try expectMoved(Gather(axis: axis), [data, indices([3, -1, 0, 0, -4, 2], [2, 3])])
        try expectMoved(Gather(axis: axis), [data, indices([2], [], .int32)])
      }
    }
    try expectMoved(Gather(axis: 0), [elements(type, [2, 100_000]), indices([1, -2, 1], [3])])
    try expectMoved(Gather(axis: 0), [elements(type, [2, 3]), indices([], [0])])
    try expectMoved(Gather(axis: 1), [elements(type, [0, 3]), indices([2], [1])])
  }

  @Test(arguments: types) func gatherElements(_ type: ElementType) throws {
    for data in try views(elements(type, [3, 4, 5])) {
      for axis in 0..<3 {
        let lens = [2, 3, 5]
        let size = data.lens[axis]
        let positions = (0..<30).map { $0 * 7 % (2 * size) - size }
        try expectMoved(
          GatherElements(axis: axis), [data, indices(positions, lens, .int32)])
      }
    }
    try expectMoved(GatherElements(axis: 0), [elements(type, [3]), indices([-1, 0], [2])])
  }

  @Test(arguments: types) func gatherND(_ type: ElementType) throws {
    for data in try views(elements(type, [3, 4, 5, 2])) {
      try expectMoved(GatherND(batchDims: 0), [data, indices([2, -1, 0, 3, -3, 1], [3, 2])])
      try expectMoved(GatherND(batchDims: 0), [data, indices([2, 3, 4, -1], [4])])
      try expectMoved(GatherND(batchDims: 1), [data, indices([0, 1, -1, 2, 3, 0], [3, 2, 1])])
      try expectMoved(
        GatherND(batchDims: 2), [data, indices((0..<12).map { $0 % 5 }, [3, 4, 1])])
    }
  }

  @Test func scatterElements() throws {
    let positions = [1, -1, 0, 2, 2, 2, -3, 0, 1, 1, 0, -2]
    for type in [ElementType.int8, .half, .float, .double, .int32, .int64] {
      for data in try views(elements(type, [3, 4, 3])) {
        let updates = try elements(type, [2, 2, 3], seed: 3)
        for axis in [0, -1] {
          let inputs = [data, try indices(positions, [2, 2, 3]), updates]
          try expectMoved(ScatterNone(axis: axis), inputs)
          guard ScatterKernel.combines(type, .add) else { continue }
          try expectMoved(ScatterAdd(axis: axis), inputs)
          try expectMoved(ScatterMul(axis: axis), inputs)
          try expectMoved(ScatterMin(axis: axis), inputs)
          try expectMoved(ScatterMax(axis: axis), inputs)
        }
      }
    }
    var skipping = ScatterAdd(axis: 0)
    skipping.skipOutOfBounds = true
    try expectMoved(
      skipping,
      [elements(.float, [5]), indices([7, -6, 4, -5, .max], [5]), elements(.float, [5], seed: 2)])
    // Many elements inside of the axis are shared between threads.
    let many = try indices((0..<4000).map { $0 % 3 }, [2, 2000])
    try expectMoved(
      ScatterMax(axis: 0),
      [elements(.float, [3, 2000]), many, elements(.float, [2, 2000], seed: 2)])
  }

  @Test func scatterND() throws {
    for type in [ElementType.bool, .half, .float, .double, .int32, .int64] {
      for data in try views(elements(type, [4, 3, 5])) {
        let rows = [
          data, try indices([1, -1, 1], [3, 1]), try elements(type, [3, 3, 5], seed: 2),
        ]
        let single = [
          data, try indices([1, 2, 3, -1, 0, -5, 1, 2, 3], [3, 3]),
          try elements(type, [3], seed: 2),
        ]
        for inputs in [rows, single] {
          try expectMoved(ScatterNDNone(), inputs)
          guard ScatterKernel.combines(type, .add) else { continue }
          try expectMoved(ScatterNDAdd(), inputs)
          try expectMoved(ScatterNDMul(), inputs)
          try expectMoved(ScatterNDMin(), inputs)
          try expectMoved(ScatterNDMax(), inputs)
        }
      }
    }
    try expectMoved(
      ScatterNDAdd(),
      [
        elements(.float, [3, 5000]), indices([2, 0, 2], [3, 1]),
        elements(.float, [3, 5000], seed: 2),
      ])
  }

  /// A number that no comparison holds for stays, as evaluation has it.
  @Test func scatteredNaN() throws {
    let data = try Argument([Float.nan, 1, 2, -0.0], lens: [4])
    let updates = try Argument([1, Float.nan, .nan, 0], lens: [4])
    for op in [ScatterMin(axis: 0), ScatterMax(axis: 0)] as [any Operator] {
      try expectMoved(op, [data, indices([0, 1, 2, 3], [4]), updates])
    }
  }

  @Test(arguments: types) func oneHot(_ type: ElementType) throws {
    let values = try elements(type, [2], seed: 4)
    for axis in [0, 1, -1] {
      for depth in [1, 4, 300] {
        try expectMoved(
          OneHot(axis: axis, depth: Dimension(depth)),
          [indices([0, -1, 3, 4, -5, 299], [2, 3], .int32), values])
      }
    }
    try expectMoved(OneHot(axis: 0, depth: 3), [indices([2], []), values])
  }

  @Test(arguments: types) func trilu(_ type: ElementType) throws {
    for input in try views(elements(type, [2, 4, 7])) {
      for k in [0, 2, -2, 9, -9, .max, .min] {
        try expectMoved(Trilu(upper: true, k: k), [input])
        try expectMoved(Trilu(upper: false, k: k), [input])
      }
    }
    try expectMoved(Trilu(upper: true, k: 50), [elements(type, [3, 40_000])])
  }

  @Test(arguments: types) func reverseSequence(_ type: ElementType) throws {
    for isTimeFirst in [true, false] {
      var op = ReverseSequence()
      (op.timeAxis, op.batchAxis) = isTimeFirst ? (0, 1) : (1, 0)
      let data = try elements(type, isTimeFirst ? [4, 3, 5] : [3, 4, 5])
      for input in try views(data) {
        try expectMoved(op, [input, indices([4, 0, 2], [3])])
      }
    }
  }

  /// Every operator that takes indices says which one names no position.
  @Test func wrongIndices() throws {
    let data = try numbers([3, 4])
    let updates = try numbers([1, 1])
    let cases: [(any Operator, [Argument], String)] = [
      (Gather(axis: 1), [data, try indices([0, 4], [2])], "index 4 lies outside of axis 1"),
      (Gather(axis: 1), [try numbers([0, 4]), try indices([5], [1])], "index 5 lies outside"),
      (Gather(axis: 0), [data, try indices([.min], [1])], "lies outside of axis 0"),
      (
        GatherElements(axis: 0), [data, try indices([-4], [1, 1])],
        "index -4 lies outside of axis 0"
      ),
      (
        GatherND(batchDims: 0), [data, try indices([2, 4], [1, 2])],
        "index 4 lies outside of axis 1"
      ),
      (ScatterAdd(axis: 1), [data, try indices([-5], [1, 1]), updates], "index -5 lies outside"),
      (
        ScatterNDNone(), [data, try indices([3], [1, 1]), try numbers([1, 4])],
        "index 3 lies outside of axis 0"
      ),
    ]
    for (op, inputs, message) in cases {
      let program = try makeProgram(inputs) { module, x in Value(try module.add(op, x)) }
      let executable = try CPUTarget().compile(program)
      #expect(operators(executable) == ["cpu::\(op.name)"])
      let error = #expect(throws: MIGraphXError.self) {
        try executable.run(inputs.map { .tensor($0) })
      }
      #expect(error?.code == .invalidArgument && error?.message.contains(message) == true, "\(op)")
    }
    var op = ReverseSequence()
    (op.timeAxis, op.batchAxis) = (0, 1)
    let program = try makeProgram([data, indices([1, 4, 0, 0], [4])]) { module, x in
      Value(try module.add(op, x))
    }
    let error = #expect(throws: MIGraphXError.self) {
      try CPUTarget().compile(program).run(
        [.tensor(data), .tensor(indices([1, 4, 0, 0], [4]))])
    }
    #expect(error?.message.contains("a length must be 0 to 3, found 4") == true)
  }

  /// Copies between tensors that lie in any way, in every size of element.
  @Test(arguments: types) func copies(_ type: ElementType) throws {
    for lens in [[1], [5, 3], [17, 33], [2, 37, 66], [3, 130, 5], [2, 3, 4, 5], [40, 2, 700]] {
      let x = try elements(type, lens)
      for order in orders(lens.count) {
        let view = try x.view(
          lens: order.map { lens[$0] }, strides: order.map { x.strides[$0] })
        let copy = try Runtime(pool: .shared).copy(view)
        #expect(try copy.isStandard && copy.hasElements(of: view), "\(lens) \(order)")
      }
    }
    // Backwards, with gaps, and repeated.
    let x = try elements(type, [40, 50])
    for view in [
      try x.view(lens: [20, 25], strides: [100, 2]),
      try x.view(lens: [40, 50], strides: [-50, -1], elementOffset: 1999),
      try x.view(lens: [40, 3, 50], strides: [50, 0, 1]),
      try x.view(lens: [40, 50, 3], strides: [50, 1, 0]),
    ] {
      let copy = try Runtime(pool: .shared).copy(view)
      #expect(try copy.isStandard && copy.hasElements(of: view), "\(view.shape)")
    }
  }

  private func orders(_ count: Int) -> [[Int]] {
    if count == 0 { return [[]] }
    return orders(count - 1).flatMap { order in
      (0...order.count).map { order[..<$0] + [count - 1] + order[$0...] }.map { Array($0) }
    }
  }
}
