extension Dimension {
  /// The quotient rounded down.
  ///
  /// Multiples of the divisor are taken out, nested divisions merged. A division by zero, or by an
  /// expression that may be zero, stays as it is and has no value where the divisor is zero.
  public func floorDivided(by divisor: Dimension) -> Dimension {
    switch (storage, divisor.storage) {
    case (_, .constant(0)): return Dimension(atom: .floor(self, divisor))
    case (.constant(let first), .constant(let second)):
      return Dimension(Dimension.floorQuotient(first, second))
    case (_, .constant(1)): return self
    case (_, .constant(let value)):
      return value > 0
        ? floorDivided(byPositive: value)
        : (-self).floorDivided(byPositive: Dimension.product(value, -1))
    case (_, .polynomial): return floorDivided(bySymbolic: divisor)
    }
  }

  /// The quotient rounded up, with the same care as ``floorDivided(by:)``.
  public func ceilDivided(by divisor: Dimension) -> Dimension {
    if case .constant(let value) = divisor.storage, value != 0 {
      if case .constant(let first) = storage {
        return Dimension(Dimension.ceilQuotient(first, value))
      }
      if value < 0 { return (-self).ceilDivided(by: Dimension(Dimension.product(value, -1))) }
    } else if divisor.interval.lower < .finite(1) {
      return -(-self).floorDivided(by: divisor)
    }
    return (self + divisor - 1).floorDivided(by: divisor)
  }

  /// What ``floorDivided(by:)`` leaves: of the divisor's sign, and without value where it is zero.
  public func modulo(_ divisor: Dimension) -> Dimension {
    if case .constant(let value) = divisor.storage {
      if value == 0 { return floorDivided(by: divisor) }
      if case .constant(let first) = storage {
        if value == -1 { return 0 }
        let rest = first % value
        return Dimension(rest != 0 && (rest < 0) != (value < 0) ? rest + value : rest)
      }
    }
    return self - divisor * floorDivided(by: divisor)
  }

  /// The polynomial whose product with `divisor` is this expression; nil if there is none, or none
  /// can be found.
  public func exactlyDivided(by divisor: Dimension) -> Dimension? {
    if divisor == 0 { return nil }
    if let quotient = divide(by: divisor, exactly: true)?.quotient { return quotient }
    if divisor.terms.count > 1, case .group(let inner)? = divisor.grouped.atom, inner == divisor {
      return divide(by: divisor.grouped, exactly: true)?.quotient
    }
    return nil
  }

  /// Whether no binding of the symbols makes this zero.
  var isKnownNonzero: Bool {
    if case .constant(let value) = storage { return value != 0 }
    let bounds = interval
    return bounds.lower > .finite(0) || bounds.upper < .finite(0) || isKnown(notEqual: 0)
  }

  /// Polynomial division by leading terms: `self == quotient * divisor + rest`, where no term of the
  /// rest can be reduced further by the leading term of the divisor.
  ///
  /// Nil after too many steps, when a number leaves its range, and, if `exactly`, as soon as a rest is
  /// certain.
  private func divide(
    by divisor: Dimension, exactly: Bool
  ) -> (quotient: Dimension, rest: Dimension)? {
    let divisors = divisor.terms
    guard let leading = divisors.first, !divisor.isSaturated else { return nil }
    var open = terms
    var quotient: [Term] = []
    var rest: [Term] = []
    for _ in 0..<4 * Dimension.termLimit {
      guard let term = open.first else {
        return (Dimension(terms: Term.collected(quotient)), Dimension(terms: rest))
      }
      if term.coefficient == .max || term.coefficient == .min { return nil }
      let coefficient = Dimension.floorQuotient(term.coefficient, leading.coefficient)
      let isMultiple = coefficient &* leading.coefficient == term.coefficient
      if coefficient != 0, isMultiple || !exactly, let factors = term.factors(dividedBy: leading) {
        let part = Term(coefficient: coefficient, factors: factors)
        quotient.append(part)
        let negated = Term(coefficient: -coefficient, factors: factors)
        open = Term.merged(open, divisors.map { $0.times(negated) })
        if isMultiple { continue }
        rest.append(open.removeFirst())
      } else {
        if exactly { return nil }
        rest.append(term)
        open.removeFirst()
      }
      if open.count > 2 * Dimension.termLimit || rest.count > Dimension.termLimit { return nil }
    }
    return nil
  }

