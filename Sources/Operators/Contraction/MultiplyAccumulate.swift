import Support
import Tensors

/// The type in which factors of products are held, with the type in which products are summed.
///
/// Floating-point products are summed in `Double`, so that the order of summation hardly shows;
/// integers in 64 bits, which wrap.
protocol Factor: TensorElement {
  associatedtype Sum: Accumulator
  /// The factor in the sum's type.
  var widened: Sum { get }
}

/// A type of sums.
protocol Accumulator: Factor, ScalarDomain, SIMDScalar, Hashable, Codable where Sum == Self {
  static var one: Self { get }
  /// `self + x * y`; integers wrap.
  func adding(_ x: Self, times y: Self) -> Self
  /// `sums + x * y` for four sums.
  static func adding(_ x: Self, times y: SIMD4<Self>, to sums: SIMD4<Self>) -> SIMD4<Self>
  /// Makes a tensor of `rows`, whose elements are sums that are rounded once to a type of the same kind.
  static func tensor(_ rows: SumRows<Self>, _ type: ElementType, lens: [Int])
    throws(MIGraphXError) -> Argument
}

/// Rows of sums, each computed on its own.
struct SumRows<Sum: Accumulator>: Sendable {
  /// The number of rows.
  let count: Int
  /// The number of sums in a row.
  let length: Int
  /// Adds to the sums of the row with the given index; they begin as 0.
  let fill: @Sendable (Int, inout MutableSpan<Sum>) -> Void

  init(
    _ count: Int, of length: Int, _ fill: @escaping @Sendable (Int, inout MutableSpan<Sum>) -> Void
  ) {
    self.count = count
    self.length = length
    self.fill = fill
  }

  /// The tensor, each sum rounded by `round`.
  @inline(__always)
  func tensor<Element: TensorElement>(
    lens: [Int], _ round: @escaping @Sendable (Sum) -> Element
  ) throws(MIGraphXError) -> Argument {
    // Rows without elements are not visited: there may be any number of them.
    let elements = parallelRows(length == 0 ? 0 : count, of: length, repeating: Element.zero) {
      row, output in
      var sums = [Sum](repeating: .zero, count: length)
      var span = sums.mutableSpan
      fill(row, &span)
      for index in 0..<length { output[index] = round(span[index]) }
    }
    return try Argument(elements, lens: lens)
  }
}

// Concrete types stand in these lists so that the loops are compiled for each of them.

extension Double: Accumulator {
  static var one: Double { 1 }
  @inline(__always) func adding(_ x: Double, times y: Double) -> Double { self + x * y }
  @inline(__always)
  static func adding(
    _ x: Double, times y: SIMD4<Double>, to sums: SIMD4<Double>
  ) -> SIMD4<Double> { sums + y * x }

  static func tensor(
    _ rows: SumRows<Double>, _ type: ElementType, lens: [Int]
  ) throws(MIGraphXError) -> Argument {
    switch type {
    case .half: try rows.tensor(lens: lens) { Float16($0) }
    case .bfloat16: try rows.tensor(lens: lens) { BFloat16(converting: $0) }
    case .float: try rows.tensor(lens: lens) { Float($0) }
    default: try rows.tensor(lens: lens) { $0 }.converted(toElementType: type)
    }
  }
}

extension Int64: Accumulator {
  static var one: Int64 { 1 }
  @inline(__always) func adding(_ x: Int64, times y: Int64) -> Int64 { self &+ x &* y }
  @inline(__always)
  static func adding(
    _ x: Int64, times y: SIMD4<Int64>, to sums: SIMD4<Int64>
  ) -> SIMD4<Int64> { sums &+ y &* x }

  static func tensor(
    _ rows: SumRows<Int64>, _ type: ElementType, lens: [Int]
  ) throws(MIGraphXError) -> Argument {
    switch type {
    case .int8: try rows.tensor(lens: lens) { Int8(truncatingIfNeeded: $0) }
    case .int16: try rows.tensor(lens: lens) { Int16(truncatingIfNeeded: $0) }
    case .int32: try rows.tensor(lens: lens) { Int32(truncatingIfNeeded: $0) }
    case .uint8: try rows.tensor(lens: lens) { UInt8(truncatingIfNeeded: $0) }
    case .uint16: try rows.tensor(lens: lens) { UInt16(truncatingIfNeeded: $0) }
    case .uint32: try rows.tensor(lens: lens) { UInt32(truncatingIfNeeded: $0) }
    case .uint64: try rows.tensor(lens: lens) { UInt64(truncatingIfNeeded: $0) }
    default: try rows.tensor(lens: lens) { $0 }.converted(toElementType: type)
    }
  }
}

extension Float: Factor {
  @inline(__always) var widened: Double { Double(self) }
}

extension Double: Factor {
  @inline(__always) var widened: Double { self }
}

extension Int64: Factor {
  @inline(__always) var widened: Int64 { self }
}

/// Work that is written once for every type of factors.
protocol FactorVisitor {
  /// Does the work for factors of type `Value`.
  func visit<Value: Factor>(_ type: Value.Type) throws(MIGraphXError) -> Argument
}

extension ElementType {
  /// Calls `visitor` with the factors' type that holds every value of this element type.
  @inline(__always)
  func visitFactors(_ visitor: some FactorVisitor) throws(MIGraphXError) -> Argument {
    switch self {
    case .double: try visitor.visit(Double.self)
    case let type where type.isFloatingPoint: try visitor.visit(Float.self)
    default: try visitor.visit(Int64.self)
    }
  }
}

/// A progression of positions in a row.
struct Positions {
  var start: Int
  var step: Int
}
