import IR
import Planning
import Support
import Tensors

extension Module {
  /// Puts the instructions into an order in which values need less memory, and wait less for their users.
  mutating func schedule() throws(MIGraphXError) {
    let outputs = Set(results)
    try reorder(scheduled { memory(of: $0, outputs: outputs) })
  }

  /// What `value` takes between inputs and outputs; these have memory of their own.
  private func memory(of value: Value, outputs: Set<Value>) -> ResultMemory {
    let instruction = self[value.instruction]
    guard let op = instruction.op else { return .own(byteCount: 0) }
    if (op as? NativeOperator)?.kernel is ViewKernel { return .shared(instruction.inputs[0]) }
    guard !outputs.contains(value), let shape = shape(of: value) else { return .own(byteCount: 0) }
    return .own(byteCount: shape.typicalByteCount)
  }
}

extension Shape {
  /// The bytes at the maximum sizes; those that have none count as 64 or their minimum.
  fileprivate var typicalByteCount: Int {
    byteCount.evaluated { $0.largest ?? max($0.minimum, 64 - 64 % $0.step) } ?? 0
  }
}
