import IR
import Support
import Tensors

/// The value in another element type.
///
/// Floating-point numbers become integers by cutting off the fraction, clamped to the type's range, NaN as 0; those of
/// fewer than 8 bits wrap. Integers become narrower by keeping their low bits; everything but zero becomes true.
public struct Convert: PointwiseOperator {
  public static let name = "convert"
  public static let inputCount = 1
  public static let acceptedTypes = TypeClass.any
  /// The element type of the result; text is not possible.
  public var targetType = ElementType.half
  /// Whether numbers beyond the range of an 8-bit floating-point type become its largest, as they do if this is nil;
  /// else they become infinity, or NaN in types without one.
  public var saturate: Bool?
  /// Which power of two a number becomes in `fp8e8m0_type`; nil for the next one up.
  public var roundMode: PowerRounding?

  /// How numbers become powers of two.
  public enum PowerRounding: String, Codable, Sendable, CaseIterable {
    case up, down, nearest
  }

  private enum CodingKeys: String, CodingKey {
    case targetType = "target_type"
    case saturate
    case roundMode = "round_mode"
  }

  public init() {}

  /// Makes the operator.
  public init(
    targetType: ElementType, saturate: Bool? = nil, roundMode: PowerRounding? = nil
  ) {
    self.targetType = targetType
    self.saturate = saturate
    self.roundMode = roundMode
  }

  public func resultType(_ operandType: ElementType) -> ElementType { targetType }

  public func checkAttributes() throws(MIGraphXError) {
    if targetType == .string {
      throw MIGraphXError(.unsupported, "conversion to \(targetType.rawValue)")
    }
  }

  public func formula(_ x: [Scalar]) -> Scalar {
    var value = x[0]
    if targetType == .float8e8m0 {
      switch roundMode ?? .up {
      case .up: value = .unary(.powerAbove, value)
      case .down: value = .unary(.powerBelow, value)
      case .nearest: break
      }
    }
    guard saturate ?? true else { return value }
    return value.saturated(to: targetType)
  }
}

extension Scalar {
  /// The number, or the nearest one that an 8-bit floating-point type has; any number in other types.
  func saturated(to type: ElementType) -> Scalar {
    let range: (least: Double, largest: Double)? =
      switch type {
      case .float8e4m3fn: (-448, 448)
      case .float8e4m3fnuz: (-240, 240)
      case .float8e5m2, .float8e5m2fnuz: (-57344, 57344)
      case .float8e8m0: (0x1p-127, 0x1p127)
      default: nil
      }
    guard let range else { return self }
    return .binary(
      .minimum, .binary(.maximum, self, .constant(range.least)), .constant(range.largest))
  }
}
