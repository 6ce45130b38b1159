import Support

/// The text of a kernel: a function `kernel` in LLVM IR that takes the address of its arguments.
public struct KernelSource: Hashable, Sendable {
  /// A word for messages.
  public let name: String
  /// The IR.
  public let text: String
  /// The instructions that the code may have.
  public let instructionSet: InstructionSet

  /// Describes a kernel.
  public init(name: String, text: String, instructionSet: InstructionSet) {
    self.name = name
    self.text = text
    self.instructionSet = instructionSet
  }

  /// All that the object depends on.
  fileprivate var key: String {
    """
    LLVM \(LLVMCompiler.majorVersion)
    \(instructionSet.processor) \(instructionSet.features)
    \(LLVMCompiler.passes)
    \(text)
    """
  }
}

/// A kernel that can be called. It keeps its code in memory.
@safe public struct Kernel: Sendable {
  /// The kernel's name.
  public let name: String
  private let code: LoadedCode
  private let function: KernelFunction

  fileprivate init(_ name: String, _ code: LoadedCode) throws(MIGraphXError) {
    self.name = name
    self.code = code
    unsafe function = try code.function("kernel")
  }

  /// Runs the kernel on a block of arguments, laid out as its emitter defines.
  @inline(__always)
  @unsafe public func callAsFunction(_ arguments: UnsafeMutableRawPointer) {
    unsafe function(arguments)
  }
}

/// Gives the code of kernels: from this process, from the cache on disk, or compiled.
public final class KernelLibrary: Sendable {
  /// The library of this process, which keeps what it has loaded.
  public static let shared = KernelLibrary(cache: .shared)

  private let cache: KernelCache
  private let loaded = Locked<[KernelSource: Kernel]>([:])

  /// Makes a library over `cache`.
  public init(cache: KernelCache) { self.cache = cache }

  /// The code of `sources`, in their order; those that have to be compiled are so on all of the pool's threads.
  ///
  /// - Throws: `codeGeneration` when one has to be compiled and can't.
  public func kernels(_ sources: [KernelSource]) throws(MIGraphXError) -> [Kernel] {
    let known = loaded.withLock { loaded in sources.map { loaded[$0] } }
    let missing = zip(sources, known).compactMap { $1 == nil ? $0 : nil }
    let results = Locked<[Int: Result<Kernel, MIGraphXError>]>([:])
    ThreadPool.shared.run(missing.count) { index in
      let result = Result { () throws(MIGraphXError) in try self.load(missing[index]) }
      results.withLock { $0[index] = result }
    }
    for (index, source) in missing.enumerated() {
      if let kernel = try results.withLock({ $0[index] })?.get() {
        loaded.withLock { $0[source] = kernel }
      }
    }
    return loaded.withLock { loaded in sources.compactMap { loaded[$0] } }
  }

  private func load(_ source: KernelSource) throws(MIGraphXError) -> Kernel {
    try trace("loading kernel '\(source.name)'") { () throws(MIGraphXError) in
      let key = source.key
      // A damaged object is compiled again.
      if let object = cache.object(for: key), let code = try? LoadedCode(object: object),
        let kernel = try? Kernel(source.name, code)
      {
        return kernel
      }
      let object = try LLVMCompiler.compile(source.text, for: source.instructionSet)
      let kernel = try Kernel(source.name, LoadedCode(object: object))
      cache.insert(object, for: key)
      return kernel
    }
  }
}
