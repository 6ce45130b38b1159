/// Functions of vectors of floats that are computed in double precision and rounded once: to 0.51 units in the last
/// place where nothing else is said, denormal results included. Special values are those of C's functions.
extension IRBuilder {
  private var wideVector: IRType { .vector(set.lanes, of: .double) }
  private var wideIntegers: IRType { .vector(set.lanes, of: .int64) }

  // MARK: Double precision

  private func wide(_ value: Double) -> IRValue {
    splat(IRValue(type: .double, text: "0x" + String(value.bitPattern, radix: 16)))
  }

  private func integer(_ value: Int) -> IRValue { splat(.integer(value, .int64)) }

  /// A vector of floats in double precision.
  public func widen(_ x: IRValue) -> IRValue { cast("fpext", x, wideVector) }
  /// A vector of doubles rounded to floats.
  public func narrow(_ x: IRValue) -> IRValue { cast("fptrunc", x, vector) }
  private func bits(_ x: IRValue) -> IRValue { cast("bitcast", x, wideIntegers) }
  private func number(_ bits: IRValue) -> IRValue { cast("bitcast", bits, wideVector) }

  /// Whether the mask has all lanes.
  private func allLanes(_ mask: IRValue) -> IRValue {
    let lanes = IRType("i\(set.lanes)")
    return compare("eq", cast("bitcast", mask, lanes), .integer(-1, lanes))
  }

  /// `numbers[0] + x * (numbers[1] + x * …)`.
  private func polynomial(_ x: IRValue, _ numbers: [Double]) -> IRValue {
    var value = wide(numbers[numbers.count - 1])
    for number in numbers.dropLast().reversed() { value = multiplyAdd(value, x, wide(number)) }
    return value
  }

  /// The sum has the nearest whole number in its low bits, for numbers below 2^51.
  private static let wholeShift = 0x1.8p52

  /// The nearest whole number, and bits of which the low ones are those of that number.
  private func wholePart(_ x: IRValue) -> (number: IRValue, bits: IRValue) {
    let shifted = add(x, wide(IRBuilder.wholeShift))
    return (subtract(shifted, wide(IRBuilder.wholeShift)), bits(shifted))
  }

  /// `x` between the limits; NaN stays.
  private func limited(_ x: IRValue, _ low: Double, _ high: Double) -> IRValue {
    let above = select(compare("ogt", x, wide(high)), wide(high), x)
    return select(compare("olt", above, wide(low)), wide(low), above)
  }

  /// Two to the power of numbers between -1000 and 1000, to 2^-34.
  private func widePower(_ x: IRValue) -> IRValue {
    let whole = wholePart(x)
    let value = polynomial(
      subtract(x, whole.number),
      [
        0.9999999999616214, 0.6931471807287203, 0.24022651198753042, 0.05550410352821673,
        0.009618027172968072, 0.0013333922865449571, 0.00015469317244119762,
        1.5201898478527098e-05,
      ])
    let exponent = operation("shl", whole.bits, integer(52))
    return multiply(value, number(operation("add", exponent, bits(wide(1)))))
  }

  /// The exponential of numbers between -700 and 700.
  private func wideExponential(_ x: IRValue) -> IRValue {
    widePower(multiply(x, wide(1.4426950408889634)))
  }

  /// The logarithm to base 2 of positive numbers that are normal in double precision, to 2^-44; minus infinity of 0.
  private func wideLogarithm(_ x: IRValue) -> IRValue {
    // The fraction lies between the roots of 1/2 and 2.
    let root = 0.7071067811865476.bitPattern
    let moved = operation("add", bits(x), integer(1024 << 52 - Int(root)))
    let exponentBits = operation("lshr", moved, integer(52))
    let fractionBits = operation(
      "sub", bits(x), operation("shl", operation("sub", exponentBits, integer(1024)), integer(52)))
    let fraction = number(fractionBits)
    let shift = bits(wide(0x1p52))
    let exponent = subtract(
      number(operation("or", exponentBits, shift)), wide(0x1p52 + 1024))
    let ratio = divide(subtract(fraction, wide(1)), add(fraction, wide(1)))
    let square = multiply(ratio, ratio)
    let tail = polynomial(
      square,
      [
        0.33333333338144727, 0.19999997717618545, 0.14286065439514645, 0.11087603665552555,
        0.09799626346387684,
      ])
    let half = multiplyAdd(multiply(ratio, square), tail, ratio)
    let value = multiplyAdd(half, wide(2.8853900817779268), exponent)
    let number = select(compare("olt", x, wide(.infinity)), value, x)
    return select(compare("oeq", x, wide(0)), wide(-.infinity), number)
  }

