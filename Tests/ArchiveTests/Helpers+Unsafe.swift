import Archive
import Glibc
import IR
import Operators
import Support
import Tensors
import Testing

/// A folder that is removed with its files when the test that made it ends.
final class Folder {
  let path: String

  init() throws {
    path = "/tmp/archive_\(UInt64.random(in: 0 ... .max))"
    let result = unsafe mkdir(path, 0o700)
    try #require(result == 0)
  }

  deinit {
    for name in names { unsafe unlink("\(path)/\(name)") }
    unsafe rmdir(path)
  }

  /// What is in the folder.
  var names: [String] {
    var names: [String] = []
    guard let folder = unsafe opendir(path) else { return [] }
    defer { unsafe closedir(folder) }
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) {
        unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Writes a file and gives its path.
  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let path = "\(path)/\(name)"
    let file = try AtomicFile(path: path)
    try file.write(bytes)
    try file.commit()
    return path
  }
}

/// The processor time that this thread had so far.
func threadSeconds() -> Double {
  var time = timespec()
  unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// The permissions of a file.
func permissions(_ path: String) -> mode_t {
  var status = stat()
  return unsafe stat(path, &status) == 0 ? status.st_mode & 0o777 : 0
}

/// A literal of `count` bytes that differ from place to place, as type `type`.
func literal(_ type: ElementType, lens: [Int], seed: UInt8 = 1) throws -> Literal {
  let count = lens.reduce(1, *)
  if type == .string {
    return Literal(try Argument(strings: (0..<count).map { "\(seed) \"ü\"\n\($0)" }, lens: lens))
  }
  let bytes = (0..<type.byteCount(of: count)).map { index in
    type == .bool ? UInt8(index & 1) : UInt8(truncatingIfNeeded: index &* 37) &+ seed
  }
  let storage = try unsafe Storage.copying(bytes.span.bytes)
  return Literal(
    try Argument(
      storage, type, lens: lens, strides: constants(of: Shape(type, lens: lens).strides) ?? []))
}

let reading = ArchiveReading(registry: .standard)

/// The error that `body` throws; nil if it throws none.
func failure<Result>(_ body: () throws(MIGraphXError) -> Result) -> MIGraphXError? {
  do throws(MIGraphXError) {
    _ = try body()
    return nil
  } catch { return error }
}
