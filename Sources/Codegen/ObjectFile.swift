import Support

/// The parts of a relocatable ELF object for x86-64 that loading needs, checked.
///
/// Objects may come from files, so nothing in them is believed: every offset, size, index and relocation is
/// checked before use.
struct ObjectFile {
  /// A section that takes memory at run time.
  struct Section {
    /// Where it lies in the object; nil if it begins as zeros.
    let contents: Range<Int>?
    let byteCount: Int
    /// Where it lies in the memory image.
    let position: Int
  }

  /// What is to be written into the image once its address is known.
  struct Relocation {
    enum Kind {
      case absolute64, relative32
    }
    let kind: Kind
    /// The place in the image that is changed.
    let place: Int
    /// The position in the image that it shall refer to, with the addend.
    let target: Int
  }

  private(set) var sections: [Int: Section] = [:]
  private(set) var relocations: [Relocation] = []
  /// The positions of global functions in the image, by name.
  private(set) var functions: [String: Int] = [:]
  /// The size of the image.
  private(set) var byteCount = 0

  /// Objects whose image is larger are refused.
  static let maximumByteCount = 64 << 20

  private let bytes: [UInt8]

  /// Reads an object.
  ///
  /// - Throws: `invalidFile` when it is damaged, `unsupported` for what kernels never have: undefined symbols
  ///   and other kinds of relocation.
  init(_ bytes: [UInt8]) throws(MIGraphXError) {
    self.bytes = bytes
    let headers = try sectionHeaders()
    try place(headers)
    let symbols = try readSymbols(headers)
    for header in headers where header.type == SectionHeader.relocations {
      try readRelocations(header, symbols)
    }
    for header in headers where header.type == SectionHeader.relocationsWithoutAddends {
      if sections[header.info] != nil {
        throw MIGraphXError(.unsupported, "object: relocations without addends")
      }
    }
  }

  // MARK: Reading

  private func damaged(_ what: String) -> MIGraphXError {
    MIGraphXError(.invalidFile, "object: \(what)")
  }

  /// The unsigned number of `size` bytes at `offset`.
  private func number(_ offset: Int, _ size: Int) throws(MIGraphXError) -> Int {
    guard offset >= 0, offset <= bytes.count - size else {
      throw damaged("byte \(offset) is needed; there are \(bytes.count)")
    }
    var value: UInt64 = 0
    for index in (0..<size).reversed() { value = value << 8 | UInt64(bytes[offset + index]) }
    guard let number = Int(exactly: value) else { throw damaged("the number \(value) is absurd") }
    return number
  }

  private func range(_ start: Int, count: Int) throws(MIGraphXError) -> Range<Int> {
    guard start >= 0, count >= 0, start <= bytes.count, count <= bytes.count - start else {
      throw damaged("\(count) bytes at \(start) are needed; there are \(bytes.count)")
    }
    return start..<start + count
  }

  /// The name that begins at `offset` of a table of names.
  private func name(_ offset: Int, in table: Range<Int>) throws(MIGraphXError) -> String {
    guard offset >= 0, offset < table.count,
      let end = bytes[(table.lowerBound + offset)..<table.upperBound].firstIndex(of: 0)
    else { throw damaged("a name lies outside of its table") }
    return String(decoding: bytes[(table.lowerBound + offset)..<end], as: UTF8.self)
  }

  private struct SectionHeader {
    static let symbols = 2
    static let relocations = 4
    static let zeros = 8
    static let relocationsWithoutAddends = 9
    static let byteCount = 64

    let type: Int
    let isLoaded: Bool
    let isWritable: Bool
    let offset: Int
    let size: Int
    let link: Int
    let info: Int
    let alignment: Int
  }

  private func sectionHeaders() throws(MIGraphXError) -> [SectionHeader] {
    let magic: [UInt8] = [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]
    let (relocatable, x86) = (1, 62)
    guard bytes.starts(with: magic), try number(16, 2) == relocatable, try number(18, 2) == x86
    else { throw damaged("it is no relocatable ELF object for x86-64") }
    let (start, count) = (try number(40, 8), try number(60, 2))
    guard try number(58, 2) == SectionHeader.byteCount else { throw damaged("section headers") }
    _ = try range(start, count: count * SectionHeader.byteCount)
    var headers: [SectionHeader] = []
    for index in 0..<count {
      let base = start + index * SectionHeader.byteCount
      let flags = try number(base + 8, 8)
      headers.append(
        SectionHeader(
          type: try number(base + 4, 4), isLoaded: flags & 2 != 0, isWritable: flags & 1 != 0,
          offset: try number(base + 24, 8), size: try number(base + 32, 8),
          link: try number(base + 40, 4), info: try number(base + 44, 4),
          alignment: max(1, try number(base + 48, 8))))
    }
    return headers
  }

  // MARK: Laying out

