import IR

extension OperatorRegistry {
  /// Every operator that is part of the system.
  public static let standard = OperatorRegistry([
    Add.self,
    Transpose.self,
  ])
}
