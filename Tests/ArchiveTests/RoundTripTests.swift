import Archive
import IR
import Operators
import Support
import Tensors
import Testing

/// Checks that two programs are the same in everything that a program has.
func expectSame(_ a: Program, _ b: Program, _ location: SourceLocation = #_sourceLocation) throws {
  let options = TextOptions(elementLimit: 0, printsDebugSymbols: true)
  #expect(a.text(options) == b.text(options), sourceLocation: location)
  #expect(a.metadata.map(\.key) == b.metadata.map(\.key), sourceLocation: location)
  #expect(a.metadata.map(\.value) == b.metadata.map(\.value), sourceLocation: location)
  #expect(a.inputRanges == b.inputRanges, sourceLocation: location)
  let (first, second) = (a.main.instructionNames, b.main.instructionNames)
  #expect(Set(a.tensors.keys) == Set(b.tensors.keys), sourceLocation: location)
  for (name, value) in a.tensors {
    let other = try #require(b.tensors[name], sourceLocation: location)
    #expect(first[value.instruction] == second[other.instruction], sourceLocation: location)
    #expect(value.result == other.result, sourceLocation: location)
  }
  try expectSameLiterals(a.main, b.main, location)
  try b.verify()
}

private func expectSameLiterals(_ a: Module, _ b: Module, _ location: SourceLocation) throws {
  for (x, y) in zip(a.order, b.order) {
    #expect(a[x].literal == b[y].literal, sourceLocation: location)
    #expect(a[x].contents == b[y].contents, sourceLocation: location)
    for (inner, other) in zip(a[x].modules, b[y].modules) {
      try expectSameLiterals(inner, other, location)
    }
  }
}

struct RoundTripTests {
  @Test(arguments: Programs.all, [ArchiveFormat.binary, .json])
  func programsComeBack(_ make: @Sendable () throws -> Program, _ format: ArchiveFormat) throws {
    let program = try make()
    let bytes = try ProgramArchive(source: program).bytes(format: format)
    let archive = try ProgramArchive(bytes: bytes, reading)
    try archive.verify()
    try expectSame(program, archive.source())
    let compiled = try archive.compiled()
    #expect(compiled == nil)
    #expect(try archive.bytes(format: format) == bytes, "saving again gives other bytes")
  }

  @Test(arguments: [ArchiveFormat.binary, .json]) func compiledPartComesBack(
    _ format: ArchiveFormat
  ) throws {
    let (source, compiled) = (try Programs.plain(), try Programs.branches())
    let options = SavedOptions(offloadCopy: false, fastMath: false, deviceID: 3)
    let part = CompiledPart(
      target: "cpu", options: options, program: compiled, plan: [1, 2, 3], tuning: [])
    let bytes = try ProgramArchive(source: source, compiled: part).bytes(format: format)
    let archive = try ProgramArchive(bytes: bytes, reading)
    try archive.verify()
    let read = try #require(try archive.compiled())
    try expectSame(source, archive.source())
    try expectSame(compiled, read.program)
    #expect(read.target == "cpu" && read.options == options)
    #expect(read.plan == [1, 2, 3] && read.tuning == [])
    #expect(read.code == nil && read.codeRefusal == nil)
  }

  @Test(arguments: [ArchiveFormat.binary, .json]) func rangesOfInputsComeBack(
    _ format: ArchiveFormat
  ) throws {
    var program = try Programs.symbolic()
    program.inputRanges = [
      "x": [DimensionRange(minimum: 0, maximum: 9, optimals: [1, 4]), 3, DimensionRange(2...)]
    ]
    let part = CompiledPart(target: "cpu", program: program)
    let archive = try ProgramArchive(
      bytes: ProgramArchive(source: program, compiled: part).bytes(format: format), reading)
    try expectSame(program, archive.source())
    try expectSame(program, try #require(try archive.compiled()).program)
  }

  @Test func literalsAreStoredOnce() throws {
    let program = try Programs.plain()
    let alone = try ProgramArchive(source: program).bytes()
    // Equal contents in other memory.
    let copy = CompiledPart(target: "cpu", program: try Programs.plain())
    let both = try ProgramArchive(source: program, compiled: copy).bytes()
    #expect(both.count - alone.count < 40 * 60 * 4, "the weights take 9600 bytes")
    let other = CompiledPart(target: "cpu", program: try Programs.plain(seed: 2))
    #expect(try ProgramArchive(source: program, compiled: other).bytes().count > both.count + 9000)
  }

  @Test func viewsOfOneMemoryShareIt() throws {
    let whole = try literal(.float, lens: [100, 100]).argument
    var main = Module()
    let a = main.addLiteral(Literal(try whole.view(lens: [60, 100], strides: [100, 1])))
    let b = main.addLiteral(
      Literal(try whole.view(lens: [60, 100], strides: [100, 1], elementOffset: 4000)))
    let c = main.addLiteral(Literal(try whole.view(lens: [100, 100], strides: [1, 100])))
    try main.addReturn([a, b, c])
    let bytes = try ProgramArchive(source: Program(main: main)).bytes()
    #expect(bytes.count < 50_000, "the memory takes 40000 bytes")
    let read = try ProgramArchive(bytes: bytes, reading).source().main
    let storages = read.results.map { read[$0.instruction].literal?.argument.storage }
    #expect(storages[0] != nil && storages.allSatisfy { $0 === storages[0] })
  }

  @Test func sameProgramGivesSameBytes() throws {
    for make in Programs.all {
      let bytes = try ProgramArchive(source: make()).bytes()
      #expect(try ProgramArchive(source: make()).bytes() == bytes)
      let key = [UInt8](0..<32)
      let sealed = try ProgramArchive(source: make()).bytes(key: key)
      #expect(try ProgramArchive(source: make()).bytes(key: key) == sealed)
    }
  }

  @Test func operatorsDefinedAtRunTimeNeedTheRegistry() throws {
    var main = Module()
    let x = try main.addParameter("x", Shape(.float, lens: [2]))
    try main.addReturn([try main.add(Custom(scale: 3), x)])
    let bytes = try ProgramArchive(source: Program(main: main)).bytes()
    let error = failure { () throws(MIGraphXError) in
      try ProgramArchive(bytes: bytes, reading).source()
    }
    #expect(error?.code == .unsupported)
    #expect(error?.message == "unknown operator 'my_scale'")
    var registry = OperatorRegistry.standard
    registry.add(Custom.self)
    let read = try ProgramArchive(bytes: bytes, ArchiveReading(registry: registry)).source()
    try expectSame(Program(main: main), read)
  }

  @Test func modulesOfOneNameAreRefused() throws {
    var main = Module()
    let c = try main.addParameter("c", Shape(.bool, lens: [1]))
    var branch = Module(name: "branch")
    try branch.addReturn([branch.addLiteral(try Literal([Float(1)], lens: [1]))])
    let id = try main.add(If(), [c], modules: [branch, branch])
    try main.addReturn([Value(id)])
    let error = failure { () throws(MIGraphXError) in
      try ProgramArchive(source: Program(main: main)).bytes()
    }
    #expect(error?.message == "there are two modules 'branch'")
  }
}

private struct Custom: TensorOperator {
  static let name = "my_scale"
  var scale = 1

  init() {}
  init(scale: Int) { self.scale = scale }

  func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] { inputs }

  func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] { inputs }
}
