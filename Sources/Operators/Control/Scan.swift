import IR
import Support
import Tensors

/// Runs its sub-module once for each position along an axis of its scan inputs.
///
/// The inputs are the number of positions to visit, if `has_length`; the values that the first run gets from its
/// predecessor; the tensors to scan; and what the module captures. The module's parameters are the predecessor's
/// values, the scanned tensors' parts without the axis, and the captures. It gives the values for the next run, and
/// tensors to be collected. The results are the values after the last run, then the collected tensors along a new
/// axis. Positions that are not visited are zero there.
public struct Scan: RegisteredOperator {
  public static let name = "scan"
  /// The number of values that a run hands to the next.
  public var states = 0
  /// The number of tensors to scan, 1 or more.
  public var scanInputs = 1
  /// The axis of each tensor to scan, the first by default; negative ones count from the end.
  public var inputAxes: [Int] = []
  /// For each tensor to scan 1 if it is visited backward, else 0, which is the default.
  public var inputDirections: [Int] = []
  /// The axis of each collected tensor, the first by default; negative ones count from the end.
  public var outputAxes: [Int] = []
  /// For each collected tensor 1 if later runs come first, else 0, which is the default.
  public var outputDirections: [Int] = []
  /// Whether the first input says how many positions to visit.
  public var hasLength = false

  enum CodingKeys: String, CodingKey {
    case states = "num_states"
    case scanInputs = "num_scan_inputs"
    case inputAxes = "scan_input_axes"
    case inputDirections = "scan_input_directions"
    case outputAxes = "scan_output_axes"
    case outputDirections = "scan_output_directions"
    case hasLength = "has_length"
  }

  public init() {}

  /// Makes the operator.
  public init(
    states: Int, scanInputs: Int, inputAxes: [Int] = [], inputDirections: [Int] = [],
    outputAxes: [Int] = [], outputDirections: [Int] = [], hasLength: Bool = false
  ) {
    self.states = states
    self.scanInputs = scanInputs
    self.inputAxes = inputAxes
    self.inputDirections = inputDirections
    self.outputAxes = outputAxes
    self.outputDirections = outputDirections
    self.hasLength = hasLength
  }

