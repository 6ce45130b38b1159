import IR
import Support
import Tensors

/// Runs an operator that only gives elements other sizes, on an input that lies in row-major order.
final class ArrangingKernel: NativeKernel {
  private let op: any TensorOperator
  private let runtime: Runtime

  init(_ op: any TensorOperator, _ runtime: Runtime) {
    self.op = op
    self.runtime = runtime
  }

  func run(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> Argument {
    var inputs = inputs
    inputs[0] = try runtime.arranged(inputs[0])
    return try op.evaluate(inputs, in: context)[0]
  }
}
