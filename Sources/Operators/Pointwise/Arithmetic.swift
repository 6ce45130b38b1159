import IR

/// The sum of two numbers; of integers, modulo their width.
public struct Add: PointwiseOperator {
  public static let name = "add"
  public static let inputCount = 2
  public static let acceptedTypes = TypeClass.numeric
  public init() {}
  public func formula(_ x: [Scalar]) -> Scalar { x[0] + x[1] }
}
