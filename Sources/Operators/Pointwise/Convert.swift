import IR
import Support
import Tensors

/// The value in another element type.
///
/// Floating-point numbers become integers by cutting off the fraction, clamped to the type's range, NaN
/// as 0; integers become narrower by keeping their low bits; everything but zero becomes true.
public struct Convert: PointwiseOperator {
  public static let name = "convert"
  public static let inputCount = 1
  public static let acceptedTypes = TypeClass.any
  /// The element type of the result; text is not possible.
  public var targetType = ElementType.half

  private enum CodingKeys: String, CodingKey { case targetType = "target_type" }

  public init() {}

  /// Makes the operator.
  public init(targetType: ElementType) { self.targetType = targetType }

  public func resultType(_ operandType: ElementType) -> ElementType { targetType }

  public func checkAttributes() throws(MIGraphXError) {
    if targetType == .string {
      throw MIGraphXError(.unsupported, "conversion to \(targetType.rawValue)")
    }
  }

  public func formula(_ x: [Scalar]) -> Scalar { x[0] }
}
