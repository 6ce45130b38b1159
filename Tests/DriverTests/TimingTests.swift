import Testing

@testable import migraphx_driver

/// Commands that take times.
@Suite("Driver: times")
struct TimingTests {
  let folder: Workplace

  init() throws {
    folder = try Workplace()
    try folder.writeModel()
  }

  @Test("time prints the mean time of a run")
  func time() throws {
    let outcome = try folder.run("time", "m.onnx", "--batch", "2", "-n", "3")
    #expect(outcome.code == 0)
    #expect(try /Total time: [0-9.e-]+ms\n/.wholeMatch(in: outcome.output) != nil)
    #expect(outcome.messages == ["Reading: m.onnx", "Compiling ...", "Running ..."])
  }

  @Test("perf prints MIGraphX's report", arguments: [false, true])
  func perf(_ isDetailed: Bool) throws {
    let outcome = try folder.run(
      ["perf", "m.onnx", "--batch", "2", "-n", "5"] + (isDetailed ? ["-d"] : []))
    #expect(outcome.code == 0)
    let lines = outcome.output.split(separator: "\n", omittingEmptySubsequences: false)
    let number = "[0-9.e+-]+"
    let (relu, add) =
      isDetailed
      ? (#"cpu::relu<float_type, \{2, 3\}>"#, #"cpu::add<int64_type, \{2\}>"#)
      : ("cpu::relu", "cpu::add")
    let time = "\(number)ms, [0-9]+%"
    let sum = "\(number)ms / 1 = \(time)"
    let patterns = [
      #"module: "main""#, "x = @param:x -> .*", "i = @param:i -> .*", "main:@2 = cpu::relu.*",
      #"main:@3 = cpu::add\(i\) -> int64_type, \{2\}, \{1\}"#, "main:@4 = @return.*", "", "",
      #"x = @param:x -> float_type, \{2, 3\}, \{3, 1\}: 0ms, 0%"#, "i = @param:i -> .*: 0ms, 0%",
      #"main:@2 = cpu::relu\(x\) -> float_type, \{2, 3\}, \{3, 1\}: "# + time,
      #"main:@3 = cpu::add\(i\) -> int64_type, \{2\}, \{1\}: "# + time,
      #"main:@4 = @return\[names=\{y, j\}\]\(main:@2,main:@3\)"#, "Summary:",
      "(\(relu)|\(add)): \(sum)", "(\(relu)|\(add)): \(sum)", "@param: 0ms / 2 = 0ms, 0%", "",
      "Batch size: 2", "Rate: \(number) inferences/sec",
      "Total time: \(number)ms \\(Min: \(number)ms, Max: \(number)ms, Mean: \(number)ms, "
        + "Median: \(number)ms\\)",
      #"Percentiles \(90%, 95%, 99%\): "# + "\\(\(number)ms, \(number)ms, \(number)ms\\)",
      "Total instructions time: \(number)ms", "Overhead time: \(number)ms, \(number)ms",
      "Overhead: -?[0-9]+%, -?[0-9]+%", "Target: cpu( \\(target cpu .*\\))?", "",
    ]
    #expect(lines.count == patterns.count, "\(outcome.output)")
    for (line, pattern) in zip(lines, patterns) {
      #expect(try Regex(pattern).wholeMatch(in: line) != nil, "'\(line)' is not '\(pattern)'")
    }
  }

  @Test("Times are summed up as MIGraphX does")
  func statistics() {
    let times = Times([8, 1, 2, 3, 100, 4, 5, 6])
    #expect(times.least == 1)
    #expect(times.greatest == 100)
    #expect(times.mean == 129.0 / 8)
    // 3, 4, 5 and 6: without the two lowest and the two highest.
    #expect(times.middleMean == 4.5)
    #expect(times.median == 4.5)
    // 0.9 * 7 = 6.3 and 0.99 * 7 = 6.93, cut off.
    #expect(times.percentile(0.9) == 8)
    #expect(times.percentile(0.99) == 8)
    #expect(times.percentile(1) == 100)
    #expect(Times([3, 1, 2]).median == 2)
    #expect(Times([3, 1, 5]).middleMean == 3)
    #expect(Times([7]).percentile(0.99) == 7)
  }

  @Test(
    "Numbers have six significant digits",
    arguments: [
      (0, "0"), (0.1234567, "0.123457"), (1_234_567, "1.23457e+06"), (0.00001234, "1.234e-05"),
      (-2.5, "-2.5"), (100, "100"), (Double.infinity, "inf"),
    ])
  func numbers(_ value: Double, _ text: String) {
    #expect(shortText(value) == text)
  }
}
