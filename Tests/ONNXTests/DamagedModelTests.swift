import ONNX
import ONNXProto
import Support
import SwiftProtobuf
import Testing

/// Damaged models must end in an error or a decoded model, never in a trap.
@Suite struct DamagedModelTests {
  /// Reads a model and all its tensors; `false` if the model itself could not be read.
  private func read(_ bytes: [UInt8]) throws -> Bool {
    let file: ModelFile
    do throws(MIGraphXError) { file = try ModelFile(bytes: bytes) } catch {
      #expect([.invalidFile, .limitExceeded].contains(error.code), "\(error)")
      return false
    }
    for tensor in allTensors(file.model) {
      if case .mapped(let source, let range) = try? file.contents(tensor) {
        #expect(range.lowerBound >= 0 && range.upperBound <= source.count)
        _ = try source.bytes(range)
      }
      _ = try? file.tensorStrings(tensor, what: "tensor")
    }
    return true
  }

  @Test func truncatedAnywhere() throws {
    let bytes = try encoded(everywhere())
    let readable = try bytes.indices.filter { try read(Array(bytes[..<$0])) }
    #expect(try read(bytes))
    // The graph is one field, and functions follow it, which are one field too; so the only shorter
    // model is the one without functions.
    var shorter = everywhere()
    shorter.functions = []
    #expect(readable == [try encoded(shorter).count])
  }

  @Test func twoThousandMutations() throws {
    let original = try encoded(everywhere())
    var random = Generator(state: 0x5eed)
    var readable = 0
    for _ in 0..<2_000 {
      var bytes = original
      for _ in 0...Int.random(in: 0..<4, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 1: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 2: bytes.remove(at: place)
        default: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
        }
      }
      if try read(bytes) { readable += 1 }
    }
    // Both outcomes must occur, or the mutations test nothing.
    #expect((100..<1_900).contains(readable))
  }
}

/// A linear congruential generator (Knuth's MMIX constants), the same on every machine.
struct Generator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ state >> 33
  }
}