  private func wideNaturalLogarithm(_ x: IRValue) -> IRValue {
    multiply(wideLogarithm(x), wide(0.6931471805599453))
  }

  // MARK: Powers and remainders

  /// `x` to the power of `y`.
  public func power(_ x: IRValue, _ y: IRValue) -> IRValue {
    let (x, y) = (widen(x), widen(y))
    let size = absolute(x)
    let product = multiply(y, wideLogarithm(size))
    let positive = widePower(limited(product, -200, 200))
    // Only whole powers of negative numbers are numbers; infinity counts as a whole, even one.
    let half = multiply(y, wide(0.5))
    let isWhole = compare("oeq", round(y, .towardZero), y)
    let isEven = compare("ueq", round(half, .towardZero), half)
    let signed = select(isWhole, select(isEven, positive, copySign(positive, of: x)), positive)
    let isFinite = compare("olt", size, wide(.infinity))
    let isNegative = operation("and", isFinite, compare("olt", x, wide(0)))
    let real = select(isNegative, select(isWhole, signed, wide(.nan)), signed)
    // One to any power, anything to the power of 0, and -1 to infinite ones.
    let isOne = select(
      compare("oeq", x, wide(1)), wide(1),
      select(
        compare("oeq", absolute(y), wide(.infinity)),
        select(compare("oeq", size, wide(1)), wide(1), real), real))
    return narrow(select(compare("oeq", y, wide(0)), wide(1), isOne))
  }

  /// `x` to the power of a whole number between -64 and 64.
  public func power(_ x: IRValue, _ exponent: Int) -> IRValue {
    var (square, rest) = (widen(x), exponent.magnitude)
    var value: IRValue?
    while rest > 0 {
      if rest & 1 == 1 { value = value.map { multiply($0, square) } ?? square }
      rest >>= 1
      if rest > 0 { square = multiply(square, square) }
    }
    let product = value ?? wide(1)
    return narrow(exponent < 0 ? divide(wide(1), product) : product)
  }

  /// The remainder of `x` by `y` with the sign of `x`, exactly.
  public func remainder(_ x: IRValue, _ y: IRValue) -> IRValue {
    let (size, divisor) = (absolute(widen(x)), absolute(widen(y)))
    // Each round takes off the first 23 bits of the quotient; one is enough for most numbers.
    let quotient = narrow(divide(size, divisor))
    let isShort = compare("ult", quotient, constant(0x1p23))
    let rounds = select(allLanes(isShort), .integer(1), .integer(13))
    let rest = loop(from: .integer(0), to: rounds, step: 1, carrying: [size]) { _, state in
      let first = bits(divide(state[0], divisor))
      let cut = number(operation("and", first, integer(-1 << 29)))
      let whole = round(cut, .towardZero)
      return [subtract(state[0], multiply(whole, divisor))]
    }[0]
    // The quotient may have been one too large or too small.
    let raised = select(compare("olt", rest, wide(0)), add(rest, divisor), rest)
    let value = select(compare("oge", raised, divisor), subtract(raised, divisor), raised)
    // All finite numbers are their own remainders by infinity.
    let own = select(compare("olt", size, divisor), size, value)
    return narrow(copySign(own, of: widen(x)))
  }

  /// The remainder of `x` by `y` with the sign of `y`.
  public func modulo(_ x: IRValue, _ y: IRValue) -> IRValue {
    let rest = remainder(x, y)
    let zero = constant(0)
    let moved = add(rest, y)
    let corrected = select(
      compare("olt", rest, zero), select(compare("olt", y, zero), rest, moved),
      select(compare("olt", y, zero), moved, rest))
    return select(compare("oeq", rest, zero), copySign(absolute(rest), of: y), corrected)
  }

  /// The nearest power of two not below a positive number, or not above it; others stay.
  public func powerOfTwo(_ x: IRValue, above: Bool) -> IRValue {
    let value = widen(x)
    let cut = number(operation("and", bits(value), integer(0x7ff << 52)))
    let isPower = compare("oeq", cut, value)
    let power = above ? select(isPower, value, add(cut, cut)) : cut
    let finite = select(compare("olt", value, wide(.infinity)), power, value)
    return narrow(select(compare("ogt", value, wide(0)), finite, value))
  }

