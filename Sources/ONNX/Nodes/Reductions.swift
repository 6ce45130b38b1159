import IR
import Operators
import Support
import Tensors

extension ONNXOperators {
  /// Reductions over axes.
  static let reductionConverters: [String: Converter] = [
    "ArgMax": { (node) throws(MIGraphXError) in
      try arg(node) { ArgMax(axis: $0, selectLastIndex: $1) }
    },
    "ArgMin": { (node) throws(MIGraphXError) in
      try arg(node) { ArgMin(axis: $0, selectLastIndex: $1) }
    },
    "ReduceL1": reduction { (node, x, reduce) throws(MIGraphXError) in
      try reduce(ReduceSum.self, node.add(Abs(), x))
    },
    "ReduceL2": reduction { (node, x, reduce) throws(MIGraphXError) in
      try function(Sqrt(), node, x) { (x) throws(MIGraphXError) in
        try reduce(ReduceSum.self, node.add(Mul(), x, x))
      }
    },
    "ReduceLogSum": reduction { (node, x, reduce) throws(MIGraphXError) in
      try function(Log(), node, x) { (x) throws(MIGraphXError) in
        try reduce(ReduceSum.self, x)
      }
    },
    "ReduceLogSumExp": reduction { (node, x, reduce) throws(MIGraphXError) in
      try logSumExp(node, x, reduce)
    },
    "ReduceMax": reduction { (_, x, reduce) throws(MIGraphXError) in
      try reduce(ReduceMax.self, x)
    },
    "ReduceMean": reduction { (_, x, reduce) throws(MIGraphXError) in
      try reduce(ReduceMean.self, x)
    },
    "ReduceMin": reduction { (_, x, reduce) throws(MIGraphXError) in
      try reduce(ReduceMin.self, x)
    },
    "ReduceProd": reduction { (_, x, reduce) throws(MIGraphXError) in
      try reduce(ReduceProd.self, x)
    },
    "ReduceSum": reduction(axesAreInputSince: 13) { (_, x, reduce) throws(MIGraphXError) in
      try reduce(ReduceSum.self, x)
    },
    "ReduceSumSquare": reduction { (node, x, reduce) throws(MIGraphXError) in
      try reduce(ReduceSum.self, node.add(Mul(), x, x))
    },
  ]

  /// Reduces a value by an operator over the node's axes.
  private typealias Reduce =
    (any ReduceOperator.Type, Value) throws(MIGraphXError) -> Value

  /// Reads the axes, which are an attribute or an input by version, and drops them if they are not kept.
  private static func reduction(
    axesAreInputSince version: Int = 18,
    _ body: @escaping @Sendable (NodeImporter, Value, Reduce) throws(MIGraphXError) -> Value
  ) -> Converter {
    { (node) throws(MIGraphXError) in
      let x = try node.input(0)
      let rank = try node.shape(x).rank
      var axes: [Int] = []
      // An axis may be named twice, from either end.
      for axis in try node.version < version
        ? node.ints("axes") ?? [] : node.knownIntegers(1, "the axes") ?? []
      {
        let axis = try node.normalized(axis, rank: rank)
        if !axes.contains(axis) { axes.append(axis) }
      }
      if axes.isEmpty, try node.flag("noop_with_empty_axes") {
        return [try body(node, x) { (_, value) throws(MIGraphXError) in value }]
      }
      let result = try body(node, x) { (type, value) throws(MIGraphXError) in
        try node.add(type.init(axes: axes), value)
      }
      if try node.flag("keepdims", default: true) { return [result] }
      if rank == 0 { return [result] }
      return [try node.add(Squeeze(axes: axes.isEmpty ? Array(0..<rank) : axes), result)]
    }
  }

  /// Applies a function of real numbers to the sum that `sum` makes of `x`; for integers by way of double.
  private static func function(
    _ op: any Operator, _ node: NodeImporter, _ x: Value,
    _ sum: (Value) throws(MIGraphXError) -> Value
  ) throws(MIGraphXError) -> Value {
    let type = try node.shape(x).elementType
    if type.isFloatingPoint { return try node.add(op, sum(x)) }
    return try node.convert(node.add(op, sum(node.convert(x, to: .double))), to: type)
  }

  /// The logarithm of the sum of exponentials, without overflow; computed at least in single precision.
  private static func logSumExp(
    _ node: NodeImporter, _ input: Value, _ reduce: Reduce
  ) throws(MIGraphXError) -> Value {
    let type = try node.shape(input).elementType
    let x = try node.convert(
      input, to: type == .double || type.isInteger ? .double : .float)
    let largest = try reduce(ReduceMax.self, x)
    // Infinite maxima must not be subtracted from themselves.
    let zero = try node.scalar(0, node.shape(x).elementType)
    let offset = try node.broadcasting(Where(), node.add(IsInf(), largest), zero, largest)
    let powers = try node.add(Exp(), node.broadcasting(Sub(), x, offset))
    let sum = try node.add(Log(), reduce(ReduceSum.self, powers))
    return try node.convert(node.add(Add(), sum, offset), to: type)
  }

  private static func arg(
    _ node: NodeImporter, _ make: (Int, Bool) -> any Operator
  ) throws(MIGraphXError) -> [Value] {
    let axis = try node.int("axis") ?? 0
    let op = make(axis, try node.flag("select_last_index"))
    let result = try node.add(op, node.input(0))
    if try node.flag("keepdims", default: true) { return [result] }
    return [try node.add(Squeeze(axes: [axis]), result)]
  }
}
