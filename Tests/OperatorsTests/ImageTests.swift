import Foundation
import IR
import Support
import Tensors
import Testing

@testable import Operators

/// Image files of which the decoder must not believe everything, and machines without the library.
@Suite struct ImageTests {
  @Test func withoutTheLibrary() {
    // One that there isn't, and one that lacks the functions.
    expectError(.unsupported, "liblept5") {
      _ = try Leptonica(names: ["libnone.so.0", "libc.so.6"])
    }
  }

  private func decode(_ file: [UInt8], memoryLimit: Int) throws -> Argument {
    let input = try Argument(file, lens: [file.count])
    let types = try infer(ImageDecoder(), input.shape).types
    let context = EvaluationContext(
      resultTypes: types, memoryLimit: memoryLimit, symbolValue: { _ in nil })
    return try ImageDecoder().evaluate([input], in: context)[0]
  }

  @Test func sizesAreLimitedBeforeDecoding() throws {
    let file = Array("P4 800 800 ".utf8) + Array(repeating: UInt8(0), count: 80_000)
    expectError(.limitExceeded, "bytes are needed") {
      _ = try decode(file, memoryLimit: 12_799_999)
    }
    #expect(try decode(file, memoryLimit: 12_800_000).lens == [800, 800, 3])
  }

  /// Files in which a byte is another one, or which end there, give images or errors.
  @Test func damagedFiles() throws {
    let files = ImageTests.files.split(separator: "\n\n").compactMap {
      Data(base64Encoded: $0.filter { !$0.isWhitespace }).map { Array($0) }
    }
    try #require(files.count == 8)
    for (index, file) in files.enumerated() {
      #expect(try decode(file, memoryLimit: 1 << 24).lens[2] == 3)
      var refused = 0
      // Some decoders say on standard error what they find.
      for position in stride(from: 0, to: file.count, by: 3) {
        for bits: UInt8 in [0x00, 0x84] {
          var damaged = file
          if bits == 0 { damaged.removeSubrange(position...) } else { damaged[position] ^= bits }
          do {
            let image = try decode(damaged, memoryLimit: 1 << 24)
            #expect(image.lens.count == 3 && image.lens[2] == 3)
          } catch {
            #expect(error is MIGraphXError, "file \(index), byte \(position): \(error)")
            refused += 1
          }
        }
      }
      #expect(refused > file.count / 6, "file \(index): \(refused)")
    }
  }

  /// Small files of PNM, PNG, BMP, WebP, TIFF, JPEG in grey and in colours, and JPEG 2000, in base 64.
  private static let files = """
    UDYKMyAyCjI1NQr4wr7PkxrtFfXT7y0FnZ88Nuw=

    iVBORw0KGgoAAAANSUhEUgAAAAMAAAACAgMAAADgGo6JAAAADFBMVEXm2XbPkxoFnZ+VJvF2H7YhAAAADElEQVR4
    nGOQYRIAAABsAC9Nrq0EAAAAAElFTkSuQmCC

    Qk1OAAAAAAAAADYAAAAoAAAAAwAAAAIAAAABABgAAAAAABgAAADEDgAAxA4AAAAAAAAAAAAALe/Tn50F7DY8AAAA
    vsL4GpPP9RXtAAAA

    UklGRkwAAABXRUJQVlA4TEAAAAAvAkAAAC9AFmBCMY7x9kdVYmQBJgQDGUH+Mn0ZdJAFmGhNYpaJBdDZP//BfkU/
    GqcSQSHbCHDoXpIjuYj+x/AC

    SUkqABIAAACANJLm9onAmwEACQAAAQMAAQAAAAMAAAABAQMAAQAAAAIAAAACAQMAAQAAAAgAAAADAQMAAQAAAAUA
    AAAGAQMAAQAAAAEAAAARAQQAAQAAAAgAAAAWAQMAAQAAAAIAAAAXAQQAAQAAAAkAAAAcAQMAAQAAAAEAAAAAAAAA

    /9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZG
    NywtQFdBRkxOUlNSMj5aYVpQYEpRUk//wAALCAAIAAgBAREA/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcI
    CQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcY
    GRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKj
    pKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/9oACAEBAAA/AM/w
    tp/3Plr/2Q==

    /9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQ
    c1tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/2wBDARweHigjKE4rK06kbl1upKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSk
    pKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKT/wAARCAACAAMDASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAA
    AAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAk
    M2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKT
    lJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QA
    HwEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdh
    cRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hp
    anN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4uPk
    5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEAPwCveM32uX5j9496KKK9Oj/Dj6I6o7I//9k=

    AAAADGpQICANCocKAAAAFGZ0eXBqcDIgAAAAAGpwMiAAAAAtanAyaAAAABZpaGRyAAAAAgAAAAMAAQcHAAAAAAAP
    Y29scgEAAAAAABEAAACPanAyY/9P/1EAKQAAAAAAAwAAAAIAAAAAAAAAAAAAAAMAAAACAAAAAAAAAAAAAQcBAf9S
    AAwAAAABAAEEBAAB/1wAB0BASEhQ/2QAJQABQ3JlYXRlZCBieSBPcGVuSlBFRyB2ZXJzaW9uIDIuNS40/5AACgAA
    AAAAGgAB/5PPtAwIGCugfICAAmf/2Q==
    """
}
