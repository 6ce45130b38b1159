import IR
import ONNXProto
import Operators
import Support
import Tensors

extension ONNXOperators {
  /// Operators with sub-graphs.
  static let controlConverters: [String: Converter] = [
    "If": ifThenElse, "Loop": loop, "Scan": scan, "SequenceMap": sequenceMap,
  ]

  /// What the branches use of the graphs around them become operands: first those of the one, then of the other.
  ///
  /// Of a condition that is known now only the branch that it chooses is imported, in place of the node.
  private static let ifThenElse: Converter = { (node) throws(MIGraphXError) in
    let condition = try node.input(0)
    if let known = node.integers(condition), known.count == 1 {
      let name = known[0] != 0 ? "then" : "else"
      return try trace("importing the \(name) branch") { () throws(MIGraphXError) in
        try GraphImporter(inlinedIn: node.graph).importInlined(try node.subgraph("\(name)_branch"))
      }
    }
    let prefix = node.graph.subgraphName(node.node.debugSymbols.first ?? "If")
    var branches: [GraphImporter] = []
    for name in ["then", "else"] {
      let importer = GraphImporter(
        Module(name: "\(prefix):\(name)"), node.graph.context, inside: node.graph)
      try trace("importing the \(name) branch") { () throws(MIGraphXError) in
        try importer.importSubgraph(try node.subgraph("\(name)_branch"), inputTypes: [])
      }
      branches.append(importer)
    }
    let captured = branches.flatMap(\.captures).map(\.outer)
    return node.results(
      of: try node.add(If(), inputs: [condition] + captured, modules: branches.map(\.module)))
  }

  private static let loop: Converter = { (node) throws(MIGraphXError) in
    let body = try node.subgraph("body")
    var limit = node.add(try Literal([Int64.max], lens: []))
    if let given = try node.optionalInput(0) { limit = given }
    var condition = node.add(try Literal([Bool8(true)], lens: []))
    if let given = try node.optionalInput(1) { condition = given }
    let count = max(0, node.inputCount - 2)
    guard body.input.count == 2 + count, body.output.count >= 1 + count else {
      throw MIGraphXError(
        .invalidFile,
        "the body has \(body.input.count) inputs and \(body.output.count) outputs; for \(count) "
          + "values to hand on \(2 + count) inputs and \(1 + count) outputs or more are needed")
    }
    var initial: [Value] = []
    for index in 0..<count { initial.append(try node.input(2 + index)) }
    let numbers = [(ElementType.int64, body.input[0]), (.bool, body.input[1])].map { type, input in
      ValueType.tensor(Shape(type, lens: input.type.tensorType.shape.dim.isEmpty ? [] : [1]))
    }
    let importer = try node.stableBody(initial, declared: body.input.dropFirst(2).map(\.type)) {
      (importer, types) throws(MIGraphXError) in
      try importer.importSubgraph(body, inputTypes: numbers + types)
      return importer.module.results.dropFirst().prefix(count).map { importer.module.type(of: $0) }
    }
    return node.results(
      of: try node.add(
        Loop(carried: count),
        inputs: [limit, condition] + initial + importer.captures.map(\.outer),
        modules: [importer.module]))
  }

  /// A scan, or in opset 8 one for each position of a batch axis.
  private static let scan: Converter = { (node) throws(MIGraphXError) in
    let body = try node.subgraph("body")
    let isBatched = node.version < 9
    let first = isBatched ? 1 : 0
    guard let scanned = try node.int("num_scan_inputs"), scanned >= 1,
      scanned <= node.inputCount - first, body.input.count == node.inputCount - first,
      body.output.count >= node.inputCount - first - scanned
    else {
      throw MIGraphXError(
        .invalidFile,
        "attribute 'num_scan_inputs' must fit \(node.inputCount - first) inputs and a body with "
          + "\(body.input.count) inputs and \(body.output.count) outputs")
    }
    let states = node.inputCount - first - scanned
    var inputs: [Value] = []
    for index in first..<node.inputCount { inputs.append(try node.input(index)) }
    var op = Scan(states: states, scanInputs: scanned)
    op.inputDirections =
      try node.ints(isBatched ? "directions" : "scan_input_directions") ?? []
    if !isBatched {
      op.inputAxes = try node.ints("scan_input_axes") ?? []
      op.outputAxes = try node.ints("scan_output_axes") ?? []
      op.outputDirections = try node.ints("scan_output_directions") ?? []
    }
    guard op.inputAxes.isEmpty || op.inputAxes.count == scanned else {
      throw MIGraphXError(
        .invalidFile, "'scan_input_axes' must have \(scanned) elements, found \(op.inputAxes.count)"
      )
    }
    var shapes: [Shape] = []
    for (index, input) in inputs.enumerated() {
      var shape = try node.shape(input)
      if isBatched { shape = try node.dropping(0, of: shape) }
      if index >= states {
        shape = try node.dropping(
          op.inputAxes.isEmpty ? 0 : op.inputAxes[index - states], of: shape)
      }
      shapes.append(shape.standard)
    }
    let parts = shapes.dropFirst(states).map { ValueType.tensor($0) }
    let importer = try node.stableBody(types: shapes.prefix(states).map { .tensor($0) }) {
      (importer, types) throws(MIGraphXError) in
      try importer.importSubgraph(body, inputTypes: types + parts)
      return importer.module.results.prefix(states).map { importer.module.type(of: $0) }
    }
    guard isBatched else {
      return node.results(
        of: try node.add(
          op, inputs: inputs + importer.captures.map(\.outer), modules: [importer.module]))
    }
    return try batched(op, node, inputs, importer)
  }

