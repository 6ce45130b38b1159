import Support
import Tensors

/// What an instruction computes. One conforming struct is one operator; its stored properties are its
/// attributes, and `Codable` gives them their text form, equality and construction by name.
public protocol Operator: Hashable, Codable, Sendable {
  /// The operator's name in programs. Operators defined at run time choose it for each instance.
  var name: String { get }

  /// Whether equal operands always give equal results and nothing else happens.
  var isPure: Bool { get }

  /// The types of the results.
  ///
  /// Implementations check number, types and sizes of the operands, whatever they are.
  ///
  /// - Throws: `invalidShape` or `unsupported`, with the value seen and the value needed.
  func inferTypes(
    _ operands: [ValueType], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [ValueType]

  /// Computes the results plainly. The reference target runs this; it decides what is right.
  ///
  /// Results have the inferred types, with true sizes in place of symbols.
  ///
  /// - Throws: what only values can tell, such as an index out of range.
  func evaluate(
    _ operands: [RuntimeValue], in context: EvaluationContext
  ) throws(MIGraphXError) -> [RuntimeValue]
}

extension Operator {
  public var isPure: Bool { true }
}

/// An operator whose name belongs to its Swift type, and whose attributes all have defaults.
public protocol RegisteredOperator: Operator {
  /// The operator's name in programs.
  static var name: String { get }
  /// Makes the operator with every attribute at its default.
  init()
}

extension RegisteredOperator {
  public var name: String { Self.name }
}

/// An operator on tensors only.
public protocol TensorOperator: RegisteredOperator {
  /// The shapes of the results. See ``Operator/inferTypes(_:in:)``.
  func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape]

  /// Computes the results. See ``Operator/evaluate(_:in:)``.
  func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument]
}

extension TensorOperator {
  public func inferTypes(
    _ operands: [ValueType], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [ValueType] {
    var shapes: [Shape] = []
    for (index, operand) in operands.enumerated() {
      guard let shape = operand.shape else {
        if let type = operand.tensorElementType {
          throw MIGraphXError(
            .unsupported, "the number of axes of input \(index), of \(type.rawValue), must be known"
          )
        }
        throw MIGraphXError(.invalidShape, "input \(index) must be a tensor, found \(operand)")
      }
      shapes.append(shape)
    }
    return try inferShapes(shapes, in: &context).map { .tensor($0) }
  }

  public func evaluate(
    _ operands: [RuntimeValue], in context: EvaluationContext
  ) throws(MIGraphXError) -> [RuntimeValue] {
    var inputs: [Argument] = []
    for (index, operand) in operands.enumerated() {
      guard let argument = operand.argument else {
        throw MIGraphXError(.invalidArgument, "input \(index) must be a tensor")
      }
      inputs.append(argument)
    }
    return try evaluate(inputs, in: context).map { .tensor($0) }
  }
}

/// What evaluation of one instruction may use besides its operands.
public struct EvaluationContext: Sendable {
  /// The types inferred for the results.
  public let resultTypes: [ValueType]
  /// The sub-modules of the instruction.
  public let modules: [Module]
  /// The bytes that results may take.
  public let memoryLimit: Int
  private let symbolValue: @Sendable (Symbol) -> Int?
  private let runModule: ModuleRunner

  /// Runs a module on arguments for its parameters, while its caller holds so many bytes.
  public typealias ModuleRunner =
    @Sendable (_ module: Module, _ arguments: [RuntimeValue], _ heldByteCount: Int) -> Result<
      [RuntimeValue], MIGraphXError
    >

  /// Makes a context.
  ///
  /// - Parameters:
  ///   - symbolValue: the values of the symbols known so far.
  ///   - runModule: runs a module on arguments for its parameters.
  public init(
    resultTypes: [ValueType], modules: [Module] = [],
    memoryLimit: Int = Storage.maximumByteCount / 4,
    symbolValue: @escaping @Sendable (Symbol) -> Int? = { _ in nil },
    runModule: @escaping ModuleRunner = { _, _, _ in
      .failure(MIGraphXError(.unsupported, "sub-modules can't run here"))
    }
  ) {
    self.resultTypes = resultTypes
    self.modules = modules
    self.memoryLimit = memoryLimit
    self.symbolValue = symbolValue
    self.runModule = runModule
  }

  /// The value of a symbolic expression.
  ///
  /// - Throws: `invalidShape` when a symbol has no value yet or the value can't be computed.
  public func value(of dimension: Dimension) throws(MIGraphXError) -> Int {
    if let constant = dimension.constant { return constant }
    guard let value = dimension.evaluated(symbolValue) else {
      throw MIGraphXError(.invalidShape, "the size \(dimension) has no value here")
    }
    return value
  }

  /// The values of symbolic expressions. See ``value(of:)``.
  public func values(of dimensions: [Dimension]) throws(MIGraphXError) -> [Int] {
    var values: [Int] = []
    for dimension in dimensions { values.append(try value(of: dimension)) }
    return values
  }

  /// Runs sub-module `index` on `arguments`, one for each of its parameters in order.
  ///
  /// - Parameter held: the bytes of values that the caller keeps meanwhile; what remains is the module's limit.
  /// - Throws: `invalidProgram` when there is no such module, and what running it throws.
  public func run(
    module index: Int, on arguments: [RuntimeValue], holding held: Int = 0
  ) throws(MIGraphXError) -> [RuntimeValue] {
    guard modules.indices.contains(index) else {
      throw MIGraphXError(.invalidProgram, "there is no sub-module \(index)")
    }
    return try runModule(modules[index], arguments, held).get()
  }
}
