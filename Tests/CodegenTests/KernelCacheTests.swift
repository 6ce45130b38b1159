import Foundation
import Support
import Testing

@testable import Codegen

@Suite final class KernelCacheTests {
  private let folder = NSTemporaryDirectory() + "kernels-" + UUID().uuidString

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private func files() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder)
  }

  @Test func keepsObjectsByTheirKey() throws {
    let cache = KernelCache(folder: folder + "/deep/er")
    #expect(cache.object(for: "a") == nil)
    cache.insert([1, 2, 3], for: "a")
    cache.insert([], for: "b")
    #expect(cache.object(for: "a") == [1, 2, 3])
    #expect(cache.object(for: "b") == [])
    #expect(cache.object(for: "c") == nil)
    #expect(KernelCache(folder: folder + "/deep/er").object(for: "a") == [1, 2, 3])
    #expect(cache.statistics().count == 2)
    cache.clear()
    #expect(cache.object(for: "a") == nil)
  }

  @Test func damagedFilesAreMisses() throws {
    let cache = KernelCache(folder: folder)
    cache.insert([1, 2, 3], for: "key")
    let path = try folder + "/" + #require(files().first)
    let whole = try Data(contentsOf: URL(fileURLWithPath: path))
    for index in whole.indices {
      var damaged = whole
      damaged[index] ^= 0x20
      try damaged.write(to: URL(fileURLWithPath: path))
      #expect(cache.object(for: "key") == nil, "byte \(index)")
      try whole.prefix(index).write(to: URL(fileURLWithPath: path))
      #expect(cache.object(for: "key") == nil, "\(index) bytes")
    }
    // Another key's file under this name, as if their hashes were equal.
    cache.insert([9], for: "other")
    let other = try #require(files().map { folder + "/" + $0 }.first { $0 != path })
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.moveItem(atPath: other, toPath: path)
    #expect(cache.object(for: "key") == nil)
    cache.insert([1, 2, 3], for: "key")
    #expect(cache.object(for: "key") == [1, 2, 3])
  }

  @Test func isBounded() throws {
    let cache = KernelCache(folder: folder, maximumByteCount: 10_000)
    for index in 0..<100 {
      cache.insert([UInt8](repeating: 1, count: 1000), for: "\(index)")
      #expect(cache.statistics().byteCount <= 10_000)
    }
    #expect(cache.statistics().count >= 5)
  }

  /// Neither a folder that can't be, nor one that others may write, does harm.
  @Test func unusableFoldersAreHarmless() throws {
    for path in ["/proc/migraphx/kernels", "/dev/null/kernels", ""] {
      let cache = KernelCache(folder: path)
      cache.insert([1], for: "key")
      #expect(cache.object(for: "key") == nil)
    }
    KernelCache(folder: nil).insert([1], for: "key")
    let cache = KernelCache(folder: folder)
    cache.insert([1], for: "key")
    try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: folder)
    #expect(cache.object(for: "key") == nil)
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder)
    #expect(cache.object(for: "key") == [1])
  }

  /// Writers of one key don't disturb each other or readers, who never see half of a file.
  @Test func concurrentUse() throws {
    let folder = folder
    let object = [UInt8](repeating: 5, count: 100_000)
    ThreadPool(threadCount: 4).run(200) { index in
      let cache = KernelCache(folder: folder)
      if index % 2 == 0 { cache.insert(object, for: "key") }
      if let found = cache.object(for: "key") { #expect(found == object) }
    }
    #expect(try files().count == 1)
  }

  /// What is not in the cache is compiled and then is; what is there needs no compiler.
  @Test func libraryFillsIt() throws {
    let cache = KernelCache(folder: folder)
    let source = KernelSource(
      name: "nothing", text: "define void @kernel(ptr %a) { ret void }", instructionSet: .sse42)
    #expect(try KernelLibrary(cache: cache).kernels([source, source]).count == 2)
    #expect(cache.statistics().count == 1)
    #expect(try KernelLibrary(cache: cache).kernels([source]).count == 1)
    let wrong = KernelSource(name: "wrong", text: "what", instructionSet: .sse42)
    let error = #expect(throws: MIGraphXError.self) {
      try KernelLibrary(cache: cache).kernels([source, wrong])
    }
    #expect(error?.code == .codeGeneration)
    #expect(cache.statistics().count == 1)
  }
}