  /// A scan over the batch axis whose body is the scan itself.
  private static func batched(
    _ op: Scan, _ node: NodeImporter, _ inputs: [Value], _ importer: GraphImporter
  ) throws(MIGraphXError) -> [Value] {
    var inner = op
    var scanned = inputs
    if let lengths = try node.optionalInput(0) {
      inner.hasLength = true
      scanned.insert(lengths, at: 0)
    }
    let captures = importer.captures.map(\.outer)
    var module = Module(name: "\(importer.module.name):batch")
    var arguments: [Value] = []
    for (index, value) in scanned.enumerated() {
      let shape = try node.dropping(0, of: node.shape(value)).standard
      arguments.append(try module.addParameter("part\(index)", shape))
    }
    for (index, value) in captures.enumerated() {
      arguments.append(
        try module.addParameter("captured\(index)", node.graph.module.type(of: value)))
    }
    let id = try module.add(
      inner, arguments, modules: [importer.module], debugSymbols: node.node.debugSymbols)
    try module.addReturn(module[id].types.indices.map { Value(id, result: $0) })
    return node.results(
      of: try node.add(
        Scan(states: 0, scanInputs: scanned.count), inputs: scanned + captures, modules: [module]))
  }

  /// A loop over the positions of the first sequence that collects the body's results in sequences.
  private static let sequenceMap: Converter = { (node) throws(MIGraphXError) in
    let body = try node.subgraph("body")
    let inputs = try node.inputs()
    guard case .sequence = node.graph.module.type(of: inputs[0]) else {
      throw MIGraphXError(
        .invalidShape,
        "input 0 must be a sequence, found (\(node.graph.module.type(of: inputs[0])))")
    }
    var initial: [Value] = []
    for output in body.output {
      let type = try ElementType(onnx: output.type.tensorType.elemType, of: "'\(output.name)'")
      initial.append(try node.add(SequenceEmpty(elementType: type)))
    }
    let importer = try node.stableBody(initial, declared: []) {
      (importer, types) throws(MIGraphXError) in
      let position = try importer.addParameter("position", .tensor(Shape(.int64, [])))
      let condition = try importer.addParameter("condition", .tensor(Shape(.bool, [])))
      var sequences: [Value] = []
      for (index, type) in types.enumerated() {
        sequences.append(try importer.addParameter("sequence\(index)", type))
      }
      var arguments: [Value] = []
      for (index, input) in inputs.enumerated() {
        let captured = try importer.capture(input, named: "input\(index)")
        guard case .sequence = importer.module.type(of: captured) else {
          arguments.append(captured)
          continue
        }
        arguments.append(
          Value(try importer.add(SequenceAt(), [captured, position], node.node.debugSymbols)))
      }
      let results = try GraphImporter(inlinedIn: importer).importInlined(body, inputs: arguments)
      for (index, result) in results.enumerated() {
        sequences[index] = Value(
          try importer.add(SequenceInsert(), [sequences[index], result], node.node.debugSymbols))
      }
      try importer.addReturn([condition] + sequences)
      return sequences.map { importer.module.type(of: $0) }
    }
    let length = try node.add(SequenceLength(), inputs[0])
    let condition = node.add(try Literal([Bool8(true)], lens: []))
    return node.results(
      of: try node.add(
        Loop(carried: initial.count),
        inputs: [length, condition] + initial + importer.captures.map(\.outer),
        modules: [importer.module]))
  }
}
