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
      try node.checkType(x, 0, is: .numeric)
      let type = try node.shape(x).elementType
      let real = type.isInteger ? try node.convert(x, to: .double) : x
      return try node.convert(reduce(ReduceLogSumExp.self, real), to: type)
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
      let input = try node.version < version ? nil : node.optionalInput(1)
      // Axes that only running will tell.
      let computed = input.flatMap { node.integers($0) == nil && !node.isEmpty($0) ? $0 : nil }
      var axes: [Int] = []
      if computed == nil {
        // An axis may be named twice, from either end.
        let stated = try node.ints("axes")
        for axis in input.flatMap({ node.integers($0) }) ?? stated ?? [] {
          let axis = try node.normalized(axis, rank: rank)
          if !axes.contains(axis) { axes.append(axis) }
        }
      }
      if axes.isEmpty, computed == nil, try node.flag("noop_with_empty_axes") {
        return [try body(node, x) { (_, value) throws(MIGraphXError) in value }]
      }
      let result = try body(node, x) { (type, value) throws(MIGraphXError) in
        let operands = [value] + (computed.map { [$0] } ?? [])
        return Value(try node.add(type.init(axes: axes), inputs: operands))
      }
      if try node.flag("keepdims", default: true) || rank == 0 { return [result] }
      if let computed { return [try node.add(Squeeze(axes: []), result, computed)] }
      return [try node.add(Squeeze(axes: axes.isEmpty ? Array(0..<rank) : axes), result)]
    }
  }

  /// Applies a function of real numbers to the sum that `sum` makes of `x`; for integers by way of double.
  private static func function(
    _ op: any Operator, _ node: NodeImporter, _ x: Value,
    _ sum: (Value) throws(MIGraphXError) -> Value
  ) throws(MIGraphXError) -> Value {
    try node.checkType(x, 0, is: .numeric)
    let type = try node.shape(x).elementType
    if type.isFloatingPoint {
      // Sums and squares leave the range of half sooner than the function of them does.
      return try node.inSinglePrecision { (x) throws(MIGraphXError) in try node.add(op, sum(x)) }
    }
    return try node.convert(node.add(op, sum(node.convert(x, to: .double))), to: type)
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
