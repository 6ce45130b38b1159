import Support
import Tensors

/// What stands before the elements in a `.npy` file.
struct NumPyHeader: Equatable {
  /// The type of each element.
  var elementType: ElementType
  /// Whether the bytes of each element are stored from the highest to the lowest.
  var isBigEndian: Bool
  /// Whether the first axis is the one whose neighbours lie side by side.
  var isFortranOrder: Bool
  /// The size of each axis.
  var lens: [Int]

  /// The bytes every file starts with, before the two of the version.
  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
  /// More bytes than any header has whose rank is allowed.
  static let maximumTextLength = 1 << 16

  /// The number of bytes that the elements take.
  ///
  /// - Throws: `limitExceeded` when they are more than this machine's memory.
  func dataByteCount() throws(MIGraphXError) -> Int {
    let shape = Shape(elementType, lens: lens)
    try shape.validate()
    guard let count = shape.byteCount.constant, count <= Storage.maximumByteCount else {
      throw MIGraphXError(
        .limitExceeded,
        "\(shape) is larger than this machine's memory, \(Storage.maximumByteCount) bytes")
    }
    return count
  }

  /// The header for `argument`, whose elements will follow in row-major order.
  ///
  /// - Throws: `unsupported` for element types that NumPy has no type for.
  init(for argument: Argument) throws(MIGraphXError) {
    guard NumPyHeader.typeNames[argument.elementType] != nil else {
      throw MIGraphXError(
        .unsupported,
        "NumPy files have no type for \(argument.elementType.rawValue); convert the tensor first")
    }
    elementType = argument.elementType
    isBigEndian = false
    isFortranOrder = false
    lens = argument.lens
  }

  /// The header, version 1.0, padded so that the elements start at a multiple of 64 bytes.
  var bytes: [UInt8] {
    let name = NumPyHeader.typeNames[elementType] ?? ""
    let order = elementType.bitWidth == 8 ? "|" : "<"
    let sizes = lens.map(String.init).joined(separator: ", ") + (lens.count == 1 ? "," : "")
    var text = "{'descr': '\(order)\(name)', 'fortran_order': False, 'shape': (\(sizes)), }"
    let start = NumPyHeader.magic.count + 4
    text += String(repeating: " ", count: 63 - (start + text.utf8.count) % 64) + "\n"
    let length = text.utf8.count
    return NumPyHeader.magic + [1, 0, UInt8(length & 255), UInt8(length >> 8)] + Array(text.utf8)
  }

  /// Reads the dictionary literal of a header.
  ///
  /// - Throws: `invalidFile` when it isn't one, `unsupported` for a type that tensors can't have.
  init(parsing text: [UInt8]) throws(MIGraphXError) {
    var parser = LiteralParser(text)
    guard case .dictionary(let fields) = try parser.parse() else {
      throw MIGraphXError(.invalidFile, "a NumPy header must be a dictionary")
    }
    let names = ["descr", "fortran_order", "shape"]
    guard fields.map(\.name).sorted() == names else {
      let found = fields.map(\.name).joined(separator: ", ")
      throw MIGraphXError(
        .invalidFile,
        "a NumPy header needs the fields \(names.joined(separator: ", ")); "
          + "it has \(found.isEmpty ? "none" : found)")
    }
    (elementType, isBigEndian, isFortranOrder, lens) = (.float, false, false, [])
    for field in fields {
      switch (field.name, field.value) {
      case ("descr", .string(let name)):
        (elementType, isBigEndian) = try NumPyHeader.type(named: name)
      case ("descr", .tuple), ("descr", .list):
        throw MIGraphXError(.unsupported, "a NumPy file of records; tensors have one type")
      case ("fortran_order", .bool(let value)): isFortranOrder = value
      case ("shape", .tuple(let values)):
        for value in values {
          guard case .int(let size) = value, size >= 0 else {
            throw MIGraphXError(.invalidFile, "a NumPy header's shape must be sizes")
          }
          lens.append(size)
        }
      default:
        throw MIGraphXError(.invalidFile, "a NumPy header's \(field.name) has a value of no use")
      }
    }
  }

  /// NumPy's names of the element types, without byte order.
  static let typeNames: [ElementType: String] = [
    .bool: "b1", .half: "f2", .float: "f4", .double: "f8",
    .int8: "i1", .int16: "i2", .int32: "i4", .int64: "i8",
    .uint8: "u1", .uint16: "u2", .uint32: "u4", .uint64: "u8",
  ]

  /// The element type that NumPy calls `name`, and whether it is stored in big-endian order.
  private static func type(
    named name: String
  ) throws(MIGraphXError) -> (ElementType, isBigEndian: Bool) {
    let order = name.first.flatMap { "<>=|".contains($0) ? $0 : nil }
    let word = order == nil ? name : String(name.dropFirst())
    guard let type = typeNames.first(where: { $0.value == (word == "?" ? "b1" : word) })?.key,
      order != "|" || type.bitWidth == 8
    else {
      let known = ["b1"] + typeNames.values.filter { $0 != "b1" }.sorted()
      throw MIGraphXError(
        .unsupported,
        "NumPy type \(quoted(name)); tensors can have \(known.joined(separator: ", "))")
    }
    return (type, order == ">")
  }
}
