import CLLVM
import Glibc
import Support
import Synchronization

/// Threads that share the work of loops. Any number of callers may use a pool at once.
///
/// A caller works on its own loop and is joined by those workers that have nothing else to do; without any it
/// does all of the work itself. Workers wait actively for a moment after a loop, since the next one is
/// likely to come soon, and sleep then. After a `fork` the child starts workers of its own.
@safe public final class ThreadPool: @unchecked Sendable {
  /// The pool of this process.
  public static let shared: ThreadPool = {
    let pool = ThreadPool(threadCount: defaultThreadCount)
    pthread_atfork(
      { unsafe pthread_mutex_lock(ThreadPool.shared.mutex) },
      { unsafe pthread_mutex_unlock(ThreadPool.shared.mutex) },
      { ThreadPool.shared.forgetWorkers() })
    return pool
  }()

  /// The number of threads that work at most, the caller's among them.
  public let threadCount: Int
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let workArrived: UnsafeMutablePointer<pthread_cond_t>
  private let workFinished: UnsafeMutablePointer<pthread_cond_t>
  // What follows is used under the mutex.
  private var loops: [Loop] = []
  private var spareLoops: [Loop] = []
  private var workerCount = 0
  private var sleepers = 0
  private var isEnding = false
  /// Counts loops that have begun, so that workers can watch for one without the mutex.
  private let arrivals = Atomic<Int>(0)

  /// Does one task of a loop, on what the loop's caller points to. No two threads that work on the loop at one time
  /// are the same participant; participants are numbered below ``threadCount``.
  public typealias Body =
    @Sendable (_ task: Int, _ participant: Int, _ context: UnsafeRawPointer) -> Void

  /// One loop that is under way, or waits to be used again.
  @safe private final class Loop: @unchecked Sendable {
    var count = 0
    var context: UnsafeRawPointer?
    /// The caller's closure, which may not outlive its call: the caller takes it away once no worker uses it.
    var body: Body?
    let next = Atomic<Int>(0)
    /// The threads that have begun to work on the loop.
    let participants = Atomic<Int>(0)
    /// The workers that take part; raised under the mutex.
    let workers = Atomic<Int>(0)

