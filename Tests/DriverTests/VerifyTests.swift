import Testing

/// Verification that fails: no tolerance forgives that passes fold a normalisation into weights.
@Suite("Driver: verification")
struct VerifyTests {
  let folder: Workplace

  init() throws {
    folder = try Workplace()
    try folder.writeNormalizedModel()
  }

  @Test("Differences are errors, and within tolerances none")
  func tolerance() throws {
    let failed = try folder.run("verify", "n.onnx", "-q", "--rms-tol", "0")
    #expect(failed.code == 1)
    #expect(failed.output == "")
    #expect(failed.messages[1] == "FAILED: y")
    #expect(failed.messages[2].hasPrefix("RMS Error: "))
    #expect(failed.messages[3].hasPrefix("Max diff: "))
    #expect(failed.messages.last == "error: verification failed for output 'y'")
    let passed = try folder.run("verify", "n.onnx", "-q")
    #expect(passed.code == 0)
    #expect(passed.messages.last == "MIGraphX verification passed successfully.")
  }

  @Test("Bisection finds the instruction and the rewrite")
  func bisection() throws {
    let failed = try folder.run("verify", "n.onnx", "--ref", "-q", "--rms-tol", "0", "-b")
    #expect(failed.code == 1)
    let lines = failed.output.split(separator: "\n")
    // An input, five weights and the convolution come before.
    #expect(lines.first == "Failure starts at: 7")
    #expect(lines.dropFirst().first?.hasPrefix("main:@7 = batch_norm_inference[") == true)
    let rewrite = try #require(
      lines.last?.wholeMatch(of: /Failure starts at rewrite: ([0-9]+)/)?.1)
    let count = try #require(Int(rewrite))
    for (limit, code) in [(count - 1, 0), (count, 1)] as [(Int, Int32)] {
      let limited = try folder.run(
        "verify", "n.onnx", "--ref", "-q", "--rms-tol", "0", "--stop-after-rewrite", "\(limit)")
      #expect(limited.code == code)
    }
    #expect(try folder.run("verify", "n.onnx", "--ref", "-q", "-b").output == "")
  }

  @Test("Single instructions and shorter programs are compared")
  func parts() throws {
    let single = try folder.run("verify", "n.onnx", "--ref", "-q", "--rms-tol", "0", "-i")
    #expect(single.code == 1)
    #expect(single.messages.filter { $0.hasPrefix("FAILED") } == ["FAILED: main:@7"])
    #expect(single.messages.last == "error: verification failed for main:@7")
    let ends = try folder.run("verify", "n.onnx", "--ref", "-q", "--rms-tol", "0", "-r")
    #expect(ends.code == 1)
    #expect(ends.output == "Verify: 7\nVerify: 8\nVerify: 9\n")
    #expect(ends.messages.last == "error: verification failed for main:@7, main:@8")
    for option in ["-i", "-r"] {
      #expect(try folder.run("verify", "n.onnx", "--ref", "-q", option).code == 0)
    }
  }

  @Test("Plain evaluation in double precision differs from that in single precision, but little")
  func doublePrecision() throws {
    // Without rewrites and on the reference target only the precision differs.
    let arguments = [
      "verify", "n.onnx", "--ref", "-q", "--ref", "--stop-after-rewrite", "0", "--rms-tol",
    ]
    #expect(try folder.run(arguments + ["0"]).code == 0)
    #expect(try folder.run(arguments + ["0", "--ref-use-double"]).code == 1)
    // Sums of 27 products of floats, whose precision is 2^-24, keep 20 bits.
    #expect(try folder.run(arguments + ["1e-6", "--ref-use-double"]).code == 0)
    #expect(try folder.run(arguments + ["1e-6", "--ref-use-double", "-i"]).code == 0)
    try folder.writeBranchingModel()
    #expect(try folder.run("verify", "if.onnx", "-q", "--ref-use-double").code == 0)
  }

  @Test("A compiled model is compared with the model")
  func compiledModel() throws {
    try folder.writeModel()
    #expect(try folder.run("compile", "n.onnx", "-o", "n.mxr").code == 0)
    #expect(try folder.run("verify", "n.onnx", "--ref", "-q", "-c", "n.mxr").code == 0)
    let exact = try folder.run("verify", "n.onnx", "--ref", "-q", "-c", "n.mxr", "--rms-tol", "0")
    #expect(exact.code == 1)
    #expect(exact.messages.contains("FAILED: y"))
    let other = try folder.run("verify", "m.onnx", "--batch", "1", "-q", "-c", "n.mxr")
    #expect(other.code == 1)
    #expect(
      other.messages.last?.contains("the program has 1 inputs; 2 values were given") == true)
  }
}
