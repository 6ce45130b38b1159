import IR
import Operators
import Tensors

/// The instructions after a sum of products that its kernel can do in passing.
struct EpilogueChain {
  private(set) var epilogue = Epilogue()
  /// The last instruction.
  private(set) var last: InstructionID
  /// The tensor that is added.
  private(set) var residual: Value?

  /// Finds what follows `id`, whose result nothing else uses.
  ///
  /// - Parameter columnAxis: the axis of the result that is the columns of the products.
  init(from id: InstructionID, columnAxis: Int, in module: Module) {
    last = id
    while let next = next(columnAxis, in: module) { last = next }
  }

  /// Takes one more instruction in, and gives it; nil if the next one can't be.
  private mutating func next(_ columnAxis: Int, in module: Module) -> InstructionID? {
    guard !epilogue.limits.isBounded, let user = module.onlyUser(of: Value(last)),
      let op = module[user].op
    else { return nil }
    let inputs = module[user].inputs
    switch op {
    case is Add:
      let other = inputs[0] == Value(last) ? inputs[1] : inputs[0]
      if epilogue.bias == nil, let bias = module.constantAlong(columnAxis, other) {
        epilogue.bias = bias
      } else if residual == nil, module.shape(of: other)?.elementType == .float {
        residual = other
        epilogue.addsResidual = true
      } else {
        return nil
      }
    case is Relu: epilogue.limits.lowest = 0
    case is Clip:
      guard inputs[0] == Value(last), let lowest = module.uniformConstant(inputs[1]),
        let highest = module.uniformConstant(inputs[2]), lowest <= highest
      else { return nil }
      epilogue.limits = Limits(lowest: lowest, highest: highest)
    default: return nil
    }
    epilogue.names.append(op.name)
    return user
  }
}

extension Module {
  /// The one instruction that uses `value`, as one operand; nil if there are others, or the module returns it.
  func onlyUser(of value: Value) -> InstructionID? {
    let users = users(of: value.instruction)
    guard users.count == 1, users[0] != returnID,
      self[users[0]].inputs.count(where: { $0 == value }) == 1
    else { return nil }
    return users[0]
  }

  /// The tensor that `value` is, if it is a literal or a view of one.
  func constant(_ value: Value) -> Argument? {
    let instruction = self[value.instruction]
    if let literal = instruction.literal { return literal.argument }
    guard let op = instruction.op, instruction.inputs.count == 1,
      op is Transpose || op is Slice || op is Broadcast || op is Multibroadcast,
      let source = constant(instruction.inputs[0])
    else { return nil }
    let context = EvaluationContext(resultTypes: instruction.types)
    return (try? op.evaluate([.tensor(source)], in: context))?.first?.argument
  }

  /// The matrix of floats that `value` is for every place of its outer axes, whose sizes may be open.
  func constantMatrix(_ value: Value) -> Argument? {
    let instruction = self[value.instruction]
    if instruction.op is Multibroadcast, instruction.inputs.count == 1,
      let source = constant(instruction.inputs[0]), let matrix = source.onlyMatrix,
      let result = shape(of: value)?.dimensions,
      result.suffix(2).elementsEqual(matrix.lens.map { Dimension($0) })
    {
      return matrix
    }
    return constant(value)?.onlyMatrix
  }

  /// The numbers along `axis` of a constant tensor of floats that repeats them along all others, which may be open.
  func constantAlong(_ axis: Int, _ value: Value) -> [Float]? {
    guard let result = shape(of: value), result.elementType == .float,
      result.dimensions.indices.contains(axis), let count = result.dimensions[axis].constant
    else { return nil }
    let instruction = self[value.instruction]
    var source = value
    // Where the source's first axis stands.
    var first = 0
    if let broadcast = instruction.op as? Broadcast {
      (source, first) = (instruction.inputs[0], broadcast.axis)
    } else if instruction.op is Multibroadcast {
      source = instruction.inputs[0]
      first = result.rank - (shape(of: source)?.rank ?? 0)
    }
    guard let numbers = constant(source) else { return nil }
    for (index, len) in numbers.lens.enumerated() where len != 1 && numbers.strides[index] != 0 {
      if index + first != axis || len != count { return nil }
    }
    guard numbers.elementCount == numbers.lens.reduce(1, max) else { return nil }
    let elements = numbers.elements(as: Float.self)
    return elements.count == 1 ? Array(repeating: elements[0], count: count) : elements
  }

  /// The number that is every element of a constant tensor of floats.
  func uniformConstant(_ value: Value) -> Float? {
    uniformElement(value).flatMap {
      $0.elementType == .float ? $0.elements(as: Float.self).first : nil
    }
  }

  /// The number that is every element of a constant tensor; nil if a formula can't name it.
  func uniformNumber(_ value: Value) -> Double? {
    guard let element = uniformElement(value), element.elementType != .string,
      let number = element.converted(to: Double.self).first
    else { return nil }
    let isExact = number.magnitude < 0x1p53 || element.elementType.isFloatingPoint
    return isExact ? number : nil
  }

  /// The only element of a constant tensor, which may stand for any number of them.
  private func uniformElement(_ value: Value) -> Argument? {
    let instruction = self[value.instruction]
    let isBroadcast = instruction.op is Broadcast || instruction.op is Multibroadcast
    let element = isBroadcast ? constant(instruction.inputs[0]) : constant(value)
    return element.flatMap { $0.elementCount == 1 ? $0 : nil }
  }
}

extension Argument {
  /// The last two axes of a tensor that repeats itself along all others.
  fileprivate var onlyMatrix: Argument? {
    guard rank >= 2, elementType == .float,
      zip(lens, strides).dropLast(2).allSatisfy({ $0 == 1 || ($1 == 0 && $0 > 0) })
    else { return nil }
    return try? view(lens: Array(lens.suffix(2)), strides: Array(strides.suffix(2)))
  }
}