    /// Works on the loop until all of it is taken. No reference to the closure is left when this returns.
    @inline(never) func work() {
      guard let body = unsafe body, let context = unsafe context else { return }
      // A thread leaves when nothing is left to do, so none comes back.
      let participant = participants.wrappingAdd(1, ordering: .relaxed).oldValue
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        if index >= count { return }
        unsafe body(index, participant, context)
      }
    }
  }

  /// How often a waiting thread looks before it sleeps, some 50 microseconds long.
  private static let patience = 2000

  /// Makes a pool for tests and special uses; others share ``shared``.
  public init(threadCount: Int) {
    self.threadCount = max(1, threadCount)
    unsafe mutex = .allocate(capacity: 1)
    unsafe workArrived = .allocate(capacity: 1)
    unsafe workFinished = .allocate(capacity: 1)
    makeLocks()
  }

  private func makeLocks() {
    unsafe mutex.initialize(to: pthread_mutex_t())
    unsafe workArrived.initialize(to: pthread_cond_t())
    unsafe workFinished.initialize(to: pthread_cond_t())
    unsafe pthread_mutex_init(mutex, nil)
    unsafe pthread_cond_init(workArrived, nil)
    unsafe pthread_cond_init(workFinished, nil)
  }

  /// Ends the workers; the pool is not used any more.
  func end() {
    unsafe pthread_mutex_lock(mutex)
    isEnding = true
    unsafe pthread_cond_broadcast(workArrived)
    unsafe pthread_mutex_unlock(mutex)
    arrivals.wrappingAdd(1, ordering: .releasing)
  }

  /// In the child of a `fork` only the thread that called it is left.
  private func forgetWorkers() {
    makeLocks()
    loops = []
    spareLoops = []
    workerCount = 0
    sleepers = 0
  }

  /// Calls `body` for each number below `count`, in no particular order, and returns when all are done.
  public func run(_ count: Int, _ body: @Sendable (Int) -> Void) {
    if count <= 1 || threadCount == 1 {
      for index in 0..<max(0, count) { body(index) }
      return
    }
    withoutActuallyEscaping(body) { body in
      unsafe withUnsafePointer(to: count) { place in
        unsafe run(count, on: place) { index, _, _ in body(index) }
      }
    }
  }

  /// Calls `body` with `context` for each number below `count`, in no particular order, and returns when all are
  /// done. Nothing is allocated, once as many loops were under way at one time as are now.
  public func run(_ count: Int, on context: UnsafeRawPointer, _ body: @escaping Body) {
    if count <= 1 || threadCount == 1 {
      for index in 0..<max(0, count) { unsafe body(index, 0, context) }
      return
    }
    let loop = unsafe begin(count, context, body)
    loop.work()
    finish(loop)
  }

  private func begin(_ count: Int, _ context: UnsafeRawPointer, _ body: @escaping Body) -> Loop {
    unsafe pthread_mutex_lock(mutex)
    while workerCount < threadCount - 1, startWorker() { workerCount += 1 }
    let loop = spareLoops.popLast() ?? Loop()
    loop.count = count
    unsafe loop.context = context
    unsafe loop.body = body
    loop.next.store(0, ordering: .relaxed)
    loop.participants.store(0, ordering: .relaxed)
    loops.append(loop)
    arrivals.wrappingAdd(1, ordering: .releasing)
    if sleepers > 0 { unsafe pthread_cond_broadcast(workArrived) }
    unsafe pthread_mutex_unlock(mutex)
    return loop
  }

  /// Waits until no worker uses the loop, and makes it spare.
  private func finish(_ loop: Loop) {
    unsafe pthread_mutex_lock(mutex)
    if let place = loops.firstIndex(where: { $0 === loop }) { loops.remove(at: place) }
    unsafe pthread_mutex_unlock(mutex)
    var looks = 0
    while looks < ThreadPool.patience, loop.workers.load(ordering: .acquiring) > 0 {
      looks += 1
      cllvm_pause()
    }
    unsafe pthread_mutex_lock(mutex)
    while loop.workers.load(ordering: .acquiring) > 0 {
      unsafe pthread_cond_wait(workFinished, mutex)
    }
    unsafe loop.body = nil
    spareLoops.append(loop)
    unsafe pthread_mutex_unlock(mutex)
  }

  private func startWorker() -> Bool {
    var thread = pthread_t()
    var attributes = pthread_attr_t()
    unsafe pthread_attr_init(&attributes)
    defer { unsafe pthread_attr_destroy(&attributes) }
    unsafe pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    let pool = unsafe Unmanaged.passRetained(self)
    let status = unsafe pthread_create(
      &thread, &attributes,
      { @Sendable pointer in
        guard let pointer = unsafe pointer else { return nil }
        unsafe Unmanaged<ThreadPool>.fromOpaque(pointer).takeRetainedValue().serve()
        return nil
      }, pool.toOpaque())
    if status != 0 { unsafe pool.release() }
    return status == 0
  }

  /// What a worker does all its life.
  private func serve() {
    var seen = arrivals.load(ordering: .acquiring)
    while let loop = nextLoop() {
      loop.work()
      if loop.workers.wrappingSubtract(1, ordering: .acquiringAndReleasing).newValue == 0 {
        unsafe pthread_mutex_lock(mutex)
        unsafe pthread_cond_broadcast(workFinished)
        unsafe pthread_mutex_unlock(mutex)
      }
      for _ in 0..<ThreadPool.patience {
        let now = arrivals.load(ordering: .acquiring)
        if now != seen {
          seen = now
          break
        }
        cllvm_pause()
      }
    }
  }

  /// A loop with work left, once there is one; nil when the pool ends.
  private func nextLoop() -> Loop? {
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    while true {
      if isEnding { return nil }
      // The loop that fewest work on.
      var best: (loop: Loop, workers: Int)?
      for loop in loops where loop.next.load(ordering: .relaxed) < loop.count {
        let workers = loop.workers.load(ordering: .relaxed)
        if best.map({ workers < $0.workers }) ?? true { best = (loop, workers) }
      }
      if let loop = best?.loop {
        loop.workers.wrappingAdd(1, ordering: .relaxed)
        return loop
      }
      sleepers += 1
      unsafe pthread_cond_wait(workArrived, mutex)
      sleepers -= 1
    }
  }
}
