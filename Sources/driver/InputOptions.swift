import ArgumentParser
import Archive
import IR
import NumPyFiles
import Support
import Tensors

/// What the inputs of a run are.
struct InputOptions: ParsableArguments {
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Inputs that are filled with 0.", valueName: "names"))
  var fill0: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Inputs that are filled with 1.", valueName: "names"))
  var fill1: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "An input's values: a .npy file, or one of argument.save.", valueName: "@name file"))
  var loadArg: [String] = []

  @Option(help: ArgumentHelp("Values of inputs by name, a .npz file.", valueName: "file"))
  var inputs: String?

  @Option(
    help: ArgumentHelp(
      "Chooses the values that are made for other inputs: multiples of 1/16 in [-1, 1) for "
        + "floating-point inputs, 0 and 1 for integers, which are mostly indices."))
  var seed: UInt64 = 0

  func validate() throws {
    _ = try files()
    var names: Set<String> = []
    for name in try files().map(\.name) + fill0 + fill1 where !names.insert(name).inserted {
      throw ValidationError("Input '\(name)' is given twice.")
    }
  }

  /// The files of single inputs.
  private func files() throws -> [(name: String, value: String)] {
    try TaggedValues(loadArg, option: "--load-arg").single(option: "--load-arg")
  }

  /// The tensors that files hold, by name.
  func read() throws -> [String: Tensor] {
    var given: [String: Tensor] = [:]
    if let inputs {
      for (name, argument) in try NumPyArchive.read(inputs) { given[name] = argument }
    }
    for (name, file) in try files() {
      let mapped = try MappedFile(path: file)
      given[name] =
        try NumPyFile.recognizes(mapped) ? NumPyFile.read(mapped) : Tensor(loading: file)
    }
    if let name = (fill0 + fill1).first(where: { given[$0] != nil }) {
      throw MIGraphXError(.invalidArgument, "input '\(name)' is given twice")
    }
    return given
  }

  /// One value for each input of `program`, in their order.
  ///
  /// - Parameters:
  ///   - given: what ``read()`` gave.
  ///   - openSizes: for inputs by name, the sizes of their axes.
  ///   - defaultSize: the size of dynamic axes that nothing else tells.
  func values(
    for program: Program, _ given: [String: Tensor], openSizes: [String: [Int]], defaultSize: Int?
  ) throws(MIGraphXError) -> [RuntimeValue] {
    let names = program.inputs.map(\.name)
    for name in given.keys.sorted() + openSizes.keys.sorted() + fill0 + fill1 {
      try check(name, names)
    }
    var sizes: [Symbol: Int] = [:]
    for (name, type) in program.inputs {
      guard let shape = type.shape else { continue }
      if let asked = openSizes[name] { try check(asked, of: name, shape) }
      for (len, dimension) in zip(given[name]?.lens ?? openSizes[name] ?? [], shape.dimensions) {
        if let symbol = dimension.symbol, sizes[symbol] == nil { sizes[symbol] = len }
      }
    }
    var values: [RuntimeValue] = []
    for (name, type) in program.inputs {
      if let argument = given[name] {
        values.append(.tensor(argument))
        continue
      }
      try trace("making a value for input '\(name)'") { () throws(MIGraphXError) in
        guard let shape = type.shape, shape.elementType != .string else {
          throw MIGraphXError(
            .unsupported, "values can be made for tensors of numbers only; this is (\(type))")
        }
        values.append(.tensor(try makeArgument(name, shape, sizes, defaultSize)))
      }
    }
    return values
  }

  /// Checks that an input may have these sizes.
  private func check(
    _ sizes: [Int], of name: String, _ shape: Shape
  ) throws(MIGraphXError) {
    let fits =
      sizes.count == shape.rank
      && zip(sizes, shape.ranges).allSatisfy { $0 >= $1.minimum && $0 <= $1.maximum ?? .max }
    guard fits else {
      throw MIGraphXError(
        .invalidShape, "input '\(name)' is (\(shape)); --input-dim gives it the sizes \(sizes)")
    }
  }

  private func check(_ name: String, _ names: [String]) throws(MIGraphXError) {
    guard names.contains(name) else {
      let list = names.map { "'\($0)'" }.joined(separator: ", ")
      throw MIGraphXError(
        .invalidArgument,
        "the program has no input '\(name)'; its inputs are \(list.isEmpty ? "none" : list)")
    }
  }

  private func makeArgument(
    _ name: String, _ symbolic: Shape, _ sizes: [Symbol: Int], _ defaultSize: Int?
  ) throws(MIGraphXError) -> Tensor {
    func size(_ symbol: Symbol) -> Int? { sizes[symbol] ?? symbol.largest ?? defaultSize }
    if let open = symbolic.symbols.sorted().first(where: { size($0) == nil }) {
      let places = symbolic.dimensions
        .map { $0.constant.map(String.init) ?? "SIZE" }.joined(separator: " ")
      throw MIGraphXError(
        .invalidArgument,
        "nothing tells the size '\(open.name)'; give --dim-param @\(open.name) SIZE, "
          + "or --input-dim @\(name) \(places)")
    }
    guard let shape = symbolic.evaluated(size) else {
      throw MIGraphXError(.invalidShape, "the sizes of (\(symbolic)) can't be computed")
    }
    try shape.validate()
    if fill0.contains(name) { return try Tensor(zeros: shape) }
    if shape.elementType.isFloatingPoint && !fill1.contains(name) {
      return try generateArgument(shape, seed: stableHash(name) ^ seed)
    }
    // As bools the values are the generator's bits, 0 and 1.
    let flags = shape.with(elementType: .bool)
    guard fill1.contains(name) else {
      return try generateArgument(flags, seed: stableHash(name) ^ seed)
        .converted(toElementType: shape.elementType)
    }
    let one = try Tensor([Bool8(true)], lens: [])
    return try one.view(
      lens: shape.lens ?? [], strides: [Int](repeating: 0, count: shape.rank)
    ).converted(toElementType: shape.elementType).contiguous()
  }
}

/// The FNV-1a hash of `text`, the same on every machine.
private func stableHash(_ text: String) -> UInt64 {
  text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
}
