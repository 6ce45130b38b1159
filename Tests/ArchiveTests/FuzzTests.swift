import Foundation
import IR
import Operators
import Support
import Tensors
import Testing

@testable import Archive

/// Damaged files whose digests fit all the same: each must end in an error or in a program, soon.
///
/// MIGRAPHX_FUZZ is the number of mutations and MIGRAPHX_FUZZ_FIRST the first seed. The seed under way
/// stands in `migraphx-archive-fuzz-seed` in the temporary folder, for the case of a trap.
@Suite(.serialized) struct ArchiveMutationFuzzTests {
  private static func setting(_ name: String) -> Int? {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
  }

  /// Far more than any good mutation takes, and far less than a hang.
  private static let longest = 2.0
  /// Files have less than a megabyte; other tests of the process use some of this.
  private static let mostMemory = 1 << 30

  @Test func everyMutationEndsSoon() throws {
    let first = Self.setting("MIGRAPHX_FUZZ_FIRST") ?? 0
    let count = Self.setting("MIGRAPHX_FUZZ") ?? 400
    let mutator = try Mutator()
    let seedFile = FileManager.default.temporaryDirectory.appending(
      path: "migraphx-archive-fuzz-seed")
    let memory = peakMemory()
    var outcomes: [String: Int] = [:]
    var slowest = (seconds: 0.0, seed: 0)
    for seed in first..<first + count {
      try Data("\(seed)\n".utf8).write(to: seedFile)
      let mutation = try mutator.mutation(seed: seed)
      let start = threadSeconds()
      let error = mutation.failure
      let seconds = threadSeconds() - start
      if seconds > slowest.seconds { slowest = (seconds, seed) }
      #expect(seconds < Self.longest, "seed \(seed)")
      if let error { #expect(!error.description.contains("\n"), "seed \(seed)") }
      outcomes[Self.outcome(error), default: 0] += 1
    }
    let used = peakMemory() - memory
    print(
      "archives: \(outcomes.sorted { $0.key < $1.key }); slowest \(slowest); "
        + "\(used >> 20) MB more than before")
    #expect(used < Self.mostMemory)
    // Damage that never leaves a file that can be read, or always does, tests little.
    if count >= 400 {
      #expect(outcomes["read", default: 0] > count / 20, "\(outcomes)")
      #expect(outcomes["invalid file", default: 0] > count / 20, "\(outcomes)")
      #expect(outcomes["invalid program", default: 0] > count / 20, "\(outcomes)")
      #expect(outcomes[Self.digest, default: 0] < count / 10, "\(outcomes)")
    }
  }

  /// What few mutations may end in: that a digest doesn't fit.
  private static let digest = "digest"

  private static func outcome(_ error: MIGraphXError?) -> String {
    guard let error else { return "read" }
    return error.message.contains("SHA-256") ? digest : error.code.description
  }

  /// The most memory that the process had so far, in bytes.
  private func peakMemory() -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
    return (line.split { !$0.isNumber }.first.flatMap { Int($0) } ?? 0) << 10
  }
}

/// A damaged file.
private struct Mutation {
  var bytes: [UInt8]
  var key: [UInt8]?
  var isArgument = false

  /// What reading all of it says is wrong.
  var failure: MIGraphXError? {
    do throws(MIGraphXError) {
      if isArgument {
        _ = try Argument(archived: bytes)
        return nil
      }
      var reading = ArchiveReading(registry: .standard, key: key)
      reading.trustsCode = true
      reading.cpuFeatures = "avx2"
      let archive = try ProgramArchive(bytes: bytes, reading)
      try archive.verify()
      // What was read can be used: its literals read, its shapes computed, and it can be saved.
      _ = try archive.bytes()
      return nil
    } catch { return error }
  }
}

/// Makes damaged files; a seed always gives the same.
private struct Mutator {
  private let programs: [RawFile]
  private let arguments: [RawFile]
  private let texts: [[UInt8]]
  private let key = [UInt8](0..<32)

  init() throws {
    var archives: [ProgramArchive] = []
    for make in [
      { try Programs.plain() }, Programs.symbolic, Programs.branches, Programs.strings,
    ] {
      let program = try make()
      let part = CompiledPart(
        target: "cpu", program: program, plan: [1, 2, 3], tuning: [4],
        code: MachineCode(cpuFeatures: "avx2", bytes: [5, 6]))
      archives.append(ProgramArchive(source: program))
      archives.append(ProgramArchive(source: program, compiled: part))
    }
    let codeKey = try CodeKey.bytes([UInt8](0..<32))
    programs = try archives.map { RawFile(try $0.bytes(codeKey: codeKey)) }
    let tensors = [
      try literal(.float, lens: [3, 4]).argument, try literal(.string, lens: [5]).argument,
    ]
    arguments = try tensors.map { RawFile(try $0.archived()) }
    texts =
      try archives.map { try $0.bytes(format: .json) }
      + tensors.map { try $0.archived(format: .json) }
  }

