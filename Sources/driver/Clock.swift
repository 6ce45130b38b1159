/// Runs `body` and reports how long it took, as in `Parse time: 12.3ms`.
func timed<Result>(_ name: String, _ body: () throws -> Result) rethrows -> Result {
  let clock = ContinuousClock()
  let start = clock.now
  let result = try body()
  let tenths = ((clock.now - start) / .milliseconds(1) * 10).rounded()
  writeError("\(name) time: \(tenths / 10)ms\n")
  return result
}
