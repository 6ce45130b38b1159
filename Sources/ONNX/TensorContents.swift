import ONNXProto
import Support

extension ModelFile {
  /// The most bytes that a tensor may have, by its dimensions.
  package static let tensorByteLimit = 1 << 47
  /// The most dimensions that a tensor may have.
  package static let rankLimit = 64

  /// The dimensions of a tensor: at most ``rankLimit``, none negative, and their product, zeros left
  /// out, at most ``tensorByteLimit``.
  ///
  /// - Parameter what: the tensor's name in messages, such as "initializer 'w'".
  /// - Throws: `invalidFile` for a negative dimension, `limitExceeded` for too many or too large ones.
  package func dimensions(
    of tensor: Onnx_TensorProto, what: String
  ) throws(MIGraphXError) -> [Int] {
    guard tensor.dims.count <= Self.rankLimit else {
      throw MIGraphXError(
        .limitExceeded,
        "\(what) has \(tensor.dims.count) dimensions; at most \(Self.rankLimit) are possible")
    }
    var product = 1
    for dimension in tensor.dims {
      guard dimension >= 0 else {
        throw MIGraphXError(.invalidFile, "\(what) has dimensions \(tensor.dims); one is negative")
      }
      let (next, overflow) = product.multipliedReportingOverflow(by: max(1, Int(dimension)))
      guard !overflow, next <= Self.tensorByteLimit else { throw tooLarge(tensor, what: what) }
      product = next
    }
    return tensor.dims.map { Int($0) }
  }

  /// The elements of a numeric or Boolean tensor; the bytes of a Boolean one are 0 or 1.
  ///
  /// Raw data and external data stay in their files, but for types of fewer than 8 bits, whose elements are
  /// unpacked to a byte each. The number of bytes is exactly the one that the dimensions and the type call for.
  ///
  /// - Parameter what: the tensor's name in messages, such as "initializer 'w'".
  /// - Throws: `unsupported` for an element type that is not implemented, `invalidFile` if data and
  ///   dimensions disagree or external data is missing, too short or outside the model's folder,
  ///   `limitExceeded` if the dimensions are too large.
  package func tensorBytes(
    _ tensor: Onnx_TensorProto, what: String
  ) throws(MIGraphXError) -> TensorBytes {
    let type = TensorEncoding.name(tensor.dataType)
    guard let layout = TensorEncoding.layout(tensor.dataType) else {
      guard tensor.dataType != 0 else {
        throw MIGraphXError(.invalidFile, "\(what) has no element type")
      }
      let hint = tensor.dataType == 8 ? " where a numeric one is needed" : ""
      throw MIGraphXError(.unsupported, "\(what) has element type \(type)\(hint)")
    }
    guard !tensor.hasSegment else {
      throw MIGraphXError(.unsupported, "\(what) is stored in segments")
    }
    let count = try elementCount(of: tensor, what: what)
    // At most 2^47 elements of 64 bits: no overflow.
    let needed = (count * layout.bits + 7) / 8
    guard needed <= Self.tensorByteLimit else { throw tooLarge(tensor, what: what) }
    let isPacked = layout.bits < 8

    let result: TensorBytes
    if tensor.dataLocation == .external {
      let (file, range) = try externalFiles.data(of: tensor, needed: needed, what: what)
      result = .mapped(file, range)
    } else if tensor.hasRawData {
      result = try rawBytes(of: tensor, needed: needed, what: what)
    } else {
      let seen = TensorEncoding.count(of: layout.field, in: tensor)
      let wanted = isPacked ? needed : count
      guard seen == wanted else {
        throw MIGraphXError(
          .invalidFile,
          "\(what) has \(seen) values in \(layout.field.rawValue); "
            + "\(type) with dimensions \(tensor.dims) needs \(wanted)")
      }
      let size = (layout.bits + 7) / 8
      result = .inline(try typedBytes(of: tensor, layout.field, size: size, what: what))
    }
    if isPacked {
      let bytes: [UInt8]
      switch result {
      case .inline(let packed): bytes = packed
      case .mapped(let file, let range): bytes = try file.bytes(range)
      }
      return .inline(
        TensorEncoding.unpacked(bytes, tensor.dataType, bits: layout.bits, count: count))
    }
    return tensor.dataType == 9 ? try normalized(result) : result
  }