  // MARK: Trigonometric functions

  public func sine(_ x: IRValue) -> IRValue {
    let (sine, cosine, quadrant) = sineAndCosine(x)
    return turned(sine, cosine, quadrant)
  }

  public func cosine(_ x: IRValue) -> IRValue {
    let (sine, cosine, quadrant) = sineAndCosine(x)
    return turned(sine, cosine, operation("add", quadrant, integer(1)))
  }

  public func tangent(_ x: IRValue) -> IRValue {
    let (sine, cosine, quadrant) = sineAndCosine(x)
    let isOdd = self.isOdd(quadrant)
    return narrow(
      divide(select(isOdd, negate(cosine), sine), select(isOdd, sine, cosine)))
  }

  private func isOdd(_ bits: IRValue) -> IRValue {
    compare("ne", operation("and", bits, integer(1)), integer(0))
  }

  /// The sine of an angle that many right angles further.
  private func turned(_ sine: IRValue, _ cosine: IRValue, _ quadrant: IRValue) -> IRValue {
    let value = select(isOdd(quadrant), cosine, sine)
    let sign = operation("shl", operation("and", quadrant, integer(2)), integer(62))
    return narrow(number(operation("xor", bits(value), sign)))
  }

  /// The sine and cosine of what is left of `x` without right angles, and bits of which the low ones count these.
  private func sineAndCosine(_ x: IRValue) -> (IRValue, IRValue, quadrant: IRValue) {
    let (angle, quadrant) = withoutRightAngles(x)
    let square = multiply(angle, angle)
    let sines = polynomial(
      square,
      [-0.16666666640613073, 0.008333329266738297, -0.0001983929613314653, 2.7179399158263305e-06])
    let cosines = polynomial(
      square,
      [0.04166666662105274, -0.0013888883598313188, 2.4799478635445125e-05, -2.720678885552376e-07])
    let near = multiplyAdd(square, wide(-0.5), wide(1))
    return (
      multiply(angle, multiplyAdd(square, sines, wide(1))),
      multiplyAdd(multiply(square, square), cosines, near), quadrant
    )
  }

  private func withoutRightAngles(_ x: IRValue) -> (angle: IRValue, quadrant: IRValue) {
    let value = widen(x)
    let whole = wholePart(multiply(value, wide(0.6366197723675814)))
    // A right angle in parts; products with the first two are exact.
    var angle = value
    for part in [1.5707963267341256, 6.07710049817245e-11, 8.333742918520879e-20] {
      angle = multiplyAdd(whole.number, wide(-part), angle)
    }
    // No round, or one.
    let isSmall = compare("olt", absolute(x), constant(0x1p20))
    let rounds = select(allLanes(isSmall), .integer(0), .integer(1))
    let result = loop(
      from: .integer(0), to: rounds, step: 1, carrying: [angle, whole.bits]
    ) { _, state in
      let (angle, quadrant) = largeAngle(value)
      return [select(isSmall, state[0], angle), select(isSmall, state[1], quadrant)]
    }
    return (result[0], result[1])
  }

  /// The same for numbers of any size, by 216 bits of 2 / pi in pieces whose products with floats are exact.
  private func largeAngle(_ x: IRValue) -> (angle: IRValue, quadrant: IRValue) {
    let pieces = [
      0x1.45f306p-1, 0x1.b93910p-26, 0x1.529fc0p-52, 0x1.3abe88p-75, 0x1.ea69bap-97,
      0x1.81b6c4p-121, 0x1.2b3278p-145, 0x1.0e4104p-170, 0x1.fca2c6p-193,
    ]
    var (high, low) = (wide(0), wide(0))
    for piece in pieces {
      let product = multiply(x, wide(piece))
      // Whole turns don't count.
      let turns = round(multiply(product, wide(0.25)), .toEven)
      let rest = subtract(product, multiply(turns, wide(4)))
      let sum = add(high, rest)
      let other = subtract(sum, high)
      let error = add(subtract(high, subtract(sum, other)), subtract(rest, other))
      (high, low) = (sum, add(low, error))
    }
    let whole = wholePart(high)
    let fraction = add(subtract(high, whole.number), low)
    return (multiply(fraction, wide(1.5707963267948966)), whole.bits)
  }

