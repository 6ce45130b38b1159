import Support
import Tensors

/// What a scatter does with the element that stands where an update goes.
public enum ScatterCombination: String, Sendable {
  /// The update takes its place; of several, the last one.
  case replace = "none"
  /// Their sum; of conditions, whether one holds.
  case add
  /// Their product; of conditions, whether both hold.
  case multiply = "mul"
  /// The smaller one; NaN if one is.
  case minimum = "min"
  /// The larger one; NaN if one is.
  case maximum = "max"

  fileprivate func combined<Domain: ScatterDomain>(_ old: Domain, _ update: Domain) -> Domain {
    switch self {
    case .replace: update
    case .add: old.adding(update)
    case .multiply: old.multiplied(by: update)
    case .minimum: old < update || old != old ? old : update
    case .maximum: old > update || old != old ? old : update
    }
  }
}

/// Numbers in which a scatter computes.
private protocol ScatterDomain: ScalarDomain, Comparable {
  func adding(_ other: Self) -> Self
  func multiplied(by other: Self) -> Self
}

extension Float: ScatterDomain {
  fileprivate func adding(_ other: Float) -> Float { self + other }
  fileprivate func multiplied(by other: Float) -> Float { self * other }
}

extension Double: ScatterDomain {
  fileprivate func adding(_ other: Double) -> Double { self + other }
  fileprivate func multiplied(by other: Double) -> Double { self * other }
}

extension Int64: ScatterDomain {
  fileprivate func adding(_ other: Int64) -> Int64 { self &+ other }
  fileprivate func multiplied(by other: Int64) -> Int64 { self &* other }
}

extension UInt64: ScatterDomain {
  fileprivate func adding(_ other: UInt64) -> UInt64 { self &+ other }
  fileprivate func multiplied(by other: UInt64) -> UInt64 { self &* other }
}

/// A tensor with updates in it.
struct Scattering {
  let data: Argument
  let updates: Argument
  let combination: ScatterCombination
  /// The elements of each update that lie next to each other.
  let length: Int
  /// Where in the data's row-major order each update starts.
  let places: [Int]

  func run() throws(MIGraphXError) -> Argument {
    if combination == .replace {
      let whole = data.elementCount
      return try assemble(
        data.elementType, lens: data.lens,
        from: [
          Piece(source: data, runs: 1, length: whole, from: { $0 }, to: { $0 }),
          Piece(
            source: updates, runs: places.count, length: length, from: { $0 * length },
            to: { places[$0] }),
        ])
    }
    switch data.elementType {
    case .half, .bfloat16, .float: return try combine(in: Float.self)
    case .double: return try combine(in: Double.self)
    case .uint64: return try combine(in: UInt64.self)
    case .string: throw MIGraphXError(.unsupported, "text can only replace text")
    default: return try combine(in: Int64.self)
    }
  }

  private func combine<Domain: ScatterDomain>(
    in domain: Domain.Type
  ) throws(MIGraphXError) -> Argument {
    var elements = ElementReader<Domain>(data).read(0, data.elementCount)
    let changes = ElementReader<Domain>(updates).read(0, updates.elementCount)
    for (index, place) in places.enumerated() {
      for offset in 0..<length {
        elements[place + offset] = combination.combined(
          elements[place + offset], changes[index * length + offset])
      }
    }
    let writer = try ElementWriter(data.elementType, lens: data.lens)
    writer.write(elements, at: 0)
    return writer.argument
  }
}
