import IR
import Support
import Tensors

/// Adds tensors of one element type; sizes must be equal.
struct TestAdd: TensorOperator {
  static let name = "add"
  func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    guard inputs.count == 2 else {
      throw MIGraphXError(.invalidShape, "2 inputs are needed, found \(inputs.count)")
    }
    guard inputs[0].elementType == inputs[1].elementType, inputs[0].rank == inputs[1].rank else {
      throw MIGraphXError(.invalidShape, "found (\(inputs[0])) and (\(inputs[1]))")
    }
    var sizes: [Dimension] = []
    for axis in inputs[0].dimensions.indices {
      sizes.append(
        try context.require(
          inputs[0].dimensions[axis], equals: inputs[1].dimensions[axis], "axis \(axis)"))
    }
    return [Shape(inputs[0].elementType, sizes)]
  }
  func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] { [inputs[0]] }
}

/// Gives its input.
struct TestRelu: TensorOperator {
  static let name = "relu"
  func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] { Array(inputs.prefix(1)) }
  func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] { inputs }
}

/// Two results: the input transposed, and the number of elements that are not 0.
struct TestSplit: TensorOperator {
  static let name = "split"
  func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    guard inputs.count == 1 else { throw MIGraphXError(.invalidShape, "one input is needed") }
    let shape = Shape(
      inputs[0].elementType, inputs[0].dimensions.reversed(), strides: inputs[0].strides.reversed())
    return [shape, Shape(.int64, [context.freshSize(maximum: 100)])]
  }
  func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] { [] }
}

/// Has attributes of every kind; gives a shape that they state.
struct TestAttributes: TensorOperator {
  static let name = "attributes"
  enum Mode: String, Codable { case average, max }
  struct Pair: Codable, Hashable {
    var a = 1
    var b = [Dimension]()
  }
  var flag = false
  var axis = -1
  var ratio: Float = 1e-05
  var exact = 0.1
  var text = ""
  var mode = Mode.average
  var outLens: [Dimension]?
  var pairs: [Pair] = []
  enum CodingKeys: String, CodingKey {
    case flag, axis, ratio, exact, text, mode
    case outLens = "out_lens"
    case pairs
  }

  func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] { [Shape(.float, outLens ?? [])] }
  func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] { [] }
}

/// Has attributes that may be nil and aren't by default.
struct TestOptionals: TensorOperator {
  static let name = "optionals"
  var first: Int?
  var axis: Int? = -1
  var sizes: [Dimension]? = [2]
  var word: String? = "none"
  var last = 0

  func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] { [Shape(.float, sizes ?? [])] }
  func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] { [] }
}

/// Values of every type.
struct TestStructures: RegisteredOperator {
  static let name = "structures"
  func inferTypes(
    _ operands: [ValueType], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [ValueType] {
    let tensor = ValueType.tensor(Shape(.float, lens: [2]))
    return [
      .tuple([tensor, .tuple([])]), .sequence(tensor), .optional(.sequence(tensor)), tensor,
    ]
  }
  func evaluate(
    _ operands: [RuntimeValue], in context: EvaluationContext
  ) throws(MIGraphXError) -> [RuntimeValue] { [] }
}

/// No results.
struct TestSink: RegisteredOperator {
  static let name = "sink"
  var isPure: Bool { false }
  func inferTypes(
    _ operands: [ValueType], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [ValueType] { [] }
  func evaluate(
    _ operands: [RuntimeValue], in context: EvaluationContext
  ) throws(MIGraphXError) -> [RuntimeValue] { [] }
}

/// Gives what its first sub-module gives.
struct TestCall: RegisteredOperator {
  static let name = "call"
  func inferTypes(
    _ operands: [ValueType], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [ValueType] {
    guard let module = context.modules.first else {
      throw MIGraphXError(.invalidProgram, "a sub-module is needed")
    }
    return module.results.map { module.type(of: $0) }
  }
  func evaluate(
    _ operands: [RuntimeValue], in context: EvaluationContext
  ) throws(MIGraphXError) -> [RuntimeValue] { [] }
}

/// An operator that exists only at run time.
struct TestCustom: Operator {
  let name: String
  let attributes: [String: Int]
  struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  init(name: String, attributes: [String: Int]) {
    self.name = name
    self.attributes = attributes
  }
  init(from decoder: any Decoder) throws {
    name = ""
    attributes = [:]
  }
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    for (name, value) in attributes.sorted(by: { $0.key < $1.key }) {
      try container.encode(value, forKey: Key(stringValue: name))
    }
  }
  func inferTypes(
    _ operands: [ValueType], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [ValueType] { Array(operands.prefix(1)) }
  func evaluate(
    _ operands: [RuntimeValue], in context: EvaluationContext
  ) throws(MIGraphXError) -> [RuntimeValue] { operands }

  static let factory: @Sendable (String) -> OperatorRegistry.Factory = { name in
    { fields, _ in
      var attributes: [String: Int] = [:]
      for field in fields {
        guard case .int(let value) = field.value else {
          return .failure(MIGraphXError(.invalidArgument, "\(field) is no integer"))
        }
        attributes[field.name] = value
      }
      return .success(TestCustom(name: name, attributes: attributes))
    }
  }
}

let testRegistry: OperatorRegistry = {
  var registry = OperatorRegistry([
    TestAdd.self, TestRelu.self, TestSplit.self, TestAttributes.self, TestStructures.self,
    TestSink.self, TestCall.self, TestOptionals.self,
  ])
  for name in ["my_custom", "gpu::code object", "x,y"] {
    registry.add(name, factory: TestCustom.factory(name))
  }
  return registry
}()

let everything = TextOptions(elementLimit: .max, printsDebugSymbols: true)

func tensor(_ type: ElementType, _ dimensions: Dimension...) -> ValueType {
  .tensor(Shape(type, dimensions))
}
