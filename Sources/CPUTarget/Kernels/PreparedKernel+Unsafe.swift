import Codegen
import Support
import Synchronization
import Tensors

/// A kernel for operands that lie in one way: grids of tasks that run one after the other.
struct PreparedKernel: Sendable {
  /// The results. Each fills its memory without gaps, its axes in any order, unless it is a view.
  var results: [TensorLayout]
  /// Where in operand 0 the only result lies, in bytes; nil when it has memory of its own.
  var viewOffset: Int?
  /// The bytes of memory that the tasks need meanwhile.
  var scratchByteCount = 0
  /// The operand whose memory the first result may take when nothing else needs it: it lies in the same way, and
  /// each of its elements is read before it is overwritten.
  var inPlaceOperand: Int?
  var grids: [TaskGrid] = []
  /// What tasks read besides, by its address.
  var constants: [Argument] = []
  /// The error for a number that a task reported.
  var fault: (@Sendable (Int) -> MIGraphXError)?

  /// A result that is operand 0 seen in another way.
  static func view(_ layout: TensorLayout, byteOffset: Int = 0) -> PreparedKernel {
    PreparedKernel(results: [layout], viewOffset: byteOffset)
  }

  /// Runs all tasks. Nothing is allocated.
  ///
  /// - Throws: the error of a task that reported one.
  func run(_ memory: KernelMemory, on pool: ThreadPool) throws(MIGraphXError) {
    unsafe withUnsafePointer(to: memory) { place in
      for grid in grids { unsafe grid.run(UnsafeRawPointer(place), on: pool) }
    }
    if let fault, let number = memory.takeReport() { throw fault(number) }
  }
}

/// Tasks that may run at the same time.
@safe struct TaskGrid: Sendable {
  let taskCount: Int
  private let body: ThreadPool.Body

  /// Describes tasks.
  ///
  /// - Parameter body: does one task. It must not allocate.
  init(_ taskCount: Int, _ body: @escaping @Sendable (_ task: Int, _ memory: KernelMemory) -> Void)
  {
    self.taskCount = taskCount
    unsafe self.body = { task, participant, place in
      var memory = unsafe place.assumingMemoryBound(to: KernelMemory.self).pointee
      memory.participant = participant
      body(task, memory)
    }
  }

  fileprivate func run(_ memory: UnsafeRawPointer, on pool: ThreadPool) {
    unsafe pool.run(taskCount, on: memory, body)
  }
}

/// Where a run of a prepared kernel finds its operands, results and scratch memory.
@safe struct KernelMemory: @unchecked Sendable {
  /// The addresses of operands, then results, then scratch memory.
  private let addresses: UnsafePointer<UnsafeMutableRawPointer>
  private let operandCount: Int
  private let resultCount: Int
  private let faults: UnsafeMutablePointer<Atomic<Int>>
  /// The number of the thread among those that work on the same grid.
  fileprivate(set) var participant = 0

  private static let none = Int.min

  /// - Parameters:
  ///   - addresses: those of operands, then results, then scratch memory.
  ///   - faults: one place for reports.
  @unsafe init(
    _ addresses: UnsafePointer<UnsafeMutableRawPointer>, operandCount: Int, resultCount: Int,
    faults: UnsafeMutablePointer<Atomic<Int>>
  ) {
    unsafe self.addresses = addresses
    self.operandCount = operandCount
    self.resultCount = resultCount
    unsafe self.faults = faults
    unsafe faults.pointee.store(KernelMemory.none, ordering: .relaxed)
  }

  @inline(__always) @unsafe func operand(_ index: Int) -> UnsafeRawPointer {
    unsafe UnsafeRawPointer(addresses[index])
  }

  @inline(__always) @unsafe func result(_ index: Int) -> UnsafeMutableRawPointer {
    unsafe addresses[operandCount + index]
  }

  @unsafe var scratch: UnsafeMutableRawPointer { unsafe addresses[operandCount + resultCount] }

  /// Makes the run end in an error after all tasks, see ``PreparedKernel/fault``.
  func report(_ number: Int) { unsafe faults.pointee.store(number, ordering: .relaxed) }

  fileprivate func takeReport() -> Int? {
    let number = unsafe faults.pointee.load(ordering: .relaxed)
    return number == KernelMemory.none ? nil : number
  }

  /// The address of `place`.
  @inline(__always) @unsafe func address(_ place: Place) -> UnsafeMutableRawPointer {
    switch place.base {
    case .operand(let index): unsafe addresses[index] + place.byteOffset
    case .result(let index): unsafe result(index) + place.byteOffset
    case .scratch:
      unsafe scratch + place.byteOffset + participant * place.participantStride
    case .constant(let pointer): unsafe pointer + place.byteOffset
    }
  }

  /// Memory that a kernel works on.
  @safe struct Place: @unchecked Sendable {
    @safe enum Base: @unchecked Sendable {
      case operand(Int), result(Int), scratch
      case constant(UnsafeMutableRawPointer)
    }
    let base: Base
    var byteOffset = 0
    /// The bytes between the memory of one thread and that of the next; 0 if they share it.
    var participantStride = 0

    static func operand(_ index: Int) -> Place { Place(base: .operand(index)) }
    static func result(_ index: Int) -> Place { Place(base: .result(index)) }
    static func scratch(_ byteOffset: Int) -> Place {
      Place(base: .scratch, byteOffset: byteOffset)
    }
    /// The first element of a tensor that the prepared kernel keeps.
    static func constant(_ argument: Argument) -> Place {
      unsafe Place(base: .constant(UnsafeMutableRawPointer(mutating: argument.address)))
    }
  }
}

/// Hands out parts of scratch memory.
struct ScratchPlan {
  private(set) var byteCount = 0

  /// Memory for `layout`, aligned to 64 bytes.
  mutating func take(_ layout: TensorLayout) -> KernelMemory.Place { take(layout.byteCount) }

  /// Memory of `byteCount` bytes, aligned to 64.
  mutating func take(_ byteCount: Int) -> KernelMemory.Place {
    defer { self.byteCount += (max(1, byteCount) + 63) / 64 * 64 }
    return .scratch(self.byteCount)
  }
}

extension Argument {
  /// The address of the first element, valid while the storage lives.
  @unsafe var address: UnsafeRawPointer {
    unsafe storage.withUnsafeBytes { bytes in
      // Memory of no bytes may have no address; nothing reads it.
      unsafe (bytes.baseAddress ?? UnsafeRawPointer(Argument.nowhere)) + byteOffset
    }
  }

  /// A tensor whose elements nothing may read or write.
  ///
  /// - Throws: `invalidArgument` when it is absurdly large.
  static func withoutMemory(_ layout: TensorLayout) throws(MIGraphXError) -> Argument {
    var (lower, upper) = (0, 0)
    for (len, stride) in zip(layout.lens, layout.strides) where len > 0 {
      if stride < 0 { lower += (len - 1) * stride } else { upper += (len - 1) * stride }
    }
    let width = layout.elementType.byteCount(of: 1)
    let storage = unsafe Storage(base: nowhere, byteCount: (upper - lower + 1) * width) {}
    return try Argument(
      storage, layout.elementType, lens: layout.lens, strides: layout.strides,
      byteOffset: -lower * width)
  }

  /// An address for what is never touched.
  nonisolated(unsafe) private static let nowhere = UnsafeMutableRawPointer.allocate(
    byteCount: 64, alignment: 64)
}
