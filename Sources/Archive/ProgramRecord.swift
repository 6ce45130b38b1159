import IR
import Support
import Tensors

/// A program as it is stored: its text without literals' elements, and what the text has no place for.
struct ProgramRecord: Sendable {
  /// Tables that go with the text.
  struct Tables: Codable, Sendable {
    /// Where the literals are, by their instructions' names.
    var literals: [String: LiteralReference] = [:]
    /// The values of the main module by the names that the model gives them.
    var tensors: [String: String] = [:]
    /// Keys and values in their order.
    var metadata: [[String]] = []
    /// The ranges that were asked for inputs, by name; nil if there are none.
    var ranges: [String: [Range]]?
  }

  /// A range of sizes, with those that are worth code of their own.
  struct Range: Codable, Sendable {
    let min: Int
    /// nil if there is no bound.
    let max: Int?
    let optimals: [Int]
  }

  var text: String
  var tables: Tables
  /// The program's modules by name, for the JSON form.
  var trees: [String: ModuleTree]?
}

/// A record whose literals have no places yet.
struct ProgramDraft {
  private let text: String
  private var tables = ProgramRecord.Tables()
  /// The literals' numbers in the pool, by their instructions' names.
  private var literals: [String: Int] = [:]

  /// Writes `program` down, and adds its literals to `pool`.
  ///
  /// - Throws: `invalidProgram` when two modules have one name.
  init(_ program: Program, _ pool: inout LiteralPool) throws(MIGraphXError) {
    text = program.text(TextOptions(elementLimit: 0, printsDebugSymbols: true))
    tables.metadata = program.metadata.map { [$0.key, $0.value] }
    if !program.inputRanges.isEmpty {
      tables.ranges = program.inputRanges.mapValues { ranges in
        ranges.map { .init(min: $0.minimum, max: $0.maximum, optimals: $0.optimals) }
      }
    }
    var moduleNames: Set<String> = []
    try collect(program.main, &moduleNames, &pool)
    let names = program.main.instructionNames
    for (tensor, value) in program.tensors where program.main.contains(value) {
      let name = names[value.instruction] ?? ""
      tables.tensors[tensor] = value.result == 0 ? name : "\(name):\(value.result)"
    }
  }

  private mutating func collect(
    _ module: Module, _ moduleNames: inout Set<String>, _ pool: inout LiteralPool
  ) throws(MIGraphXError) {
    guard moduleNames.insert(module.name).inserted else {
      throw MIGraphXError(.invalidProgram, "there are two modules '\(module.name)'")
    }
    let names = module.instructionNames
    for id in module.order {
      if let literal = module[id].literal, literal.argument.elementCount > 0 {
        literals[names[id] ?? ""] = pool.add(literal.argument)
      }
      for inner in module[id].modules { try collect(inner, &moduleNames, &pool) }
    }
  }

  /// The record of `program`, now that `pool` is finished.
  func record(
    _ pool: LiteralPool, _ program: Program, _ format: ArchiveFormat
  ) throws(MIGraphXError) -> ProgramRecord {
    var tables = tables
    tables.literals = literals.mapValues { pool.references[$0] }
    var record = ProgramRecord(text: text, tables: tables)
    if format == .json { record.trees = try ModuleTree.all(program, tables.literals) }
    return record
  }
}

extension Program {
  /// Makes the program that `record` describes.
  ///
  /// - Throws: `invalidFile` or `invalidProgram` when it is damaged, `unsupported` for an operator that
  ///   `registry` doesn't have.
  init(
    _ record: ProgramRecord, _ store: LiteralStore, _ registry: OperatorRegistry
  ) throws(MIGraphXError) {
    try self.init(parsing: record.text, registry: registry, tensors: record.tables.tensors) {
      (name, shape) throws(MIGraphXError) in
      guard let reference = record.tables.literals[name], let lens = shape.lens,
        let strides = constants(of: shape.strides)
      else { return nil }
      return Literal(
        try store.argument(reference, shape.elementType, lens: lens, strides: strides))
    }
    for (name, ranges) in record.tables.ranges ?? [:] {
      var checked: [DimensionRange] = []
      for range in ranges {
        checked.append(
          DimensionRange(minimum: range.min, maximum: range.max, optimals: range.optimals))
        try checked[checked.count - 1].validate()
      }
      inputRanges[name] = checked
    }
    for pair in record.tables.metadata {
      guard pair.count == 2 else {
        throw MIGraphXError(
          .invalidFile, "an entry of the metadata has \(pair.count) texts; it needs two")
      }
      metadata.append((pair[0], pair[1]))
    }
  }
}
