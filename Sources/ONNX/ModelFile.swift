import ONNXProto
import SwiftProtobuf
import Support

/// The contents of one tensor, as little-endian elements in row-major order.
package enum TensorBytes: Sendable {
  /// The bytes of a file or buffer that is kept mapped; their address need not be aligned.
  case mapped(MappedFile, Range<Int>)
  /// Bytes that were decoded from another form.
  case inline([UInt8])
}

/// An ONNX model whose large tensors stay in the mapped file that it was read from.
///
/// In ``model`` the `raw_data` of large tensors holds a ``RawDataReference`` instead of the data, so
/// the contents of a tensor are to be read with ``tensorBytes(_:what:)`` or ``tensorStrings(_:what:)``.
package struct ModelFile: Sendable {
  /// The decoded model, without training information and fields that this system does not know.
  package let model: Onnx_ModelProto
  /// The encoded model.
  package let bytes: MappedFile
  /// The folder of the model, in which external data is looked for; `nil` if there is none.
  package let directory: String?

  let externalFiles: ExternalFiles

  /// Opens and decodes the model at `path`.
  ///
  /// - Parameter externalDataDirectory: where external data lies, if not in the folder of the model.
  /// - Throws: `system` if the file cannot be opened, `invalidFile` if it is no ONNX model,
  ///   `limitExceeded` if its messages are too many or nested too deeply.
  package init(
    path: String, externalDataDirectory: String? = nil
  ) throws(MIGraphXError) {
    let file = try MappedFile(path: path)
    try self.init(file, directory: externalDataDirectory ?? Self.directory(of: path))
  }

  /// Decodes a model from memory; a model with external data needs a folder to look for it.
  ///
  /// - Throws: `invalidFile` if the bytes are no ONNX model, `limitExceeded` if its messages are too
  ///   many or nested too deeply.
  package init(
    bytes: [UInt8], externalDataDirectory: String? = nil
  ) throws(MIGraphXError) {
    try self.init(try MappedFile(bytes: bytes), directory: externalDataDirectory)
  }

  /// Decodes the model that `file` holds.
  ///
  /// - Throws: `invalidFile` if the bytes are no ONNX model, `limitExceeded` if its messages are too
  ///   many or nested too deeply.
  package init(_ file: MappedFile, directory: String?) throws(MIGraphXError) {
    self.bytes = file
    self.directory = directory
    self.externalFiles = ExternalFiles(directory: directory)
    self.model = try trace("reading '\(file.path)'") { () throws(MIGraphXError) in
      do throws(MIGraphXError) {
        let reduced = try file.withSpan { bytes throws(MIGraphXError) in
          try ModelReducer.reduce(bytes)
        }
        return try Self.decode(reduced)
      } catch {
        guard error.code == .invalidFile else { throw error }
        throw MIGraphXError(.invalidFile, "this is no ONNX model: \(error.message)")
      }
    }
  }

  private static func decode(_ bytes: [UInt8]) throws(MIGraphXError) -> Onnx_ModelProto {
    var options = BinaryDecodingOptions()
    options.messageDepthLimit = WireReader.depthLimit
    options.discardUnknownFields = true
    let model: Onnx_ModelProto
    do {
      model = try Onnx_ModelProto(serializedBytes: bytes, options: options)
    } catch {
      throw MIGraphXError(.invalidFile, "protobuf says \(error)")
    }
    guard model.hasGraph else {
      throw MIGraphXError(.invalidFile, "it holds no graph")
    }
    return model
  }

  private static func directory(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
