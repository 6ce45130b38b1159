import FoundationEssentials
import MIGraphX
import Testing

/// Weights stay in the mapped file, so importing costs little whatever their size.
@Suite(.serialized) struct ImportCostTests {
  /// 438 MB of weights: under 100 MB of private memory and under 1 s, as the file is not read.
  ///
  /// In a process of its own, since the memory of other tests would count.
  @Test(.enabled(if: ZooCase.all.contains { $0.index.model == "bert_base" }))
  func largeModelIsNotCopied() async {
    await #expect(processExitsWith: .success) {
      let item = try #require(ZooCase.all.first { $0.index.model == "bert_base" })
      let before = try ImportCostTests.privateBytes()
      let clock = ContinuousClock()
      var program = Program()
      // Other tests use the cores meanwhile: the shortest of three imports says what one costs.
      var time = Duration.seconds(60)
      for _ in 0..<3 {
        let start = clock.now
        program = try Program(onnx: item.modelPath)
        time = min(time, start.duration(to: clock.now))
      }
      let growth = try ImportCostTests.privateBytes() - before
      print("bert_base: imported in \(time), \(growth / 1_000_000) MB of private memory")
      #expect(time < .seconds(1))
      #expect(growth < 100_000_000)
      let sizes = program.main.order.compactMap { program.main[$0].literal?.argument.elementCount }
      #expect(sizes.reduce(0, +) > 100_000_000)
    }
  }

  /// The memory that only this process has, clean and dirty.
  private static func privateBytes() throws -> Int {
    let text = try String(contentsOfFile: "/proc/self/smaps_rollup", encoding: .utf8)
    return text.split(separator: "\n").filter { $0.hasPrefix("Private_") }.reduce(0) { sum, line in
      sum + (line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 1024
    }
  }
}
