import IR
import Operators
import Support
import Tensors

extension ONNXOperators {
  /// Operators that are one operator here, on one input or on inputs that are broadcast.
  static let elementwiseConverters: [String: Converter] = [
    "Abs": unary(Abs()), "Acos": unary(Acos()), "Acosh": unary(Acosh()), "Asin": unary(Asin()),
    "Asinh": unary(Asinh()), "Atan": unary(Atan()), "Atanh": unary(Atanh()), "Ceil": unary(Ceil()),
    "Cos": unary(Cos()), "Cosh": unary(Cosh()), "Erf": unary(Erf()), "Exp": unary(Exp()),
    "Floor": unary(Floor()), "Identity": unary(Identity()), "IsNaN": unary(IsNaN()),
    "Log": unary(Log()), "Neg": unary(Neg()), "Not": unary(Not()), "Reciprocal": unary(Recip()),
    "Relu": unary(Relu()), "Round": unary(NearbyInt()), "Sigmoid": unary(Sigmoid()),
    "Sign": unary(Sign()), "Sin": unary(Sin()), "Sinh": unary(Sinh()), "Sqrt": unary(Sqrt()),
    "Tan": unary(Tan()), "Tanh": unary(Tanh()),
    "Add": binary(Add()), "And": binary(LogicalAnd()),
    "BitShift": { (node) throws(MIGraphXError) in
      switch try node.string("direction") ?? "" {
      case "LEFT": try binary(ShiftLeft())(node)
      case "RIGHT": try binary(ShiftRight())(node)
      case let other:
        throw MIGraphXError(.invalidFile, "direction is '\(other)'; LEFT or RIGHT is needed")
      }
    },
    "BitwiseAnd": binary(BitwiseAnd()), "BitwiseNot": unary(BitwiseNot()),
    "BitwiseOr": binary(BitwiseOr()), "BitwiseXor": binary(BitwiseXor()), "Div": binary(Div()),
    "Equal": binary(Equal()), "Greater": binary(Greater()), "Less": binary(Less()),
    "Mul": binary(Mul()), "Or": binary(LogicalOr()), "Sub": binary(Sub()),
    "Xor": binary(LogicalXor()),
    "Max": variadic(Max()), "Min": variadic(Min()),
    "GreaterOrEqual": { (node) throws(MIGraphXError) in
      try either(node, Greater(), Equal())
    },
    "LessOrEqual": { (node) throws(MIGraphXError) in try either(node, Less(), Equal()) },
    "Where": { (node) throws(MIGraphXError) in
      [try node.broadcasting(Where(), node.input(0), node.input(1), node.input(2))]
    },
  ]

  private static func unary(_ op: any Operator) -> Converter {
    { (node) throws(MIGraphXError) in [try node.add(op, node.input(0))] }
  }

  private static func binary(_ op: any Operator) -> Converter {
    { (node) throws(MIGraphXError) in
      let inputs = try node.operands()
      return [try node.broadcasting(op, inputs[0], inputs[1])]
    }
  }

  private static func variadic(_ op: any Operator) -> Converter {
    { (node) throws(MIGraphXError) in
      let inputs = try node.inputs()
      var result = inputs[0]
      for input in inputs.dropFirst() { result = try node.broadcasting(op, result, input) }
      return [result]
    }
  }

  /// Whether one of two comparisons holds; false for NaN.
  private static func either(
    _ node: NodeImporter, _ a: any Operator, _ b: any Operator
  ) throws(MIGraphXError) -> [Value] {
    let inputs = try node.broadcast([node.input(0), node.input(1)])
    return [
      try node.add(
        LogicalOr(), try node.add(a, inputs[0], inputs[1]), try node.add(b, inputs[0], inputs[1]))
    ]
  }
}
