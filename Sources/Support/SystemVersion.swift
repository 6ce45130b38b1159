/// The version of this system.
public enum SystemVersion {
  /// Major, minor and patch number.
  public static let number = "0.1.0"
}
