import Support
import Tensors

/// Names an instruction of one module. Ids are never used again after removal.
public struct InstructionID: Hashable, Sendable, Comparable {
  let index: UInt32

  public static func < (a: InstructionID, b: InstructionID) -> Bool { a.index < b.index }
}

/// One result of one instruction.
public struct Value: Hashable, Sendable {
  /// The instruction that makes the value.
  public let instruction: InstructionID
  /// Which of its results this is.
  public let result: Int

  /// Names result `result` of `instruction`.
  public init(_ instruction: InstructionID, result: Int = 0) {
    self.instruction = instruction
    self.result = result
  }
}

/// One step of a module: what it does, to which values, and what is known about its results.
public struct Instruction: Sendable {
  /// What an instruction does.
  public enum Body: Sendable {
    /// Takes the value that the caller passes under this name.
    case parameter(String)
    /// Gives a constant.
    case literal(Literal)
    /// Applies an operator to its inputs.
    case apply(any Operator)
    /// Ends the module; the inputs are the results, with their names if they have any.
    case result(names: [String])
  }

  /// What the instruction does.
  public package(set) var body: Body
  /// The values that it does it to. What sub-modules capture is among them.
  public package(set) var inputs: [Value]
  /// The sub-modules of operators such as If, Loop and Scan, which use nothing but their parameters.
  public package(set) var modules: [Module]
  /// The types of the results.
  public package(set) var types: [ValueType]
  /// What is known about the contents of each result.
  public package(set) var contents: [SymbolicContents?]
  /// The names of the nodes that the instruction stems from.
  public package(set) var debugSymbols: [String]
  /// The number after which the symbols that inference makes for the instruction are named.
  var number = 0

  /// The operator; nil for parameters, literals and the return.
  public var op: (any Operator)? {
    if case .apply(let op) = body { op } else { nil }
  }

  /// The literal; nil for other instructions.
  public var literal: Literal? {
    if case .literal(let literal) = body { literal } else { nil }
  }

  /// The name of the parameter; nil for other instructions.
  public var parameterName: String? {
    if case .parameter(let name) = body { name } else { nil }
  }

  /// `@param`, `@literal`, `@return` or the operator's name.
  public var name: String {
    switch body {
    case .parameter: "@param"
    case .literal: "@literal"
    case .result: "@return"
    case .apply(let op): op.name
    }
  }
}
