import Support
import Tensors

/// A whole model: its main module and what the file said about it.
public struct Program: Sendable {
  /// The module that runs.
  public var main: Module
  /// Key and value pairs that the model's author stored with it, in the file's order.
  public var metadata: [(key: String, value: String)]

  /// Makes a program of `main`.
  public init(main: Module = Module(), metadata: [(key: String, value: String)] = []) {
    self.main = main
    self.metadata = metadata
  }

  /// The parameters' names and types in the order of the model's inputs.
  public var inputs: [(name: String, type: ValueType)] {
    main.parameters.map { (main.parameterName($0), main.type(of: $0)) }
  }

  /// The results' names and types in the order of the model's outputs.
  ///
  /// Results without a name get `main:#output_` and their position.
  public var outputs: [(name: String, type: ValueType)] {
    let names = main.resultNames
    return main.results.enumerated().map { index, value in
      (names.isEmpty ? "\(main.name):#output_\(index)" : names[index], main.type(of: value))
    }
  }

  /// The symbols of the parameters' sizes, by name.
  public var symbols: [Symbol] {
    main.parameters.reduce(into: Set<Symbol>()) { $0.formUnion(main.type(of: $1).symbols) }
      .sorted()
  }
}
