import Support
import Tensors

/// A whole model: its main module and what the file said about it.
public struct Program: Sendable {
  /// The module that runs.
  public var main: Module
  /// Key and value pairs that the model's author stored with it, in the file's order.
  public var metadata: [(key: String, value: String)]
  /// The values of the main module by the names that the model gives them. Values that passes removed keep
  /// their entries; ``value(named:)`` leaves those out.
  public var tensors: [String: Value]
  /// The ranges of sizes that were asked for the axes of inputs, by name. Where there are any, interfaces show
  /// sizes as ranges, not as their maxima.
  public var inputRanges: [String: [DimensionRange]]

  /// Makes a program of `main`.
  public init(
    main: Module = Module(), metadata: [(key: String, value: String)] = [],
    tensors: [String: Value] = [:], inputRanges: [String: [DimensionRange]] = [:]
  ) {
    self.main = main
    self.metadata = metadata
    self.tensors = tensors
    self.inputRanges = inputRanges
  }

  /// The output or intermediate value that the model gives this name; nil if there is none.
  public func value(named name: String) -> Value? {
    if let index = outputs.firstIndex(where: { $0.name == name }) { return main.results[index] }
    return tensors[name].flatMap { main.contains($0.instruction) ? $0 : nil }
  }

  /// The program whose outputs are the values with these names, in this order.
  ///
  /// - Throws: `invalidArgument` for a name that no value has, with those that are near.
  public func selecting(_ names: [String]) throws(MIGraphXError) -> Program {
    var values: [Value] = []
    for name in names {
      guard let value = value(named: name) else {
        let known = outputs.map(\.name) + tensors.keys.filter { self.value(named: $0) != nil }
        let near = nearMatches(for: name, among: known)
        let list = (near.isEmpty ? outputs.map(\.name) : near).map { "'\($0)'" }
        throw MIGraphXError(
          .invalidArgument,
          "no tensor is named '\(name)'; \(near.isEmpty ? "the outputs are" : "similar names are") "
            + list.joined(separator: ", "))
      }
      values.append(value)
    }
    var selected = self
    try selected.main.replaceReturn(values, names: names)
    return selected
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

  /// Checks the contents of all literals that come from a file. See ``Storage/verify()``.
  ///
  /// - Throws: `invalidFile` when a part of the file is damaged.
  public func verifyLiterals() throws(MIGraphXError) { try main.verifyLiterals() }

  /// The symbols of the parameters' sizes, by name.
  public var symbols: [Symbol] {
    main.parameters.reduce(into: Set<Symbol>()) { $0.formUnion(main.type(of: $1).symbols) }
      .sorted()
  }
}

extension Module {
  fileprivate func verifyLiterals() throws(MIGraphXError) {
    for id in order {
      try self[id].literal?.argument.storage.verify()
      for module in self[id].modules { try module.verifyLiterals() }
    }
  }
}