  public func inferTypes(
    _ operands: [ValueType], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [ValueType] {
    guard context.modules.count == 1 else {
      throw MIGraphXError(.invalidProgram, "1 module is needed, found \(context.modules.count)")
    }
    let module = context.modules[0]
    let results = module.results.map { module.type(of: $0) }
    let parameters = module.parameters.map { module.type(of: $0) }
    guard states >= 0, states <= results.count, scanInputs >= 1, states < parameters.count,
      scanInputs <= parameters.count - states
    else {
      throw MIGraphXError(
        .invalidShape,
        "a module with \(parameters.count) parameters and \(results.count) results can't hand on "
          + "\(states) values and scan \(scanInputs) tensors; 1 tensor or more is needed")
    }
    try checkAttributes(outputs: results.count - states)
    var operands = operands
    if hasLength, let length = operands.first {
      guard let shape = length.shape, shape.elementType.isInteger, shape.rank <= 1,
        !shape.elementCount.isKnown(notEqual: 1)
      else {
        throw MIGraphXError(
          .invalidShape, "input 0, the length, must be one integer, found (\(length))")
      }
      operands.removeFirst()
    }
    let known = operands.reduce(into: Set<Symbol>()) { $0.formUnion($1.symbols) }
    var passed = operands
    var length: Dimension?
    for index in 0..<scanInputs where states + index < operands.count {
      let operand = operands[states + index]
      guard let shape = operand.shape, shape.rank >= 1 else {
        throw MIGraphXError(
          .invalidShape, "a tensor to scan must have 1 axis or more, found (\(operand))")
      }
      let axis = try inputAxis(index, rank: shape.rank)
      var sizes = shape.dimensions
      let size = sizes.remove(at: axis)
      length =
        try length.map { (known) throws(MIGraphXError) in
          try context.require(known, equals: size, "the lengths of the tensors to scan")
        } ?? size
      passed[states + index] = .tensor(Shape(shape.elementType, sizes))
    }
    try checkPassing(passed, to: module)
    var types: [ValueType] = []
    for index in 0..<states {
      guard results[index].canBeHandedOn(to: parameters[index], known: known) else {
        throw MIGraphXError(
          .invalidShape,
          "result \(index) of the module must be (\(parameters[index])), found (\(results[index]))")
      }
      types.append(
        try results[index].handedOn(index, from: operands[index], known: known, in: &context))
    }
    for (index, type) in results.dropFirst(states).enumerated() {
      guard let shape = type.closed(over: known, in: &context).shape else {
        throw MIGraphXError(
          .invalidShape,
          "result \(states + index) of the module is collected and must be a tensor, found (\(type))"
        )
      }
      var sizes = shape.dimensions
      sizes.insert(length ?? 0, at: try outputAxis(index, rank: shape.rank))
      types.append(.tensor(Shape(shape.elementType, sizes)))
    }
    return types
  }

  private func checkAttributes(outputs: Int) throws(MIGraphXError) {
    for (name, list, count) in [
      ("scan_input_axes", inputAxes, scanInputs),
      ("scan_input_directions", inputDirections, scanInputs),
      ("scan_output_axes", outputAxes, outputs),
      ("scan_output_directions", outputDirections, outputs),
    ] where !list.isEmpty && list.count != count {
      throw MIGraphXError(
        .invalidArgument, "\(name) must have \(count) elements, found \(list.count)")
    }
    for (name, list) in [
      ("scan_input_directions", inputDirections), ("scan_output_directions", outputDirections),
    ] {
      if let wrong = list.first(where: { $0 != 0 && $0 != 1 }) {
        throw MIGraphXError(.invalidArgument, "\(name) must be 0 or 1, found \(wrong)")
      }
    }
  }

  private func inputAxis(_ index: Int, rank: Int) throws(MIGraphXError) -> Int {
    inputAxes.isEmpty ? 0 : try normalized(axis: inputAxes[index], rank: rank)
  }

  private func outputAxis(_ index: Int, rank: Int) throws(MIGraphXError) -> Int {
    outputAxes.isEmpty ? 0 : try normalized(axis: outputAxes[index], rank: rank + 1)
  }

  public func evaluate(
    _ operands: [RuntimeValue], in context: EvaluationContext
  ) throws(MIGraphXError) -> [RuntimeValue] {
    let module = context.modules[0]
    let parameters = module.parameters.map { module.type(of: $0) }
    let given = hasLength ? operands[0].argument : nil
    let operands = hasLength ? Array(operands.dropFirst()) : operands
    let inputs = operands[states..<states + scanInputs].compactMap(\.argument)
    var axes: [Int] = []
    for (index, input) in inputs.enumerated() {
      axes.append(try inputAxis(index, rank: input.rank))
    }
    guard let length = zip(inputs, axes).map({ $0.lens[$1] }).first,
      zip(inputs, axes).allSatisfy({ $0.lens[$1] == length })
    else {
      throw MIGraphXError(
        .invalidShape, "the tensors to scan must have one length, found \(inputs.map(\.lens))")
    }
    let count = Int(given?.converted(to: Int64.self).first ?? Int64(length))
    guard count >= 0, count <= length else {
      throw MIGraphXError(
        .invalidArgument, "the number of positions to visit must be 0 to \(length), found \(count)")
    }
    var values: [RuntimeValue] = []
    for index in 0..<states { values.append(try operands[index].passed(as: parameters[index])) }
    let captures = operands[(states + scanInputs)...]
    let outputs = module.results.dropFirst(states).map { module.type(of: $0) }
    var collected = [[Argument]](repeating: [], count: outputs.count)
    var collectedByteCount = 0
    for position in 0..<count {
      let held = values.reduce(collectedByteCount) { Dimension.sum($0, $1.heldByteCount) }
      try checkHeld(held, in: context)
      var parts: [RuntimeValue] = []
      for (index, input) in inputs.enumerated() {
        let isBackward = !inputDirections.isEmpty && inputDirections[index] == 1
        let place = isBackward ? count - 1 - position : position
        var (lens, strides) = (input.lens, input.strides)
        lens.remove(at: axes[index])
        let stride = strides.remove(at: axes[index])
        let part = try input.view(
          lens: lens, strides: strides, elementOffset: lens.contains(0) ? 0 : place * stride)
        parts.append(.tensor(try part.contiguous()))
      }
      let results = try context.run(module: 0, on: values + parts + captures, holding: held)
      for index in 0..<states { values[index] = try results[index].passed(as: parameters[index]) }
      for (index, result) in results.dropFirst(states).enumerated() {
        guard let argument = result.argument else {
          throw MIGraphXError(.invalidArgument, "only tensors can be collected")
        }
        collected[index].append(argument)
        collectedByteCount = Dimension.sum(collectedByteCount, argument.contentByteCount + 64)
      }
    }
    try checkHeld(collectedByteCount, in: context)
    for index in 0..<states {
      values[index] = try values[index].passed(as: context.resultTypes[index])
    }
    for (index, (tensors, type)) in zip(collected, outputs).enumerated() {
      guard let shape = type.shape else {
        throw MIGraphXError(.invalidArgument, "only tensors can be collected")
      }
      values.append(
        .tensor(
          try stacked(
            tensors, shape, axis: try outputAxis(index, rank: shape.rank), length: length,
            isReversed: !outputDirections.isEmpty && outputDirections[index] == 1, in: context)))
    }
    return values
  }
}
