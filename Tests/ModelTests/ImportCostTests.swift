import FoundationEssentials
import Glibc
import MIGraphX
import Testing

/// Weights stay in the mapped file, so importing costs little whatever their size.
@Suite(.serialized) struct ImportCostTests {
  /// 438 MB of weights: under 100 MB of private memory and under 1 s, as the file is not read.
  ///
  /// In a process of its own, since the memory of other tests would count. The time is that of the
  /// processor, on one thread: other tests use the cores meanwhile.
  @Test(.enabled(if: ZooCase.all.contains { $0.index.model == "bert_base" }))
  func largeModelIsNotCopied() async {
    await #expect(processExitsWith: .success) {
      let item = try #require(ZooCase.all.first { $0.index.model == "bert_base" })
      let before = try ImportCostTests.privateBytes()
      let start = ImportCostTests.processorTime()
      let program = try Program(onnx: item.modelPath)
      let time = ImportCostTests.processorTime() - start
      let growth = try ImportCostTests.privateBytes() - before
      print("bert_base: imported in \(time), \(growth / 1_000_000) MB of private memory")
      #expect(time < .seconds(1))
      #expect(growth < 100_000_000)
      let sizes = program.main.order.compactMap { program.main[$0].literal?.argument.elementCount }
      #expect(sizes.reduce(0, +) > 100_000_000)
    }
  }

  /// The processor time that this process has used so far.
  private static func processorTime() -> Duration {
    var time = timespec()
    unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }

  /// The memory of this process that no file backs. Which pages of a mapped file are resident is the
  /// kernel's choice, and a file that was just written has dirty ones.
  private static func privateBytes() throws -> Int {
    let text = try String(contentsOfFile: "/proc/self/smaps_rollup", encoding: .utf8)
    let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("Anonymous:") })
    let field = try #require(line.split(separator: " ").dropFirst().first)
    return try #require(Int(field)) * 1024
  }
}
