import Glibc
import IR
import Support
import Tensors

/// An operator that fills a tensor with random numbers.
///
/// Inputs are a seed, one integer, and a tensor `[..]` whose type and sizes the result has. Equal seeds give equal
/// numbers. Constants aren't made of them: they would take memory for what is quickly made anew.
protocol RandomOperator: TensorOperator {
  /// Makes number `index`, to be rounded to `type`.
  static func number(_ index: Int, _ generator: Philox, _ type: ElementType) -> Double
  /// Tells the numbers of the operator from those of others with the same seed.
  static var stream: UInt32 { get }
}

extension RandomOperator {
  public var isPure: Bool { false }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 2)
    try check(inputs[0], 0, is: .integer)
    try context.require(inputs[0].elementCount, equals: 1, "the elements of the seed and 1")
    try check(inputs[1], 1, is: .floating)
    return [inputs[1].standard]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    _ = try concreteShapes(inputs)
    let seed = inputs[0].converted(to: UInt64.self)[0]
    let generator = Philox(seed: seed, stream: Self.stream)
    let type = inputs[1].elementType
    let writer = try ElementWriter(type, lens: inputs[1].lens)
    let (count, step) = (inputs[1].elementCount, 4096)
    parallelTasks((count + step - 1) / step) { task in
      let range = task * step..<min(count, (task + 1) * step)
      writer.write(range.map { Self.number($0, generator, type) }, at: range.lowerBound)
    }
    return [writer.argument]
  }
}

/// Random numbers from 0 on and below 1, all equally likely.
///
/// Inputs are a seed, one integer, and a tensor `[..]` whose type and sizes the result has. Equal seeds give equal
/// numbers.
public struct RandomUniform: RandomOperator {
  public static let name = "random_uniform"
  static let stream: UInt32 = 0

  public init() {}

  static func number(_ index: Int, _ generator: Philox, _ type: ElementType) -> Double {
    // As many bits as the type holds below 1, so that no number is rounded up to 1.
    let bits: UInt64 =
      switch type {
      case .half: 11
      case .bfloat16: 8
      case .float: 24
      default: 53
      }
    return Double(generator.bits(index) >> (64 - bits)) / Double(1 << bits as UInt64)
  }
}

/// Random numbers of the normal distribution with mean 0 and variance 1.
///
/// Inputs are a seed, one integer, and a tensor `[..]` whose type and sizes the result has. Equal seeds give equal
/// numbers.
public struct RandomNormal: RandomOperator {
  public static let name = "random_normal"
  static let stream: UInt32 = 1

  public init() {}

  /// The method of Box and Muller.
  static func number(_ index: Int, _ generator: Philox, _ type: ElementType) -> Double {
    let radius = 1 - Double(generator.bits(2 * index) >> 11) * 0x1p-53
    let angle = Double(generator.bits(2 * index + 1) >> 11) * 0x1p-53
    return (-2 * log(radius)).squareRoot() * cos(2 * Double.pi * angle)
  }
}