  private func wideArctangent(_ x: IRValue) -> IRValue {
    let size = absolute(x)
    // The angle is counted from 0, 45 or 90 degrees.
    let isMiddle = compare("ogt", size, wide(0.41421356237309503))
    let isLarge = compare("ogt", size, wide(2.414213562373095))
    let above = select(
      isLarge, wide(-1), select(isMiddle, subtract(size, wide(1)), size))
    let below = select(isLarge, size, select(isMiddle, add(size, wide(1)), wide(1)))
    let start = select(
      isLarge, wide(.pi / 2), select(isMiddle, wide(.pi / 4), wide(0)))
    let ratio = divide(above, below)
    let square = multiply(ratio, ratio)
    let tail = polynomial(
      square,
      [
        -0.33333333296216, 0.19999994378468308, -0.1428542546151533, 0.111040335734151,
        -0.08997081217292717, 0.06992173659635437, -0.03793902849775515,
      ])
    let value = add(start, multiplyAdd(multiply(ratio, square), tail, ratio))
    return copySign(value, of: x)
  }

  /// The angle whose sine `x` is; NaN beyond 1.
  private func wideArcsine(_ x: IRValue) -> IRValue {
    let cosine = squareRoot(multiply(subtract(wide(1), x), add(wide(1), x)))
    return wideArctangent(divide(x, cosine))
  }

  public func arctangent(_ x: IRValue) -> IRValue { narrow(wideArctangent(widen(x))) }
  public func arcsine(_ x: IRValue) -> IRValue { narrow(wideArcsine(widen(x))) }
  public func arccosine(_ x: IRValue) -> IRValue {
    narrow(subtract(wide(.pi / 2), wideArcsine(widen(x))))
  }

  // MARK: Hyperbolic functions

  public func hyperbolicSine(_ x: IRValue) -> IRValue {
    let value = widen(x)
    let size = absolute(value)
    let square = multiply(value, value)
    let tail = polynomial(
      square,
      [0.16666666488721207, 0.00833335059790034, 0.00019836066273302023, 2.817439516152216e-06])
    let near = multiply(value, multiplyAdd(square, tail, wide(1)))
    let power = wideExponential(limited(size, 0, 100))
    let far = multiply(subtract(power, divide(wide(1), power)), wide(0.5))
    return narrow(select(compare("olt", size, wide(1)), near, copySign(far, of: value)))
  }

  public func hyperbolicCosine(_ x: IRValue) -> IRValue {
    let power = wideExponential(limited(absolute(widen(x)), 0, 100))
    return narrow(multiply(add(power, divide(wide(1), power)), wide(0.5)))
  }

  /// `far`, or close to 0 the first terms of a series in odd powers.
  private func odd(
    _ x: IRValue, _ cube: Double, _ fifth: Double, far: IRValue
  ) -> IRValue {
    let square = multiply(x, x)
    let near = multiply(x, polynomial(square, [1, cube, fifth]))
    let isNear = compare("olt", absolute(x), wide(0x1p-6))
    return narrow(select(isNear, near, copySign(far, of: x)))
  }

  public func inverseHyperbolicSine(_ x: IRValue) -> IRValue {
    let value = widen(x)
    let size = absolute(value)
    let root = squareRoot(multiplyAdd(value, value, wide(1)))
    return odd(value, -1 / 6, 3 / 40, far: wideNaturalLogarithm(add(size, root)))
  }

  /// The positive number whose hyperbolic cosine `x` is; NaN below 1.
  public func inverseHyperbolicCosine(_ x: IRValue) -> IRValue {
    let value = widen(x)
    let root = squareRoot(multiply(subtract(value, wide(1)), add(value, wide(1))))
    let result = wideNaturalLogarithm(add(value, root))
    return narrow(select(compare("oge", value, wide(1)), result, wide(.nan)))
  }

  /// The number whose hyperbolic tangent `x` is; NaN beyond 1.
  public func inverseHyperbolicTangent(_ x: IRValue) -> IRValue {
    let value = widen(x)
    let size = absolute(value)
    let logarithm = wideNaturalLogarithm(divide(add(wide(1), size), subtract(wide(1), size)))
    let far = multiply(logarithm, wide(0.5))
    let bounded = select(compare("ogt", size, wide(1)), wide(.nan), far)
    return odd(value, 1 / 3, 1 / 5, far: bounded)
  }
}
