import CLLVM
import Glibc
import Support

extension MIGraphXError.Code {
  /// No native code could be made: there is no compiler on the machine, or it refused its input.
  public static let codeGeneration = MIGraphXError.Code("code generation failed")
}

/// Turns textual LLVM IR into relocatable objects, with the LLVM that is found on the machine.
public enum LLVMCompiler {
  /// The version of the LLVM that is loaded, which the first call does; nil when there is none.
  public static var version: String? {
    unsafe cllvm_version().map { unsafe String(cString: $0) }
  }

  /// The major version that code is made with.
  static let majorVersion = 19

  /// What LLVM runs over the IR. The emitters leave little to improve, and more passes take longer
  /// without giving faster code.
  static let passes = "function(early-cse,instcombine<no-verify-fixpoint>,simplifycfg)"

  /// Compiles `text` to an ELF object.
  ///
  /// - Throws: `codeGeneration` when there is no LLVM, or with what it says.
  public static func compile(
    _ text: String, for set: InstructionSet
  ) throws(MIGraphXError) -> [UInt8] {
    var result: UnsafeMutablePointer<CChar>?
    var length = 0
    let status = unsafe cllvm_compile(
      text, text.utf8.count, set.processor, set.features, passes, &result, &length)
    defer { unsafe free(result) }
    let output = unsafe Array(UnsafeRawBufferPointer(start: result, count: length))
    guard status == 0 else {
      throw MIGraphXError(.codeGeneration, String(decoding: output, as: UTF8.self))
    }
    return output
  }
}
