/// A type of LLVM IR.
public struct IRType: Hashable, Sendable {
  /// How IR writes it.
  public let text: String

  init(_ text: String) { self.text = text }

  public static let bool = IRType("i1")
  public static let int32 = IRType("i32")
  public static let int64 = IRType("i64")
  public static let float = IRType("float")
  public static let double = IRType("double")
  public static let pointer = IRType("ptr")

  /// A vector of `lanes` elements.
  public static func vector(_ lanes: Int, of element: IRType) -> IRType {
    IRType("<\(lanes) x \(element.text)>")
  }
}

/// A value of LLVM IR with its type.
public struct IRValue: Hashable, Sendable {
  /// The type.
  public let type: IRType
  /// How IR refers to it.
  public let text: String

  var typed: String { "\(type.text) \(text)" }

  /// A whole number.
  public static func integer(_ value: Int, _ type: IRType = .int64) -> IRValue {
    IRValue(type: type, text: String(value))
  }

  /// The address that nothing has.
  public static let null = IRValue(type: .pointer, text: "null")

  /// The zero of any type.
  public static func zero(_ type: IRType) -> IRValue {
    IRValue(type: type, text: "zeroinitializer")
  }
}

/// Writes the text of one kernel: a function `kernel` of the address of its arguments.
public final class IRBuilder {
  /// The instructions that the kernel may have.
  public let set: InstructionSet
  /// The address of the block of arguments.
  public let arguments = IRValue(type: .pointer, text: "%arguments")
  private var lines: [String] = []
  private var declarations: Set<String> = []
  private var names = 0
  private var block = "entry"

  /// Starts a kernel.
  public init(_ set: InstructionSet) { self.set = set }

  /// The type of a full vector of floats.
  public var vector: IRType { .vector(set.lanes, of: .float) }

  /// The whole text, after the function's end.
  public func source(_ name: String) -> KernelSource {
    let text = """
      define void @kernel(ptr noalias \(arguments.text)) nounwind {
      entry:
      \(lines.joined(separator: "\n"))
        ret void
      }
      \(declarations.sorted().joined(separator: "\n"))

      """
    return KernelSource(name: name, text: text, instructionSet: set)
  }

  // MARK: Instructions

  private func fresh() -> String {
    names += 1
    return "v\(names)"
  }

  /// Adds an instruction with a result of `type`.
  public func add(_ type: IRType, _ text: String) -> IRValue {
    let value = IRValue(type: type, text: "%\(fresh())")
    lines.append("  \(value.text) = \(text)")
    return value
  }

  private func binary(_ name: String, _ a: IRValue, _ b: IRValue) -> IRValue {
    add(a.type, "\(name) \(a.typed), \(b.text)")
  }

  public func sum(_ a: IRValue, _ b: IRValue) -> IRValue { binary("add nsw", a, b) }
  public func difference(_ a: IRValue, _ b: IRValue) -> IRValue { binary("sub nsw", a, b) }
  public func product(_ a: IRValue, _ b: IRValue) -> IRValue { binary("mul nsw", a, b) }
  public func bits(_ a: IRValue, and b: IRValue) -> IRValue { binary("and", a, b) }

  /// `x` times `y` plus `z`, rounded once where the processor can.
  public func multiplyAdd(_ x: IRValue, _ y: IRValue, _ z: IRValue) -> IRValue {
    intrinsic(set.hasFusedMultiplyAdd ? "llvm.fma" : "llvm.fmuladd", x, y, z)
  }

  /// Calls an intrinsic on vectors of floats or doubles that gives one.
  func intrinsic(_ name: String, _ operands: IRValue...) -> IRValue {
    let type = operands[0].type
    return call("@\(name).\(type.mangled(set.lanes))", type, operands)
  }

  /// The address `bytes` after `base`.
  public func address(_ base: IRValue, _ bytes: IRValue) -> IRValue {
    add(.pointer, "getelementptr i8, \(base.typed), \(bytes.typed)")
  }

  /// The address `bytes` after `base`.
  public func address(_ base: IRValue, _ bytes: Int) -> IRValue {
    bytes == 0 ? base : address(base, .integer(bytes))
  }

  /// Reads a value that lies at a multiple of `alignment`.
  public func load(_ type: IRType, _ address: IRValue, alignment: Int = 4) -> IRValue {
    add(type, "load \(type.text), \(address.typed), align \(alignment)")
  }

  /// Reads argument `index` of the block, each of which takes eight bytes.
  public func argument(_ index: Int, _ type: IRType) -> IRValue {
    load(type, address(arguments, 8 * index), alignment: 8)
  }

  public func store(_ value: IRValue, _ address: IRValue, alignment: Int = 4) {
    lines.append("  store \(value.typed), \(address.typed), align \(alignment)")
  }

