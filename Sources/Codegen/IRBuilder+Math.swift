/// Functions of vectors of floats, made of arithmetic alone: kernels call nothing.
///
/// Comments state the largest error in units in the last place; the tests check it over a sample of all floats.
extension IRBuilder {
  private var integers: IRType { .vector(set.lanes, of: .int32) }

  /// A vector with the number in each lane.
  public func constant(_ value: Float) -> IRValue {
    // IR writes floats as the bits of the double of the same value.
    let bits = String(Double(value).bitPattern, radix: 16)
    return splat(IRValue(type: .float, text: "0x" + bits))
  }

  private func integer(_ value: Int) -> IRValue { splat(.integer(value, .int32)) }

  func operation(_ name: String, _ a: IRValue, _ b: IRValue) -> IRValue {
    add(a.type, "\(name) \(a.type.text) \(a.text), \(b.text)")
  }

  public func add(_ a: IRValue, _ b: IRValue) -> IRValue { operation("fadd", a, b) }
  public func subtract(_ a: IRValue, _ b: IRValue) -> IRValue { operation("fsub", a, b) }
  public func multiply(_ a: IRValue, _ b: IRValue) -> IRValue { operation("fmul", a, b) }
  public func divide(_ a: IRValue, _ b: IRValue) -> IRValue { operation("fdiv", a, b) }
  public func negate(_ a: IRValue) -> IRValue { add(a.type, "fneg \(a.type.text) \(a.text)") }
  public func absolute(_ a: IRValue) -> IRValue { intrinsic("llvm.fabs", a) }
  public func squareRoot(_ a: IRValue) -> IRValue { intrinsic("llvm.sqrt", a) }
  /// The nearest whole number below, above, towards zero, or at all, as `mode` says.
  public func round(_ a: IRValue, _ mode: RoundingMode) -> IRValue { intrinsic(mode.rawValue, a) }

  /// The intrinsics that round to whole numbers.
  public enum RoundingMode: String {
    case down = "llvm.floor"
    case up = "llvm.ceil"
    case towardZero = "llvm.trunc"
    case toEven = "llvm.rint"
  }

  func cast(_ name: String, _ a: IRValue, _ type: IRType) -> IRValue {
    add(type, "\(name) \(a.type.text) \(a.text) to \(type.text)")
  }

  /// `numbers[0] + x * (numbers[1] + x * …)`.
  private func polynomial(_ x: IRValue, _ numbers: [Float]) -> IRValue {
    var value = constant(numbers[numbers.count - 1])
    for number in numbers.dropLast().reversed() {
      value = multiplyAdd(value, x, constant(number))
    }
    return value
  }

  /// Two to the power of whole numbers between -126 and 127.
  private func powerOfTwo(_ exponent: IRValue) -> IRValue {
    let bits = operation("shl", operation("add", exponent, integer(127)), integer(23))
    return cast("bitcast", bits, vector)
  }

  /// Euler's number to the power of `x`, to 1.1 units, denormal results included.
  public func exponential(_ x: IRValue) -> IRValue {
    // Beyond these the result is 0 or infinity; comparisons with NaN are false, so it stays.
    let high = constant(89)
    let low = constant(-104)
    let above = select(compare("ogt", x, high), high, x)
    let bounded = select(compare("olt", above, low), low, above)
    let whole = round(multiply(bounded, constant(1.442_695_04)), .toEven)
    // The logarithm of 2 in two parts, of which the first has few bits.
    let first = multiplyAdd(whole, constant(-0.693_359_375), bounded)
    let rest = multiplyAdd(whole, constant(2.121_944_4e-4), first)
    let square = multiply(rest, rest)
    let tail = multiplyAdd(
      square, polynomial(rest, [0.5, 0.16666518, 0.041666206, 0.008368888, 0.0013950486]), rest)
    let value = add(tail, constant(1))
    // In two steps, as the whole power may not be a number by itself. A NaN's power is not used.
    let isNumber = compare("ord", x, x)
    let power = cast("fptosi", select(isNumber, whole, constant(0)), integers)
    let half = operation("ashr", power, integer(1))
    let other = operation("sub", power, half)
    return multiply(multiply(value, powerOfTwo(half)), powerOfTwo(other))
  }

