import Support
import Tensors

extension Array where Element == (name: String, value: Argument) {
  /// The tensor of this name, among the results of a run.
  ///
  /// - Throws: `invalidArgument` when there is none, with the names that there are.
  public subscript(name: String) -> Argument {
    get throws(MIGraphXError) {
      if let item = first(where: { $0.name == name }) { return item.value }
      throw unknown(name, among: map(\.name))
    }
  }
}

extension Array where Element == (name: String, type: ValueType) {
  /// The type of the tensor of this name, among a program's inputs or outputs.
  ///
  /// - Throws: `invalidArgument` when there is none, with the names that there are.
  public subscript(name: String) -> ValueType {
    get throws(MIGraphXError) {
      if let item = first(where: { $0.name == name }) { return item.type }
      throw unknown(name, among: map(\.name))
    }
  }
}

private func unknown(_ name: String, among names: [String]) -> MIGraphXError {
  let list = names.map { "'\($0)'" }.joined(separator: ", ")
  return MIGraphXError(.invalidArgument, "there is no '\(name)'; the names are \(list)")
}
