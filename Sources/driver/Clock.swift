import Support

/// Runs `body` and says how long it took, as in `Parse time: 12.3ms`.
///
/// - Parameter activity: what a terminal shows meanwhile if that takes long.
func timed<Result>(
  _ name: String, _ activity: String, _ body: () throws -> Result
) rethrows -> Result {
  let (result, time) = try Progress.showing(activity) { _ in try measured(body) }
  let tenths = (time * 10).rounded()
  Log.write("\(name) time: \(tenths / 10)ms")
  return result
}

/// Runs `body` and tells how many milliseconds it took.
func measured<Result>(_ body: () throws -> Result) rethrows -> (result: Result, time: Double) {
  let clock = ContinuousClock()
  let start = clock.now
  let result = try body()
  return (result, (clock.now - start) / .milliseconds(1))
}

/// A line on the terminal of standard error about work that takes more than half a second.
final class Progress: Sendable {
  private struct State {
    var activity: String
    var isShown = false
    var isOver = false
  }

  private let state: Locked<State>
  private let start = ContinuousClock.now

  private init(_ activity: String) { state = Locked(State(activity: activity)) }

  /// Runs `body`, which may say more exactly what it does.
  static func showing<Result>(
    _ activity: String, _ body: ((String) -> Void) throws -> Result
  ) rethrows -> Result {
    guard errorIsTerminal, environmentVariable("TERM") != "dumb" else { return try body { _ in } }
    let progress = Progress(activity)
    let painter = Task.detached {
      try await Task.sleep(for: .milliseconds(500))
      while progress.paint() { try await Task.sleep(for: .milliseconds(200)) }
    }
    defer {
      painter.cancel()
      progress.end()
    }
    return try body { activity in progress.state.withLock { $0.activity = activity } }
  }

  /// - Returns: whether the work goes on.
  private func paint() -> Bool {
    state.withLock { state in
      if state.isOver { return false }
      let seconds = Int((ContinuousClock.now - start) / .seconds(1))
      writeError("\r\(state.activity) \(seconds)s\u{1B}[K")
      state.isShown = true
      return true
    }
  }

  private func end() {
    state.withLock { state in
      state.isOver = true
      if state.isShown { writeError("\r\u{1B}[K") }
    }
  }
}
