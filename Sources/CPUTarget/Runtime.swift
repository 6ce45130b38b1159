import Codegen
import IR
import Support
import Tensors

/// What the kernels of one executable share.
struct Runtime: Sendable {
  let pool: ThreadPool
  let buffers = BufferPool()
}

/// Computes what one or several instructions compute. It doesn't change, and several threads may run it at once.
protocol NativeKernel: AnyObject, Sendable {
  /// Computes the result.
  ///
  /// - Throws: `invalidShape` when operands don't fit each other, `system` when there is no memory.
  func run(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> Argument
}

/// Stands for instructions that a kernel of this target computes.
struct NativeOperator: Operator {
  /// The operator at which the kernel begins.
  let base: any Operator
  /// What the kernel computes besides, in order.
  let fused: [String]
  let resultType: ValueType
  let kernel: any NativeKernel

  var name: String { "cpu::" + ([base.name] + fused).joined(separator: "_") }

  func inferTypes(
    _ operands: [ValueType], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [ValueType] { [resultType] }

  func evaluate(
    _ operands: [RuntimeValue], in context: EvaluationContext
  ) throws(MIGraphXError) -> [RuntimeValue] {
    let inputs = operands.compactMap(\.argument)
    guard inputs.count == operands.count else {
      throw MIGraphXError(.invalidArgument, "operands must be tensors")
    }
    return [.tensor(try kernel.run(inputs, in: context))]
  }

  static func == (a: NativeOperator, b: NativeOperator) -> Bool { a.kernel === b.kernel }

  func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(kernel)) }

  /// Kernels belong to one executable: programs in files hold the operators that they stand for.
  init(from decoder: any Decoder) throws {
    throw MIGraphXError(.unsupported, "operators of the target cpu can't be read")
  }

  func encode(to encoder: any Encoder) throws { try base.encode(to: encoder) }

  init(base: any Operator, fused: [String], resultType: ValueType, kernel: any NativeKernel) {
    self.base = base
    self.fused = fused
    self.resultType = resultType
    self.kernel = kernel
  }
}
