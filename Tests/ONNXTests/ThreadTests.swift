import Dispatch
import Foundation
import IR
import MIGraphX
import ONNXProto
import Support
import Tensors
import Testing

/// One compiled program, many threads.
struct ThreadTests {
  private static let threads = 8
  private static let runs = 1000

  /// y = relu(x · w) with w = [[1, 2], [3, 4], [5, 6]], of 1 to 4 rows.
  private func program() throws -> CompiledProgram {
    var model = simple([node("MatMul", ["x", "w"], ["h"]), node("Relu", ["h"], ["y"])])
    model.graph.initializer = [
      tensor("w", type: 1, dims: [3, 2]) { $0.floatData = [1, 2, 3, 4, 5, 6] }
    ]
    return try Program(onnxBytes: try encoded(model)).compiled()
  }

  /// Every result is right, whatever the others run; some ask for an intermediate tensor.
  @Test func oneProgramRunsOnManyThreads() throws {
    let compiled = try program()
    let failures = Locked<[String]>([])
    let group = DispatchGroup()
    for thread in 0..<ThreadTests.threads {
      group.enter()
      Thread.detachNewThread {
        for run in 0..<ThreadTests.runs {
          let rows = 1 + (thread + run) % 4
          let x = (0..<rows * 3).map { Float(($0 * 7 + thread * 31 + run * 13) % 17 - 8) }
          var expected: [Float] = []
          for row in 0..<rows {
            let (a, b, c) = (x[row * 3], x[row * 3 + 1], x[row * 3 + 2])
            expected += [a + 3 * b + 5 * c, 2 * a + 4 * b + 6 * c]
          }
          let name = run % 3 == 0 ? "h" : "y"
          let wanted = name == "h" ? expected : expected.map { max($0, 0) }
          do {
            let results = try compiled.run(
              ["x": Argument(x, lens: [rows, 3])], outputs: [name])
            guard results[0].value.elements(as: Float.self) != wanted else { continue }
            failures.withLock { $0.append("thread \(thread), run \(run): \(results[0])") }
          } catch {
            failures.withLock { $0.append("thread \(thread), run \(run): \(error)") }
          }
        }
        group.leave()
      }
    }
    group.wait()
    #expect(failures.withLock { $0 } == [])
  }
}
