import Codegen
import IR
import Support
import Tensors

/// What the kernels of one executable share.
struct Runtime: Sendable {
  let pool: ThreadPool
  let buffers = BufferPool()
}

/// Computes what one or several instructions compute. It doesn't change, and several threads may use it at once.
protocol NativeKernel: AnyObject, Sendable {
  /// Decides all that the sizes and strides of operands decide, so that a run does nothing but work.
  ///
  /// - Parameter context: tells the sizes that symbols have.
  /// - Throws: `invalidShape` when operands don't fit each other, `limitExceeded` when sizes are absurd.
  func prepare(
    _ operands: [TensorLayout], in context: EvaluationContext
  ) throws(MIGraphXError) -> PreparedKernel
}

/// Stands for instructions that a kernel of this target computes.
struct NativeOperator: Operator {
  /// How names tell kernels for one operator apart.
  let form: String
  /// The operator at which the kernel begins.
  let base: any Operator
  /// What the kernel computes besides, in order.
  let fused: [String]
  let resultTypes: [ValueType]
  let kernel: any NativeKernel
  let runtime: Runtime

  var name: String { "cpu::" + form + ([base.name] + fused).joined(separator: "_") }

  func inferTypes(
    _ operands: [ValueType], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [ValueType] { resultTypes }

  func evaluate(
    _ operands: [RuntimeValue], in context: EvaluationContext
  ) throws(MIGraphXError) -> [RuntimeValue] {
    let inputs = operands.compactMap(\.argument)
    guard inputs.count == operands.count else {
      throw MIGraphXError(.invalidArgument, "operands must be tensors")
    }
    let prepared = try kernel.prepare(inputs.map { TensorLayout($0) }, in: context)
    return try runtime.run(prepared, inputs).map { .tensor($0) }
  }

  static func == (a: NativeOperator, b: NativeOperator) -> Bool { a.kernel === b.kernel }

  func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(kernel)) }

  /// Kernels belong to one executable: programs in files hold the operators that they stand for.
  init(from decoder: any Decoder) throws {
    throw MIGraphXError(.unsupported, "operators of the target cpu can't be read")
  }

  func encode(to encoder: any Encoder) throws { try base.encode(to: encoder) }

  init(
    form: String = "", base: any Operator, fused: [String] = [], resultTypes: [ValueType],
    kernel: any NativeKernel, _ runtime: Runtime
  ) {
    self.form = form
    self.base = base
    self.fused = fused
    self.resultTypes = resultTypes
    self.kernel = kernel
    self.runtime = runtime
  }
}