  /// The elements of a string tensor.
  ///
  /// - Parameter what: the tensor's name in messages, such as "initializer 'words'".
  /// - Throws: `invalidFile` if the type is another one, data and dimensions disagree or a string is
  ///   not UTF-8; `limitExceeded` if the dimensions are too large; `unsupported` for external data.
  package func tensorStrings(
    _ tensor: Onnx_TensorProto, what: String
  ) throws(MIGraphXError) -> [String] {
    guard tensor.dataType == 8 else {
      let type = TensorEncoding.name(tensor.dataType)
      throw MIGraphXError(.invalidFile, "\(what) has element type \(type); STRING is needed")
    }
    guard tensor.dataLocation != .external else {
      throw MIGraphXError(.unsupported, "\(what) keeps strings in external data")
    }
    let count = try elementCount(of: tensor, what: what)
    guard tensor.stringData.count == count else {
      throw MIGraphXError(
        .invalidFile,
        "\(what) has \(tensor.stringData.count) values in string_data; "
          + "STRING with dimensions \(tensor.dims) needs \(count)")
    }
    var result: [String] = []
    for (index, bytes) in tensor.stringData.enumerated() {
      guard let string = String(validating: bytes, as: UTF8.self) else {
        throw MIGraphXError(.invalidFile, "\(what) has a string that is not UTF-8 at \(index)")
      }
      result.append(string)
    }
    return result
  }

  private func elementCount(
    of tensor: Onnx_TensorProto, what: String
  ) throws(MIGraphXError) -> Int {
    try dimensions(of: tensor, what: what).reduce(1, *)
  }

  private func tooLarge(_ tensor: Onnx_TensorProto, what: String) -> MIGraphXError {
    MIGraphXError(
      .limitExceeded,
      "\(what) has dimensions \(tensor.dims); at most \(Self.tensorByteLimit) bytes are possible")
  }

  private func rawBytes(
    of tensor: Onnx_TensorProto, needed: Int, what: String
  ) throws(MIGraphXError) -> TensorBytes {
    let raw = [UInt8](tensor.rawData)
    let reference = RawDataReference(raw)
    let seen = reference?.range.count ?? raw.count
    guard seen == needed else {
      throw MIGraphXError(
        .invalidFile,
        "\(what) has \(seen) bytes of raw data; \(TensorEncoding.name(tensor.dataType)) "
          + "with dimensions \(tensor.dims) needs \(needed)")
    }
    guard let reference else { return .inline(raw) }
    // Holds for every reference in `model`; a tensor of another model may be passed by mistake.
    guard reference.range.upperBound <= bytes.count else {
      throw MIGraphXError(
        .invalidFile,
        "\(what) has its data at \(reference.range) of '\(bytes.path)', which has "
          + "\(bytes.count) bytes")
    }
    return .mapped(bytes, reference.range)
  }

  /// The values of a typed field as little-endian elements of `size` bytes.
  private func typedBytes(
    of tensor: Onnx_TensorProto, _ field: TensorEncoding.TypedField, size: Int, what: String
  ) throws(MIGraphXError) -> [UInt8] {
    switch field {
    case .float: return littleEndian(tensor.floatData, size: size) { UInt64($0.bitPattern) }
    case .double: return littleEndian(tensor.doubleData, size: size) { $0.bitPattern }
    case .int64: return littleEndian(tensor.int64Data, size: size) { UInt64(bitPattern: $0) }
    case .int32:
      if tensor.dataType == 9 { return tensor.int32Data.map { $0 == 0 ? 0 : 1 } }
      try check(tensor.int32Data, of: tensor, field, what: what)
      return littleEndian(tensor.int32Data, size: size) { UInt64(truncatingIfNeeded: $0) }
    case .uint64:
      try check(tensor.uint64Data, of: tensor, field, what: what)
      return littleEndian(tensor.uint64Data, size: size) { $0 }
    }
  }

  private func check(
    _ values: [some FixedWidthInteger], of tensor: Onnx_TensorProto,
    _ field: TensorEncoding.TypedField, what: String
  ) throws(MIGraphXError) {
    guard let range = TensorEncoding.range(tensor.dataType) else { return }
    for value in values where value < range.lowerBound || value > range.upperBound {
      throw MIGraphXError(
        .invalidFile,
        "\(what) has the value \(value) in \(field.rawValue); "
          + "\(TensorEncoding.name(tensor.dataType)) needs \(range.lowerBound) to "
          + "\(range.upperBound)")
    }
  }

  private func littleEndian<Value>(
    _ values: [Value], size: Int, pattern: (Value) -> UInt64
  ) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(values.count * size)
    for value in values {
      var bits = pattern(value)
      for _ in 0..<size {
        result.append(UInt8(truncatingIfNeeded: bits))
        bits >>= 8
      }
    }
    return result
  }

  /// Bytes that are all 0 or 1: the given ones, or a copy in which other values became 1.
  private func normalized(_ contents: TensorBytes) throws(MIGraphXError) -> TensorBytes {
    switch contents {
    case .inline(let bytes): return .inline(bytes.map { $0 == 0 ? 0 : 1 })
    case .mapped(let file, let range):
      let isNormal = file.withSpan { bytes in range.allSatisfy { bytes[$0] <= 1 } }
      return isNormal ? contents : .inline(try file.bytes(range).map { $0 == 0 ? 0 : 1 })
    }
  }
}
