extension Dimension {
  /// An integer or an end of the number line. A result that does not fit `Int` is taken as the end.
  enum Extended: Comparable, Hashable, Sendable {
    case minusInfinity
    case finite(Int)
    case plusInfinity

    var sign: Int {
      switch self {
      case .minusInfinity: return -1
      case .finite(let value): return value.signum()
      case .plusInfinity: return 1
      }
    }

    private static func end(_ sign: Int) -> Extended { sign < 0 ? .minusInfinity : .plusInfinity }

    /// The sum; of two different ends it is `mixed`.
    func adding(_ other: Extended, mixed: Extended) -> Extended {
      switch (self, other) {
      case (.finite(let left), .finite(let right)):
        let (value, overflow) = left.addingReportingOverflow(right)
        return overflow ? Extended.end(left.signum()) : .finite(value)
      case (.finite, _): return other
      case (_, .finite): return self
      default: return self == other ? self : mixed
      }
    }

    /// The product; zero times anything is zero.
    func times(_ other: Extended) -> Extended {
      if sign == 0 || other.sign == 0 { return .finite(0) }
      if case .finite(let left) = self, case .finite(let right) = other {
        let (value, overflow) = left.multipliedReportingOverflow(by: right)
        if !overflow { return .finite(value) }
      }
      return Extended.end(sign * other.sign)
    }

    /// The quotient by a positive `divisor`, rounded down.
    func floorDivided(byPositive divisor: Extended) -> Extended {
      guard case .finite(let value) = self else { return self }
      if case .finite(let number) = divisor, number > 0 {
        return .finite(Dimension.floorQuotient(value, number))
      }
      return .finite(value < 0 ? -1 : 0)
    }

    var negated: Extended { times(.finite(-1)) }
  }

  /// A set of values that holds all an expression can take.
  struct Interval: Hashable, Sendable {
    let lower: Extended
    let upper: Extended

    init(lower: Extended, upper: Extended) {
      // What overflowed is still a finite number to later arithmetic.
      self.lower = lower == .plusInfinity ? .finite(.max) : lower
      self.upper = upper == .minusInfinity ? .finite(.min) : upper
    }

    init(_ value: Int) { self.init(lower: .finite(value), upper: .finite(value)) }

    func adding(_ other: Interval) -> Interval {
      Interval(
        lower: lower.adding(other.lower, mixed: .minusInfinity),
        upper: upper.adding(other.upper, mixed: .plusInfinity))
    }

    func times(_ other: Interval) -> Interval {
      let corners = [
        lower.times(other.lower), lower.times(other.upper), upper.times(other.lower),
        upper.times(other.upper),
      ]
      return Interval(
        lower: corners.min() ?? .minusInfinity, upper: corners.max() ?? .plusInfinity)
    }

    var negated: Interval { Interval(lower: upper.negated, upper: lower.negated) }

    /// The quotients rounded down; a divisor of zero gives no value and counts for nothing.
    func floorDivided(by divisor: Interval) -> Interval {
      if divisor.lower >= .finite(0) {
        let least = max(divisor.lower, .finite(1))
        let most = max(divisor.upper, least)
        let corners = [
          lower.floorDivided(byPositive: least), lower.floorDivided(byPositive: most),
          upper.floorDivided(byPositive: least), upper.floorDivided(byPositive: most),
        ]
        return Interval(
          lower: corners.min() ?? .minusInfinity, upper: corners.max() ?? .plusInfinity)
      }
      if divisor.upper <= .finite(0) { return negated.floorDivided(by: divisor.negated) }
      let most = max(lower, upper, lower.negated, upper.negated)
      return Interval(lower: most.negated, upper: most)
    }
  }

  /// Bounds from the terms taken one by one: quick, not always the best known.
  var interval: Interval {
    switch storage {
    case .constant(let value): return Interval(value)
    case .polynomial(let polynomial): return polynomial.interval
    }
  }

  /// Whether a coefficient is at an end of the range of `Int`, where arithmetic stops.
  var isSaturated: Bool {
    switch storage {
    case .constant(let value): return value == .max || value == .min
    case .polynomial(let polynomial):
      return polynomial.terms.contains { $0.coefficient == .max || $0.coefficient == .min }
    }
  }
}

extension Dimension.Term {
  var interval: Dimension.Interval {
    var result = Dimension.Interval(coefficient)
    for factor in factors {
      let base = factor.atom.interval
      for _ in 0..<factor.power { result = result.times(base) }
    }
    return result
  }
}
