import Glibc
import NumPyFiles
import Support
import Tensors
import Testing

/// A folder that is removed when the test that made it ends.
final class Folder {
  let path: String

  init() throws {
    path = "/tmp/numpy_files_\(UInt64.random(in: 0 ... .max))"
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
}

/// A `.npy` file: the magic bytes, version, length of the header, header and data.
func npy(_ header: String, _ data: [UInt8], version: UInt8 = 1) -> [UInt8] {
  let text = Array(header.utf8) + [10]
  let length = (0..<(version == 1 ? 2 : 4)).map { UInt8(text.count >> ($0 * 8) & 255) }
  return [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, version, 0] + length + text + data
}

/// The tensor in a `.npy` file of these bytes.
func read(_ bytes: [UInt8]) throws -> Argument { try NumPyFile.read(MappedFile(bytes: bytes)) }

/// What reading these bytes as a `.npy` file says is wrong.
func failure(_ bytes: [UInt8]) -> String {
  do {
    return "none: \(try read(bytes).shape)"
  } catch { return "\(error)" }
}

/// The code of the error that reading these bytes as an archive throws; nil if it throws none.
func archiveFailure(_ bytes: [UInt8]) throws -> MIGraphXError.Code? {
  let file = try MappedFile(bytes: bytes)
  do throws(MIGraphXError) {
    _ = try NumPyArchive.read(file)
    return nil
  } catch { return error.code }
}