  func mutation(seed: Int) throws -> Mutation {
    var random = Generator(seed)
    switch seed % 8 {
    case 0:
      let index = Int.random(in: 0..<texts.count, using: &random)
      var text = texts[index]
      change(&text, &random)
      return Mutation(bytes: text, isArgument: index >= texts.count - arguments.count)
    case 1: return Mutation(bytes: changed(arguments, &random).bytes(), isArgument: true)
    case 2: return Mutation(bytes: try changed(programs, &random).encrypted(key), key: key)
    case 3:
      // A table that says other things, with a digest that fits it.
      let file = programs[Int.random(in: 0..<programs.count, using: &random)]
      return Mutation(
        bytes: file.bytes { table in
          let place = Int.random(in: 0..<table.count / 4, using: &random) * 4
          let values: [UInt64] = [0, 1, 12, 64, 1 << 20, 1 << 31, 1 << 40, .max]
          let value = values[Int.random(in: 0..<values.count, using: &random)]
          table.replaceSubrange(place..<place + 4, with: littleEndian(value, 4))
        })
    case 4:
      var file = programs[Int.random(in: 0..<programs.count, using: &random)]
      change(&file.header, &random)
      return Mutation(bytes: file.bytes())
    default: return Mutation(bytes: changed(programs, &random).bytes())
    }
  }

  /// One of the files with one or a few sections damaged.
  private func changed(_ files: [RawFile], _ random: inout Generator) -> RawFile {
    var file = files[Int.random(in: 0..<files.count, using: &random)]
    for _ in 0..<[1, 1, 1, 2, 4][Int.random(in: 0..<5, using: &random)] {
      // The first sections have the text and the tables, which most can be wrong with.
      let count = Bool.random(using: &random) ? min(4, file.sections.count) : file.sections.count
      let index = Int.random(in: 0..<count, using: &random)
      switch Int.random(in: 0..<20, using: &random) {
      case 0: file.sections.remove(at: index)
      case 1:
        // The same section of another file.
        let other = files[Int.random(in: 0..<files.count, using: &random)]
        file.sections[index].bytes = other[file.sections[index].kind]
      case 2: file.sections.swapAt(index, Int.random(in: 0..<file.sections.count, using: &random))
      default: change(&file.sections[index].bytes, &random)
      }
      if file.sections.isEmpty { break }
    }
    return file
  }

  private static let words = [
    "0", "-1", "1", "2", "9223372036854775807", "-9223372036854775808", "18446744073709551616",
    "1e999",
    "nan", "{", "}", "[", "]", "\"", "\n", ",", "null", "float_type", "string_type",
    "@literal{ ... }",
    "@param:x", "@return", "module: \"main\"\n", "main:@1", "N", "*", "H*H*H*H", "large", "\u{0}",
  ].map { Array($0.utf8) }

  /// Damages bytes or text.
  private func change(_ bytes: inout [UInt8], _ random: inout Generator) {
    for _ in 0...Int.random(in: 0..<3, using: &random) {
      let place = Int.random(in: 0...bytes.count, using: &random)
      let end = min(bytes.count, place + Int.random(in: 0..<16, using: &random))
      switch Int.random(in: 0..<7, using: &random) {
      case 0 where place < bytes.count: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 1: bytes.removeSubrange(place..<end)
      case 2: bytes.insert(contentsOf: Array(bytes[place..<end]), at: place)
      case 3: replaceNumber(in: &bytes, from: place, &random)
      case 4: moveLine(in: &bytes, from: place, &random)
      case 5 where Int.random(in: 0..<8, using: &random) == 0: bytes.removeSubrange(place...)
      default:
        let word = Self.words[Int.random(in: 0..<Self.words.count, using: &random)]
        bytes.replaceSubrange(place..<min(bytes.count, place + word.count), with: word)
      }
    }
  }

  /// Replaces the next decimal number.
  private func replaceNumber(in bytes: inout [UInt8], from place: Int, _ random: inout Generator) {
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    guard let start = bytes[place...].firstIndex(where: digits.contains) else { return }
    let end = bytes[start...].firstIndex { !digits.contains($0) } ?? bytes.count
    bytes.replaceSubrange(start..<end, with: Self.words[Int.random(in: 0..<8, using: &random)])
  }

  /// Copies the next line to another place between lines.
  private func moveLine(in bytes: inout [UInt8], from place: Int, _ random: inout Generator) {
    let end = UInt8(ascii: "\n")
    let lines = bytes.split(separator: end, omittingEmptySubsequences: false)
    guard lines.count > 2 else { return }
    var changed = lines
    let line = lines[Int.random(in: 0..<lines.count, using: &random)]
    changed.insert(line, at: Int.random(in: 0..<lines.count, using: &random))
    if Bool.random(using: &random) {
      changed.remove(at: Int.random(in: 0..<changed.count, using: &random))
    }
    bytes = Array(changed.joined(separator: [end]))
  }
}

/// SplitMix64.
private struct Generator: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: Int) { state = UInt64(truncatingIfNeeded: seed) &* 0xd134_2543_de82_ef95 }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var value = state
    value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
    return value ^ (value >> 31)
  }
}
