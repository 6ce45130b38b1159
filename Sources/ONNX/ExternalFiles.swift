import ONNXProto
import Support

/// The files beside a model that hold tensor data, each mapped when first asked for.
final class ExternalFiles: Sendable {
  private let directory: String?
  private let files = Locked<[String: MappedFile]>([:])

  /// Makes an empty set for a model in `directory`; without one, external data is refused.
  init(directory: String?) { self.directory = directory }

  /// The `needed` bytes that the entries `location`, `offset` and `length` of a tensor name.
  func data(
    of tensor: Onnx_TensorProto, needed: Int, what: String
  ) throws(MIGraphXError) -> (MappedFile, Range<Int>) {
    var entries: [String: String] = [:]
    for entry in tensor.externalData { entries[entry.key] = entry.value }
    guard let location = entries["location"] else {
      throw MIGraphXError(.invalidFile, "\(what) has external data without a location")
    }
    let place = "\(what) has external data in '\(location)'"
    let offset = try number("offset", in: entries, place: place) ?? 0
    let length = try number("length", in: entries, place: place) ?? needed
    guard length == needed else {
      throw MIGraphXError(
        .invalidFile,
        "\(place) with length \(length); \(TensorEncoding.name(tensor.dataType)) with dimensions "
          + "\(tensor.dims) needs \(needed)")
    }
    let file = try file(at: location, place: place)
    guard offset <= file.count, length <= file.count - offset else {
      throw MIGraphXError(
        .invalidFile,
        "\(place) of \(length) bytes at offset \(offset); the file has \(file.count) bytes")
    }
    return (file, offset..<offset + length)
  }

  private func number(
    _ key: String, in entries: [String: String], place: String
  ) throws(MIGraphXError) -> Int? {
    guard let text = entries[key] else { return nil }
    guard let value = Int(text), value >= 0 else {
      throw MIGraphXError(
        .invalidFile, "\(place) with \(key) '\(text)'; a number from 0 to \(Int.max) is needed")
    }
    return value
  }

  private func file(at location: String, place: String) throws(MIGraphXError) -> MappedFile {
    guard let directory else {
      throw MIGraphXError(
        .invalidArgument, "\(place), but the model came from memory and no folder was given")
    }
    let parts = location.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: true)
    let climbs = parts.contains { $0.elementsEqual("..".utf8) }
    let isAbsolute = location.utf8.first == UInt8(ascii: "/")
    guard !parts.isEmpty, !isAbsolute, !climbs, !location.utf8.contains(0) else {
      throw outside(place)
    }
    return try trace(place) { () throws(MIGraphXError) in
      let folder = try canonicalPath(directory)
      let path = try canonicalPath("\(directory)/\(location)")
      guard path.utf8.starts(with: (folder == "/" ? "/" : folder + "/").utf8) else {
        throw outside(place)
      }
      if let file = files.withLock({ $0[path] }) { return file }
      let file = try MappedFile(path: path)
      return files.withLock { files in
        let kept = files[path] ?? file
        files[path] = kept
        return kept
      }
    }
  }

  private func outside(_ place: String) -> MIGraphXError {
    MIGraphXError(
      .invalidFile, "\(place); a relative path to a file inside the model's folder is needed")
  }
}