  /// A vector with `scalar` in each lane.
  public func splat(_ scalar: IRValue) -> IRValue {
    let type = IRType.vector(set.lanes, of: scalar.type)
    let first = add(type, "insertelement \(type.text) poison, \(scalar.typed), i64 0")
    let indices = IRType.vector(set.lanes, of: .int32)
    return add(
      type, "shufflevector \(first.typed), \(type.text) poison, \(indices.text) zeroinitializer")
  }

  public func compare(_ predicate: String, _ a: IRValue, _ b: IRValue) -> IRValue {
    let isVector = a.type.text.hasPrefix("<")
    let isFloat = a.type.text.contains("float") || a.type.text.contains("double")
    return add(
      isVector ? .vector(set.lanes, of: .bool) : .bool,
      "\(isFloat ? "fcmp" : "icmp") \(predicate) \(a.typed), \(b.text)")
  }

  public func select(_ condition: IRValue, _ a: IRValue, _ b: IRValue) -> IRValue {
    add(a.type, "select \(condition.typed), \(a.typed), \(b.typed)")
  }

  /// The mask of the first `count` lanes.
  public func mask(_ count: IRValue) -> IRValue {
    let type = IRType.vector(set.lanes, of: .int32)
    let lanes = (0..<set.lanes).map { "i32 \($0)" }.joined(separator: ", ")
    let narrow = add(.int32, "trunc \(count.typed) to i32")
    return compare("slt", IRValue(type: type, text: "<\(lanes)>"), splat(narrow))
  }

  /// Reads the lanes of `mask`; the others are 0 and their memory is not touched.
  public func load(_ address: IRValue, mask: IRValue) -> IRValue {
    load(.float, address, mask: mask, alignment: 4)
  }

  /// The same for a vector of `lane`.
  public func load(
    _ lane: IRType, _ address: IRValue, mask: IRValue, alignment: Int = 1
  ) -> IRValue {
    let type = IRType.vector(set.lanes, of: lane)
    return call(
      "@llvm.masked.load.\(type.mangled(set.lanes)).p0", type,
      [address, .integer(alignment, .int32), mask, .zero(type)])
  }

  /// Writes the lanes of `mask`; the memory of the others is not touched.
  public func store(_ value: IRValue, _ address: IRValue, mask: IRValue, alignment: Int = 4) {
    let name = "@llvm.masked.store.\(value.type.mangled(set.lanes)).p0"
    declarations.insert("declare void \(name)(\(value.type.text), ptr, i32, \(mask.type.text))")
    lines.append(
      "  call void \(name)(\(value.typed), \(address.typed), i32 \(alignment), \(mask.typed))")
  }

  /// Calls an intrinsic, declared for these types.
  func call(_ name: String, _ type: IRType, _ operands: [IRValue]) -> IRValue {
    let types = operands.map(\.type.text).joined(separator: ", ")
    declarations.insert("declare \(type.text) \(name)(\(types))")
    return add(
      type, "call \(type.text) \(name)(\(operands.map(\.typed).joined(separator: ", ")))")
  }

  // MARK: Control flow

  private func begin(_ label: String) {
    lines.append("\(label):")
    block = label
  }

  /// Repeats `body` for the indices from `start` below `end`, `step` apart.
  ///
  /// - Parameters:
  ///   - carried: values that each round changes.
  ///   - body: is given the index and the carried values, and gives their new values.
  /// - Returns: the carried values at the end.
  public func loop(
    from start: IRValue, to end: IRValue, step: Int, carrying carried: [IRValue],
    _ body: (IRValue, [IRValue]) -> [IRValue]
  ) -> [IRValue] {
    let name = fresh()
    let before = block
    lines.append("  br label %head_\(name)")
    begin("head_\(name)")
    let place = lines.count
    let index = IRValue(type: .int64, text: "%\(fresh())")
    let inside = carried.map { IRValue(type: $0.type, text: "%\(fresh())") }
    let goesOn = compare("slt", index, end)
    lines.append("  br \(goesOn.typed), label %body_\(name), label %end_\(name)")
    begin("body_\(name)")
    let changed = body(index, inside)
    let next = sum(index, .integer(step))
    lines.append("  br label %head_\(name)")
    var nodes: [String] = []
    for ((value, first), last) in zip(zip([index] + inside, [start] + carried), [next] + changed) {
      nodes.append(
        "  \(value.text) = phi \(value.type.text) [\(first.text), %\(before)], "
          + "[\(last.text), %\(block)]")
    }
    lines.insert(contentsOf: nodes, at: place)
    begin("end_\(name)")
    return inside
  }

  /// Does the first or the second work.
  public func branch(_ condition: IRValue, _ first: () -> Void, else second: () -> Void) {
    let name = fresh()
    lines.append("  br \(condition.typed), label %then_\(name), label %else_\(name)")
    begin("then_\(name)")
    first()
    lines.append("  br label %end_\(name)")
    begin("else_\(name)")
    second()
    lines.append("  br label %end_\(name)")
    begin("end_\(name)")
  }
}
