/// Vectors of any type of element: read, written, computed and converted. Nothing is called where the instructions
/// for a conversion are missing.
extension IRType {
  public static let int8 = IRType("i8")
  public static let int16 = IRType("i16")
  static let half = IRType("half")

  /// The type of a vector's lanes.
  public var lane: IRType {
    guard text.hasPrefix("<"), let name = text.dropLast().split(separator: " ").last else {
      return self
    }
    return IRType(String(name))
  }

  /// The type as the names of intrinsics have it.
  func mangled(_ lanes: Int) -> String {
    let name =
      switch lane {
      case .float: "f32"
      case .double: "f64"
      case let lane: lane.text
      }
    return text.hasPrefix("<") ? "v\(lanes)\(name)" : name
  }
}

extension IRBuilder {
  /// The type of a full vector of `lane`.
  public func vector(of lane: IRType) -> IRType { .vector(set.lanes, of: lane) }

  /// A vector with the number in each lane, which are floats or doubles.
  public func constant(_ value: Double, _ lane: IRType) -> IRValue {
    let exact = lane == .float ? Double(Float(value)) : value
    return splat(IRValue(type: lane, text: "0x" + String(exact.bitPattern, radix: 16)))
  }

  /// A vector with the whole number in each lane.
  public func constant(_ value: Int, _ lane: IRType) -> IRValue { splat(.integer(value, lane)) }

  /// What can be done to two vectors of integers; all of it wraps.
  public enum IntegerOperation: String {
    case add, sub, mul, and, or, xor, shl, lshr, ashr, sdiv, udiv, srem, urem
  }

  public func integer(_ operation: IntegerOperation, _ a: IRValue, _ b: IRValue) -> IRValue {
    self.operation(operation.rawValue, a, b)
  }

  /// How the lanes of a vector become others.
  public enum Conversion: String {
    case sext, zext, trunc, fpext, fptrunc, sitofp, uitofp, bitcast
  }

  public func converted(_ a: IRValue, _ conversion: Conversion, to lane: IRType) -> IRValue {
    a.type.lane == lane ? a : cast(conversion.rawValue, a, vector(of: lane))
  }

  /// Whole numbers with the fractions cut off, the nearest one where `lane` has none such, 0 for NaN.
  public func saturated(_ a: IRValue, to lane: IRType, isSigned: Bool) -> IRValue {
    let name = "llvm.fpto\(isSigned ? "si" : "ui").sat"
    let type = vector(of: lane)
    return call(
      "@\(name).\(type.mangled(set.lanes)).\(a.type.mangled(set.lanes))", type, [a])
  }

  // MARK: Numbers of 16 bits

  private func bits(_ x: IRValue, _ operation: IntegerOperation, _ number: Int) -> IRValue {
    integer(operation, x, constant(number, .int32))
  }

  /// The floats that half-precision numbers, given as 16-bit integers, are.
  public func floats(halves: IRValue) -> IRValue {
    if set.convertsHalves {
      return converted(cast("bitcast", halves, vector(of: .half)), .fpext, to: .float)
    }
    let wide = converted(halves, .zext, to: .int32)
    let size = bits(wide, .and, 0x7fff)
    // With the exponent's bits in place, a product moves its bias, and makes denormals normal.
    let number = multiply(
      cast("bitcast", bits(size, .shl, 13), vector), constant(0x1p112 as Float))
    let special = bits(bits(size, .shl, 13), .or, 0x7f80_0000)
    let isSpecial = compare("ugt", size, constant(0x7bff, .int32))
    let magnitude = select(isSpecial, special, cast("bitcast", number, vector(of: .int32)))
    let sign = bits(bits(wide, .and, 0x8000), .shl, 16)
    return cast("bitcast", integer(.or, magnitude, sign), vector)
  }

  /// The nearest half-precision numbers as 16-bit integers, ties to even.
  public func halves(_ floats: IRValue) -> IRValue {
    if set.convertsHalves {
      return cast(
        "bitcast", converted(floats, .fptrunc, to: .half), vector(of: .int16))
    }
    let all = cast("bitcast", floats, vector(of: .int32))
    let size = bits(all, .and, 0x7fff_ffff)
    // A sum with 1/2 rounds denormals; others are rounded by a carry out of the bits that are cut off.
    let shifted = add(cast("bitcast", size, vector), constant(0.5 as Float))
    let small = bits(cast("bitcast", shifted, vector(of: .int32)), .sub, 0x3f00_0000)
    let odd = bits(bits(size, .lshr, 13), .and, 1)
    let moved = bits(size, .sub, 0x3800_0000 - 0xfff)
    let normal = bits(integer(.add, moved, odd), .lshr, 13)
    let special = select(
      compare("ugt", size, constant(0x7f80_0000, .int32)), constant(0x7e00, .int32),
      constant(0x7c00, .int32))
    let finite = select(compare("ult", size, constant(0x3880_0000, .int32)), small, normal)
    let isLarge = compare("ugt", size, constant(0x477f_ffff, .int32))
    let sign = bits(bits(all, .lshr, 16), .and, 0x8000)
    return converted(integer(.or, select(isLarge, special, finite), sign), .trunc, to: .int16)
  }

  /// The floats whose upper halves are these 16-bit integers.
  public func floats(upperHalves: IRValue) -> IRValue {
    cast("bitcast", bits(converted(upperHalves, .zext, to: .int32), .shl, 16), vector)
  }

  /// The upper halves of the nearest floats that have no others, ties to even, as 16-bit integers.
  public func upperHalves(_ floats: IRValue) -> IRValue {
    let all = cast("bitcast", floats, vector(of: .int32))
    let odd = bits(bits(all, .lshr, 16), .and, 1)
    let rounded = bits(bits(integer(.add, all, odd), .add, 0x7fff), .lshr, 16)
    let quiet = bits(bits(all, .lshr, 16), .or, 0x40)
    let value = select(compare("uno", floats, floats), quiet, rounded)
    return converted(value, .trunc, to: .int16)
  }

  /// Floats next to doubles, with a last bit of 1 where bits are missing: rounding them to fewer bits gives what
  /// rounding the doubles would.
  public func oddFloats(_ doubles: IRValue) -> IRValue {
    let nearest = converted(doubles, .fptrunc, to: .float)
    let back = converted(nearest, .fpext, to: .double)
    let all = cast("bitcast", nearest, vector(of: .int32))
    let isAway = compare("ogt", absolute(back), absolute(doubles))
    let lower = select(isAway, bits(all, .sub, 1), all)
    let odd = bits(lower, .or, 1)
    let isFinite = compare("one", absolute(nearest), constant(Float.infinity))
    let differs = select(isFinite, odd, all)
    let value = select(compare("one", back, doubles), differs, all)
    return cast("bitcast", value, vector)
  }
}
