import Codegen
import IR
import Operators
import Support
import Tensors

extension Lowering {
  /// The kernel for an operator that moves elements; nil if it has none, or operands decide the result's sizes.
  func movementKernel(
    _ op: any Operator, _ operands: [Shape]
  ) throws(MIGraphXError) -> (any NativeKernel)? {
    guard let first = operands.first, operands.allSatisfy({ $0.elementType.bitWidth >= 8 }) else {
      return nil
    }
    switch op {
    case let op as Concat: return ConcatKernel(op, runtime)
    case let op as Tile where operands.count == 1: return RepeatingKernel(op, runtime)
    case let op as Pad where operands.count <= 2: return try PadKernel(op, first.elementType)
    case let op as Gather: return GatherKernel(op, runtime)
    case let op as GatherElements: return GatherElementsKernel(op, runtime)
    case let op as GatherND: return GatherNDKernel(op, runtime)
    case let op as ReverseSequence: return ReverseSequenceKernel(op, runtime)
    case let op as OneHot where operands.count == 2: return OneHotKernel(op, runtime)
    case let op as Trilu where operands.count == 1: return TriluKernel(op, runtime)
    case let op as Resize where operands.count == 1:
      guard ResizeKernel.computes(op, first.elementType, rank: first.rank) else { return nil }
      let kernel = try library.kernels([WeightedSumEmitter.source(set)])[0]
      return try ResizeKernel(op, first.elementType, kernel, runtime)
    case let op as any ScatterOperator:
      let combination = type(of: op).combination
      return ScatterKernel.combines(first.elementType, combination)
        ? ScatterKernel(op, runtime) : nil
    case let op as any ScatterNDOperator:
      let combination = type(of: op).combination
      return ScatterKernel.combines(first.elementType, combination)
        ? ScatterKernel(op, runtime) : nil
    default: return nil
    }
  }
}