  private func floorDivided(byPositive divisor: Int) -> Dimension {
    var divisor = divisor
    var quotient: [Term] = []
    var rest: [Term] = []
    var offset = 0
    var common = divisor
    for term in terms {
      if term.factors.isEmpty {
        offset = term.coefficient
        continue
      }
      let whole = Dimension.floorQuotient(term.coefficient, divisor)
      let left = term.coefficient &- whole &* divisor
      if whole != 0 { quotient.append(Term(coefficient: whole, factors: term.factors)) }
      if left != 0 { rest.append(Term(coefficient: left, factors: term.factors)) }
      common = Dimension.greatestCommonDivisor(common, left)
    }
    // floor((g*x + c) / (g*d)) is floor((x + floor(c/g)) / d).
    rest = rest.map { Term(coefficient: $0.coefficient / common, factors: $0.factors) }
    offset = Dimension.floorQuotient(offset, common)
    divisor /= common
    // The constant that stays inside is in (-divisor, 0], the form in which sizes of windows are
    // usually written.
    let whole = Dimension.ceilQuotient(offset, divisor)
    offset = offset &- whole &* divisor
    let taken = Dimension(terms: quotient) + Dimension(whole)
    let inside = Dimension(terms: rest) + Dimension(offset)
    if divisor == 1 { return taken + inside }
    if let lower = inside.lowerBound, let upper = inside.upperBound {
      let value = Dimension.floorQuotient(lower, divisor)
      if value == Dimension.floorQuotient(upper, divisor) { return taken + Dimension(value) }
    }
    if let merged = inside.mergedFloor(dividedBy: Dimension(divisor)) { return taken + merged }
    return taken + Dimension(atom: .floor(inside, Dimension(divisor)))
  }

  /// `floor((floor(a/m) + x) / d)` as `floor((a + m*x) / (m*d))`, which is right for positive `m` and
  /// `d`; nil unless this is a sum with one such part.
  private func mergedFloor(dividedBy divisor: Dimension) -> Dimension? {
    var found: (dividend: Dimension, divisor: Dimension, atom: Atom)?
    for term in terms where term.coefficient == 1 && term.factors.count == 1 {
      guard let factor = term.factors.first, factor.power == 1,
        case .floor(let dividend, let inner) = factor.atom,
        inner.interval.lower >= .finite(1)
      else { continue }
      if found != nil { return nil }
      found = (dividend, inner, factor.atom)
    }
    guard let found else { return nil }
    let others = self - Dimension(atom: found.atom)
    if !others.isConstant && !(divisor.isConstant && found.divisor.isConstant) { return nil }
    let product = found.divisor * divisor
    let dividend = found.dividend + found.divisor * others
    if product.isSaturated || dividend.isSaturated { return nil }
    return dividend.floorDivided(by: product)
  }

  private func floorDivided(bySymbolic divisor: Dimension) -> Dimension {
    let kept = Dimension(atom: .floor(self, divisor))
    guard let leading = divisor.terms.first, divisor.isKnownNonzero else { return kept }
    if leading.coefficient < 0 { return (-self).floorDivided(by: -divisor) }
    if let (first, second) = cancelled(with: divisor) { return first.floorDivided(by: second) }
    guard let (quotient, rest) = divide(by: divisor, exactly: false) else { return kept }
    if rest == 0 { return quotient }
    if quotient != 0 { return quotient + rest.floorDivided(by: divisor) }
    if divisor.interval.lower >= .finite(1) {
      if Dimension(0).isKnown(lessOrEqual: rest), (rest + 1).isKnown(lessOrEqual: divisor) {
        return 0
      }
      if rest.isKnown(lessOrEqual: -1), (-divisor).isKnown(lessOrEqual: rest) { return -1 }
      if let merged = rest.mergedFloor(dividedBy: divisor) { return merged }
    }
    return kept
  }

  /// Dividend and divisor without the factor of all their terms, if that is known positive and not 1.
  private func cancelled(with divisor: Dimension) -> (dividend: Dimension, divisor: Dimension)? {
    guard let leading = divisor.terms.first, self != 0 else { return nil }
    let all = terms + divisor.terms
    var coefficient = 0
    var factors = leading.factors.filter { $0.atom.interval.lower >= .finite(1) }
    for term in all {
      coefficient = Dimension.greatestCommonDivisor(coefficient, term.coefficient)
      factors = factors.compactMap { factor in
        guard let other = term.factors.first(where: { $0.atom == factor.atom }) else { return nil }
        return Factor(atom: factor.atom, power: min(factor.power, other.power))
      }
    }
    if coefficient == 1 && factors.isEmpty { return nil }
    let common = Dimension(terms: [Term(coefficient: coefficient, factors: factors)])
    guard let first = divide(by: common, exactly: true)?.quotient,
      let second = divisor.divide(by: common, exactly: true)?.quotient
    else { return nil }
    return (first, second)
  }
}
