import Support
import Synchronization
import Testing

@testable import Codegen

@Suite struct ThreadPoolTests {
  @Test(arguments: [1, 2, 3, 8]) func everyNumberComesOnce(_ threads: Int) {
    let pool = ThreadPool(threadCount: threads)
    for count in [0, 1, 2, 3, 100, 1000] {
      let seen = Locked([Int](repeating: 0, count: count))
      pool.run(count) { index in seen.withLock { $0[index] += 1 } }
      #expect(seen.withLock { $0 } == [Int](repeating: 1, count: count))
    }
    pool.end()
  }

  /// Short loops in a row: workers come and go at every moment.
  @Test func manyShortLoops() {
    let pool = ThreadPool(threadCount: 4)
    let sum = Atomic<Int>(0)
    for _ in 0..<20_000 { pool.run(3) { sum.wrappingAdd($0, ordering: .relaxed) } }
    #expect(sum.load(ordering: .relaxed) == 60_000)
    pool.end()
  }

  /// Callers that come together share the workers, loops inside of loops too.
  @Test func callersShareAPool() {
    let pool = ThreadPool(threadCount: 3)
    let callers = ThreadPool(threadCount: 5)
    let sum = Atomic<Int>(0)
    callers.run(50) { _ in
      pool.run(20) { _ in
        pool.run(10) { sum.wrappingAdd($0, ordering: .relaxed) }
      }
    }
    #expect(sum.load(ordering: .relaxed) == 50 * 20 * 45)
    pool.end()
    callers.end()
  }

  @Test func theDefaultFitsTheMachine() {
    #expect((1...1024).contains(ThreadPool.defaultThreadCount))
  }
}
