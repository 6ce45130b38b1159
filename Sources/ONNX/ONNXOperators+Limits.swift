extension ONNXOperators {
  /// What an operator can't do, in one sentence, by the names in ``names``. The others do all that their schema allows.
  public static let limits: [String: String] = [
    "Constant": "No sparse values."
  ]
}
