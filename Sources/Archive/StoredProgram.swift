import IR
import Support

/// The programs of a file that was opened, each read when it is first asked for.
final class StoredProgram: Sendable {
  private struct Cache {
    var store: LiteralStore?
    var source: Program?
    var compiled: CompiledPart?
  }

  let container: Container
  private let reading: ArchiveReading
  private let cache = Locked(Cache())

  init(_ container: Container, _ reading: ArchiveReading) {
    self.container = container
    self.reading = reading
  }

  func source() throws(MIGraphXError) -> Program {
    try cache.withLock { (cache) throws(MIGraphXError) in
      if let known = cache.source { return known }
      let program = try trace("reading the program of '\(container.file.path)'") {
        () throws(MIGraphXError) -> Program in try read(.sourceText, .sourceTables, &cache)
      }
      cache.source = program
      return program
    }
  }

  func compiled() throws(MIGraphXError) -> CompiledPart? {
    guard let target = container.header.target else { return nil }
    return try cache.withLock { (cache) throws(MIGraphXError) in
      if let known = cache.compiled { return known }
      let part = try trace("reading the compiled program of '\(container.file.path)'") {
        () throws(MIGraphXError) -> CompiledPart in
        var part = CompiledPart(
          target: target, options: container.header.options ?? SavedOptions(),
          program: try read(.compiledText, .compiledTables, &cache))
        if container.has(.plan) { part.plan = try container.bytes(.plan) }
        if container.has(.tuning) { part.tuning = try container.bytes(.tuning) }
        if container.has(.machineCode) {
          part.codeRefusal = codeRefusal()
          if part.codeRefusal == nil {
            part.code = MachineCode(
              cpuFeatures: container.header.cpuFeatures ?? "",
              bytes: try container.bytes(.machineCode))
          }
        }
        return part
      }
      cache.compiled = part
      return part
    }
  }

  private func read(
    _ text: SectionKind, _ tables: SectionKind, _ cache: inout Cache
  ) throws(MIGraphXError) -> Program {
    guard container.has(text) else {
      throw MIGraphXError(.invalidFile, "the file has no section \(text)")
    }
    let store: LiteralStore
    if let known = cache.store { store = known } else { store = try container.literalStore() }
    cache.store = store
    return try Program(container.record(text, tables), store, reading.registry)
  }

  /// Why the file's machine code must not be run; nil if it may be.
  private func codeRefusal() -> String? {
    let header = container.header
    guard header.systemVersion == SystemVersion.number else {
      return "it was made by version \(header.systemVersion) of the system; this is "
        + SystemVersion.number
    }
    let missing = words(header.cpuFeatures ?? "").subtracting(words(reading.cpuFeatures))
    guard missing.isEmpty else {
      return "it needs a processor with \(missing.sorted().joined(separator: ", "))"
    }
    if reading.trustsCode { return nil }
    guard container.tag != CodeKey.noTag else { return "nothing authenticates it" }
    do throws(MIGraphXError) {
      return try reading.codeKey.authenticates(container.tag, container.root)
        ? nil : "it is authenticated with another key, or was changed"
    } catch { return error.message }
  }

  private func words(_ text: String) -> Set<Substring> {
    Set(text.split { $0 == " " || $0 == "," })
  }
}
