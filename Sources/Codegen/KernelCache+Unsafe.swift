import Glibc
import Support

/// Compiled objects in a folder of files, found by what they were compiled from.
///
/// Several processes may use one folder. A file that is missing, damaged or of other contents is a miss, and a
/// file that can't be written is not: the cache saves time and is never needed.
public struct KernelCache: Sendable {
  /// The folder; nil for no cache at all.
  public let folder: String?
  /// Once the files take more bytes, those unused for longest go.
  public let maximumByteCount: Int

  /// Makes a cache in `folder`.
  public init(folder: String?, maximumByteCount: Int = 256 << 20) {
    self.folder = folder
    self.maximumByteCount = maximumByteCount
  }

  /// The cache that `MIGRAPHX_KERNEL_CACHE` names ("" or "off" for none), by default in the user's cache folder.
  public static let shared: KernelCache = {
    if let path = unsafe getenv("MIGRAPHX_KERNEL_CACHE").map({ unsafe String(cString: $0) }) {
      return KernelCache(folder: ["", "off"].contains(path) ? nil : path)
    }
    if let caches = environmentValue("XDG_CACHE_HOME"), caches.hasPrefix("/") {
      return KernelCache(folder: "\(caches)/migraphx/kernels")
    }
    guard let home = environmentValue("HOME"), home.hasPrefix("/") else {
      return KernelCache(folder: nil)
    }
    return KernelCache(folder: "\(home)/.cache/migraphx/kernels")
  }()

  private static let magic = Array("MXKERNEL1\n".utf8)
  private static let suffix = ".mxk"

  /// The object that was compiled from `key`; nil if it isn't there.
  public func object(for key: String) -> [UInt8]? {
    guard let path = path(of: key), isTrusted, let bytes = KernelCache.contents(of: path) else {
      return nil
    }
    let key = Array(key.utf8)
    let start = KernelCache.magic.count + 16
    guard bytes.starts(with: KernelCache.magic), bytes.count >= start + key.count else {
      return nil
    }
    let (keyCount, checksum) = (
      word(bytes, KernelCache.magic.count), word(bytes, KernelCache.magic.count + 8)
    )
    guard keyCount == UInt64(key.count), checksum == hash(bytes[start...], seed: 0),
      bytes[start..<start + key.count].elementsEqual(key)
    else { return nil }
    // Its time says when it was used last.
    unsafe utimes(path, nil)
    return Array(bytes[(start + key.count)...])
  }

  /// Keeps what was compiled from `key`, if the folder can be written.
  public func insert(_ object: [UInt8], for key: String) {
    guard let path = path(of: key), makeFolder(), isTrusted else { return }
    let payload = Array(key.utf8) + object
    var bytes = KernelCache.magic
    for value in [UInt64(key.utf8.count), hash(payload[...], seed: 0)] {
      for shift in stride(from: 0, to: 64, by: 8) {
        bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(shift)))
      }
    }
    // A full disk or a folder that can't be written costs the next process a compilation, nothing else.
    do throws(MIGraphXError) {
      let file = try AtomicFile(path: path)
      try file.write(bytes)
      try file.write(payload)
      try file.commit()
      trim()
    } catch { return }
  }

  /// The number of files and their bytes.
  public func statistics() -> (count: Int, byteCount: Int) {
    let files = files()
    return (files.count, files.reduce(0) { $0 + $1.byteCount })
  }

  /// Removes every file.
  public func clear() {
    for file in files() { unsafe unlink(file.path) }
  }

  // MARK: Files

  private func path(of key: String) -> String? {
    guard let folder else { return nil }
    let bytes = Array(key.utf8)[...]
    let digits = [hash(bytes, seed: 1), hash(bytes, seed: 2)].map { value in
      let text = String(value, radix: 16)
      return String(repeating: "0", count: 16 - text.count) + text
    }
    return "\(folder)/\(digits.joined())\(KernelCache.suffix)"
  }

  /// Whether nobody but this user, or the administrator, can put files into the folder: they hold code.
  private var isTrusted: Bool {
    guard let folder else { return false }
    var status = stat()
    guard unsafe stat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      return false
    }
    return [geteuid(), 0].contains(status.st_uid) && status.st_mode & (S_IWGRP | S_IWOTH) == 0
  }

  private func makeFolder() -> Bool {
    guard let folder else { return false }
    var path = ""
    for part in folder.split(separator: "/", omittingEmptySubsequences: false) {
      path += path.isEmpty && part.isEmpty ? "/" : "\(part)/"
      if unsafe mkdir(path, 0o700) != 0, errno != EEXIST, errno != EROFS, errno != EACCES {
        return false
      }
    }
    return true
  }

  private struct File {
    let path: String
    let byteCount: Int
    let time: timespec
  }

  private func files() -> [File] {
    guard let folder, let directory = unsafe opendir(folder) else { return [] }
    defer { unsafe closedir(directory) }
    var files: [File] = []
    while let entry = unsafe readdir(directory) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      var status = stat()
      let path = "\(folder)/\(name)"
      guard name.hasSuffix(KernelCache.suffix), unsafe stat(path, &status) == 0 else { continue }
      files.append(File(path: path, byteCount: Int(status.st_size), time: status.st_mtim))
    }
    return files
  }

  private func trim() {
    let files = files()
    var total = files.reduce(0) { $0 + $1.byteCount }
    guard total > maximumByteCount else { return }
    let oldestFirst = files.sorted {
      ($0.time.tv_sec, $0.time.tv_nsec) < ($1.time.tv_sec, $1.time.tv_nsec)
    }
    for file in oldestFirst {
      unsafe unlink(file.path)
      total -= file.byteCount
      // Some room, so that not every insertion has to trim.
      if total <= maximumByteCount / 4 * 3 { return }
    }
  }

  private static func contents(of path: String) -> [UInt8]? {
    guard let file = unsafe fopen(path, "re") else { return nil }
    defer { unsafe fclose(file) }
    guard unsafe fseek(file, 0, SEEK_END) == 0 else { return nil }
    let size = unsafe ftell(file)
    guard size > 0, size <= 2 * ObjectFile.maximumByteCount, unsafe fseek(file, 0, SEEK_SET) == 0
    else { return nil }
    var bytes = [UInt8](repeating: 0, count: size)
    return unsafe fread(&bytes, 1, size, file) == size ? bytes : nil
  }

  private func word(_ bytes: [UInt8], _ offset: Int) -> UInt64 {
    (0..<8).reduce(0) { $0 | UInt64(bytes[offset + $1]) << UInt64(8 * $1) }
  }

  /// FNV-1a over 64 bits. It names files and finds damage; equality of keys is compared.
  private func hash(_ bytes: ArraySlice<UInt8>, seed: UInt64) -> UInt64 {
    var value: UInt64 = 0xcbf2_9ce4_8422_2325 &+ seed &* 0x9e37_79b9_7f4a_7c15
    for byte in bytes { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return value
  }
}
