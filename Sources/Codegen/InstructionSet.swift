import CLLVM
import Glibc
import Support

/// A set of vector instructions that kernels are made for.
public enum InstructionSet: String, CaseIterable, Hashable, Sendable {
  /// 128-bit vectors.
  case sse42
  /// 256-bit vectors, with multiply-add in one step.
  case avx2
  /// 512-bit vectors with masks.
  case avx512

  /// The number of floats in a vector.
  public var lanes: Int {
    switch self {
    case .sse42: 4
    case .avx2: 8
    case .avx512: 16
    }
  }

  /// Whether a product and a sum are one instruction, rounded once.
  public var hasFusedMultiplyAdd: Bool { self != .sse42 }

  /// Whether half-precision numbers become floats, and floats such, by an instruction.
  var convertsHalves: Bool { self != .sse42 }

  /// LLVM's name of the oldest kind of processor with these instructions.
  ///
  /// Code is made for the kind, not for the machine's own model, so that it may run on another machine.
  var processor: String {
    switch self {
    case .sse42: "x86-64-v2"
    case .avx2: "x86-64-v3"
    case .avx512: "x86-64-v4"
    }
  }

  /// LLVM's names of features that are turned on or off beyond those of ``processor``.
  var features: String { self == .avx512 ? "-prefer-256-bit" : "" }

  /// The sets that this machine runs, best last.
  public static let supported: [InstructionSet] = {
    let found = Int(cllvm_processor_features())
    return allCases.filter { set in
      switch set {
      case .sse42: found & Int(CLLVM_SSE42) != 0
      case .avx2: found & Int(CLLVM_AVX2_FMA) != 0
      case .avx512: found & Int(CLLVM_AVX512) != 0
      }
    }
  }()

  /// The best set of this machine, or the one that `MIGRAPHX_INSTRUCTION_SET` names; nil if there is none.
  ///
  /// - Throws: `invalidArgument` when the variable names none that this machine runs.
  public static func preferred() throws(MIGraphXError) -> InstructionSet? {
    guard let name = environmentValue("MIGRAPHX_INSTRUCTION_SET") else { return supported.last }
    guard let set = supported.first(where: { $0.rawValue == name }) else {
      let list = supported.map { "'\($0.rawValue)'" }.joined(separator: ", ")
      throw MIGraphXError(
        .invalidArgument,
        "MIGRAPHX_INSTRUCTION_SET is '\(name)'; this machine runs \(list.isEmpty ? "none" : list)")
    }
    return set
  }
}