  /// The natural logarithm, to 0.8 units; minus infinity for zeros, NaN below.
  public func logarithm(_ x: IRValue) -> IRValue {
    // Denormals are made normal.
    let isSmall = compare("olt", x, constant(Float.leastNormalMagnitude))
    let normal = select(isSmall, multiply(x, constant(0x1p23)), x)
    let shift = select(isSmall, constant(-23), constant(0))
    // The fraction between the roots of 1/2 and 2, and the exponent that goes with it.
    let bits = cast("bitcast", normal, integers)
    let moved = operation("sub", bits, integer(0x3f35_04f3))
    let exponent = operation("ashr", moved, integer(23))
    let fractionBits = operation("sub", bits, operation("shl", exponent, integer(23)))
    let fraction = subtract(cast("bitcast", fractionBits, vector), constant(1))
    let power = add(cast("sitofp", exponent, vector), shift)
    let square = multiply(fraction, fraction)
    let numbers: [Float] = [
      0.3333333134651184, -0.250008225440979, 0.20001226663589478, -0.16623356938362122,
      0.14201761782169342, -0.131601944565773, 0.12761549651622772, -0.07634429633617401,
    ]
    let cube = multiply(square, fraction)
    var tail = multiply(cube, polynomial(fraction, numbers))
    tail = multiplyAdd(power, constant(-2.121_944_4e-4), tail)
    tail = multiplyAdd(square, constant(-0.5), tail)
    let value = multiplyAdd(power, constant(0.693_359_375), add(fraction, tail))
    let infinity = constant(.infinity)
    let positive = select(compare("oeq", x, infinity), infinity, value)
    let notZero = select(compare("oeq", x, constant(0)), constant(-.infinity), positive)
    return select(compare("uge", x, constant(0)), addNaN(of: x, to: notZero), constant(.nan))
  }

  /// `value`, or NaN where `x` is.
  private func addNaN(of x: IRValue, to value: IRValue) -> IRValue {
    select(compare("uno", x, x), x, value)
  }

  /// The hyperbolic tangent, to 1.3 units.
  public func hyperbolicTangent(_ x: IRValue) -> IRValue {
    let size = absolute(x)
    let square = multiply(x, x)
    let numbers: [Float] = [
      -0.3333328068256378, 0.13331441581249237, -0.05373971536755562, 0.02063908986747265,
      -0.005704990588128567,
    ]
    let near = multiplyAdd(multiply(x, square), polynomial(square, numbers), x)
    let power = exponential(add(size, size))
    let far = subtract(constant(1), divide(constant(2), add(power, constant(1))))
    return copySign(select(compare("olt", size, constant(0.625)), near, far), of: x)
  }

  /// The error function, to 2.5 units.
  public func errorFunction(_ x: IRValue) -> IRValue {
    let size = absolute(x)
    let square = multiply(x, x)
    let numbers: [Float] = [
      1.128379225730896, -0.37612637877464294, 0.11283782124519348, -0.0268654003739357,
      0.0052209459245204926, -0.0008482838165946305, 0.0001125700946431607, -9.64168066275306e-06,
    ]
    let near = multiply(x, polynomial(square, numbers))
    // Beyond 1 the logarithm of what is missing to 1 is nearly a parabola; beyond 4 nothing is.
    let bounded = select(compare("ogt", size, constant(4)), constant(4), size)
    let missing: [Float] = [
      0.00018804029969032854, -1.1295784711837769, -0.6332198977470398, -0.10841857641935349,
      0.025208257138729095, -0.004204561933875084, 0.0004413363931234926, -2.1686852051061578e-05,
    ]
    let far = subtract(constant(1), exponential(polynomial(bounded, missing)))
    return select(compare("olt", size, constant(1)), near, copySign(far, of: x))
  }

  /// The sum of all lanes, always in the same order.
  public func laneSum(_ x: IRValue) -> IRValue { reduceLanes(x) { self.add($0, $1) } }

  /// The product of all lanes, always in the same order.
  public func laneProduct(_ x: IRValue) -> IRValue { reduceLanes(x) { self.multiply($0, $1) } }

  /// The largest lane; no lane is NaN.
  public func largestLane(_ x: IRValue) -> IRValue {
    reduceLanes(x) { self.select(self.compare("ogt", $0, $1), $0, $1) }
  }

  /// Halves the vector until one lane is left.
  public func reduceLanes(
    _ x: IRValue, _ combine: (IRValue, IRValue) -> IRValue
  ) -> IRValue {
    var value = x
    var width = set.lanes / 2
    while width > 0 {
      let indices = (0..<set.lanes).map { "i32 \(($0 + width) % set.lanes)" }
      let moved = add(
        x.type,
        "shufflevector \(x.type.text) \(value.text), \(x.type.text) poison, "
          + "<\(set.lanes) x i32> <\(indices.joined(separator: ", "))>")
      value = combine(value, moved)
      width /= 2
    }
    return firstLane(value)
  }

  /// The first lane of a vector of floats or doubles.
  public func firstLane(_ x: IRValue) -> IRValue {
    add(x.type == vector ? .float : .double, "extractelement \(x.type.text) \(x.text), i64 0")
  }

  func copySign(_ value: IRValue, of sign: IRValue) -> IRValue {
    intrinsic("llvm.copysign", value, sign)
  }
}
