import Codegen
import Foundation
import IR
import Operators
import Reference
import Support
import Tensors
import Testing

@testable import CPUTarget

/// Numbers between -1 and 1, the same in each run.
func numbers(_ lens: [Int], seed: UInt64 = 1) throws -> Argument {
  var state = seed &* 0x9e37_79b9_7f4a_7c15
  let elements = (0..<lens.reduce(1, *)).map { _ -> Float in
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Float(Int(state >> 40) - 1 << 23) / Float(1 << 23)
  }
  return try Argument(elements, lens: lens)
}

/// A program of tensors `x0`, `x1`, … that `build` makes.
func makeProgram(
  _ inputs: [Argument], _ build: (inout Module, [Value]) throws -> Value
) throws -> Program {
  var module = Module()
  var values: [Value] = []
  for (index, input) in inputs.enumerated() {
    values.append(try module.addParameter("x\(index)", input.shape))
  }
  try module.addReturn([try build(&module, values)])
  return Program(main: module)
}

/// The names of the operators that run.
func operators(_ executable: any Executable) -> [String] {
  let main = executable.lowered.main
  return main.order.compactMap { main[$0].op?.name }
}

/// Runs `program` by kernels of every instruction set, and by evaluation, which decides what is right.
///
/// Sums are made in another order and without the reference's double precision. Their error grows with the root of
/// the number of terms: `tolerance` is relative to the largest element.
func expectAgreement(
  _ program: Program, _ inputs: [Argument], tolerance: Float = 2e-6, fastMath: Bool = false,
  runs names: [String]? = nil,
  _ location: SourceLocation = #_sourceLocation
) throws {
  let values = inputs.map { RuntimeValue.tensor($0) }
  let expected = try ReferenceTarget().compile(program).run(values).compactMap(\.argument)
  for set in InstructionSet.supported {
    var single: [Argument]?
    for threads in [1, 2] {
      let pool = ThreadPool(threadCount: threads)
      let target = CPUTarget(instructionSet: set, threads: pool)
      let executable = try target.compile(program, fastMath: fastMath)
      if let names { #expect(operators(executable) == names, sourceLocation: location) }
      let found = try executable.run(values).compactMap(\.argument)
      try #require(found.count == expected.count, sourceLocation: location)
      for (index, (found, expected)) in zip(found, expected).enumerated() {
        expectClose(found, expected, tolerance, "\(set), \(threads) threads", location)
        // Axes of one element may have any stride, and so may those of tensors without elements.
        let axes = found.lens.indices.filter { found.lens[$0] != 1 && found.elementCount > 0 }
        #expect(
          axes.map { found.strides[$0] } == axes.map { expected.strides[$0] },
          sourceLocation: location)
        if let single {
          #expect(
            try found.hasElements(of: single[index]), "threads change bits",
            sourceLocation: location)
        }
      }
      single = found
    }
  }
}

func expectClose(
  _ found: Argument, _ expected: Argument, _ tolerance: Float, _ what: String,
  _ location: SourceLocation
) {
  guard found.lens == expected.lens, found.elementType == expected.elementType else {
    Issue.record("\(what): \(found.shape) is not \(expected.shape)", sourceLocation: location)
    return
  }
  let (a, b) = (found.converted(to: Float.self), expected.converted(to: Float.self))
  let scale = b.reduce(Float(0)) { $1.isFinite ? max($0, abs($1)) : $0 }
  let wrong = a.indices.first { index in
    if b[index].isNaN || a[index].isNaN { return a[index].isNaN != b[index].isNaN }
    return a[index] != b[index] && !(abs(a[index] - b[index]) <= tolerance * scale)
  }
  if let wrong {
    Issue.record(
      "\(what): \(a[wrong]) at \(wrong), expected \(b[wrong])", sourceLocation: location)
  }
}