  private mutating func place(_ headers: [SectionHeader]) throws(MIGraphXError) {
    for (index, header) in headers.enumerated() where header.isLoaded && header.size > 0 {
      // The whole image becomes read-only, and code has no state.
      guard !header.isWritable else { throw MIGraphXError(.unsupported, "object: writable data") }
      guard header.alignment <= 4096, header.alignment.nonzeroBitCount == 1 else {
        throw damaged("an alignment of \(header.alignment)")
      }
      let start = (byteCount + header.alignment - 1) & -header.alignment
      guard header.size <= ObjectFile.maximumByteCount - start else {
        throw MIGraphXError(
          .limitExceeded, "object: it takes more than \(ObjectFile.maximumByteCount) bytes")
      }
      let isZero = header.type == SectionHeader.zeros
      sections[index] = Section(
        contents: isZero ? nil : try range(header.offset, count: header.size),
        byteCount: header.size, position: start)
      byteCount = start + header.size
    }
  }

  // MARK: Symbols and relocations

  /// The position of each symbol in the image; nil for those that have none.
  private mutating func readSymbols(
    _ headers: [SectionHeader]
  ) throws(MIGraphXError) -> [Int?] {
    let tables = headers.filter { $0.type == SectionHeader.symbols }
    guard tables.count <= 1 else { throw damaged("\(tables.count) symbol tables") }
    guard let table = tables.first else { return [] }
    let entries = try range(table.offset, count: table.size)
    guard headers.indices.contains(table.link) else { throw damaged("a table of names is missing") }
    let names = try range(headers[table.link].offset, count: headers[table.link].size)
    let entrySize = 24
    var symbols: [Int?] = []
    for entry in stride(from: entries.lowerBound, to: entries.upperBound, by: entrySize) {
      let (info, index) = (try number(entry + 4, 1), try number(entry + 6, 2))
      let value = try number(entry + 8, 8)
      let (isGlobal, type) = (info >> 4 != 0, info & 15)
      guard let section = sections[index] else {
        let undefined = 0
        if index == undefined, !symbols.isEmpty, isGlobal {
          throw MIGraphXError(
            .unsupported,
            "object: the symbol '\(try name(try number(entry, 4), in: names))' is undefined")
        }
        symbols.append(nil)
        continue
      }
      guard value <= section.byteCount else { throw damaged("a symbol outside of its section") }
      symbols.append(section.position + value)
      let function = 2
      if isGlobal, type == function {
        functions[try name(try number(entry, 4), in: names)] = section.position + value
      }
    }
    return symbols
  }

  private mutating func readRelocations(
    _ header: SectionHeader, _ symbols: [Int?]
  ) throws(MIGraphXError) {
    // Relocations of sections that are not loaded, such as tables for unwinding, don't matter.
    guard let section = sections[header.info] else { return }
    let entries = try range(header.offset, count: header.size)
    let entrySize = 24
    for entry in stride(from: entries.lowerBound, to: entries.upperBound, by: entrySize) {
      let offset = try number(entry, 8)
      let (type, index) = (try number(entry + 8, 4), try number(entry + 12, 4))
      // Its bits are those of a signed number.
      let (low, high) = (try number(entry + 16, 4), try number(entry + 20, 4))
      let addend = Int(Int32(truncatingIfNeeded: high)) << 32 | low
      let kind: Relocation.Kind
      switch type {
      case 1: kind = .absolute64
      case 2, 4: kind = .relative32
      default: throw MIGraphXError(.unsupported, "object: relocations of type \(type)")
      }
      let width = kind == .absolute64 ? 8 : 4
      guard offset <= section.byteCount - width else {
        throw damaged("a relocation outside of its section")
      }
      guard symbols.indices.contains(index), let symbol = symbols[index] else {
        throw damaged("a relocation to no section")
      }
      // A relative address counts from the next instruction, so it may end just before its symbol.
      guard addend.magnitude <= ObjectFile.maximumByteCount,
        (-16...byteCount).contains(symbol + addend)
      else { throw damaged("a relocation to outside of the object") }
      relocations.append(
        Relocation(kind: kind, place: section.position + offset, target: symbol + addend))
    }
  }

  /// The bytes of the image at `address`.
  func image(at address: Int) -> [UInt8] {
    var image = [UInt8](repeating: 0, count: byteCount)
    for section in sections.values {
      guard let contents = section.contents else { continue }
      image.replaceSubrange(
        section.position..<section.position + section.byteCount, with: bytes[contents])
    }
    for relocation in relocations {
      switch relocation.kind {
      case .absolute64:
        store(UInt64(truncatingIfNeeded: address + relocation.target), 8, relocation.place)
      case .relative32:
        store(UInt64(truncatingIfNeeded: relocation.target - relocation.place), 4, relocation.place)
      }
    }
    func store(_ value: UInt64, _ size: Int, _ place: Int) {
      for index in 0..<size {
        image[place + index] = UInt8(truncatingIfNeeded: value >> UInt64(8 * index))
      }
    }
    return image
  }
}
