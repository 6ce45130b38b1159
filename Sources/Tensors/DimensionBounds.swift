/// How two sizes compare under every binding of their symbols.
public enum DimensionOrder: Hashable, Sendable {
  /// The first is always less than the second.
  case less
  /// The two are always equal.
  case equal
  /// The first is always greater than the second.
  case greater
}

extension Dimension {
  /// The greatest number known to be at or below every value of the expression, or nil.
  public var lowerBound: Int? {
    guard case .polynomial(let polynomial) = storage else { return constant }
    let quick = polynomial.interval.lower
    guard !polynomial.isLinearInSymbols else { return Dimension.lower(quick) }
    var budget = 24
    return Dimension.lower(max(quick, refinedLower(budget: &budget)))
  }

  /// The least number known to be at or above every value of the expression, or nil.
  public var upperBound: Int? {
    guard case .polynomial(let polynomial) = storage else { return constant }
    let quick = polynomial.interval.upper
    guard !polynomial.isLinearInSymbols else { return Dimension.upper(quick) }
    var budget = 24
    return Dimension.upper(min(quick, (-self).refinedLower(budget: &budget).negated))
  }

  private static func lower(_ bound: Extended) -> Int? {
    switch bound {
    case .minusInfinity: return nil
    case .finite(let value): return value
    case .plusInfinity: return .max
    }
  }

  private static func upper(_ bound: Extended) -> Int? {
    switch bound {
    case .minusInfinity: return .min
    case .finite(let value): return value
    case .plusInfinity: return nil
    }
  }

  /// How this compares with `other` under every binding of the symbols, or nil if that is unknown.
  public func compared(to other: Dimension) -> DimensionOrder? {
    if self == other { return .equal }
    if case .constant(let left) = storage, case .constant(let right) = other.storage {
      return left < right ? .less : .greater
    }
    let difference = self - other
    let (lower, upper) = (difference.lowerBound, difference.upperBound)
    if let lower, lower > 0 { return .greater }
    if let upper, upper < 0 { return .less }
    return lower == 0 && upper == 0 ? .equal : nil
  }

  /// Whether this is at most `other` under every binding of the symbols.
  public func isKnown(lessOrEqual other: Dimension) -> Bool {
    if self == other { return true }
    if case .constant(let left) = storage, case .constant(let right) = other.storage {
      return left <= right
    }
    if let bound = (other - self).lowerBound { return bound >= 0 }
    return false
  }

  /// Whether this differs from `other` under every binding of the symbols.
  public func isKnown(notEqual other: Dimension) -> Bool {
    if self == other { return false }
    if isConstant && other.isConstant { return true }
    let difference = self - other
    if difference.isSaturated { return false }
    if let bound = difference.lowerBound, bound > 0 { return true }
    if let bound = difference.upperBound, bound < 0 { return true }
    // A sum of multiples of g is never a number that is not one.
    let terms = difference.terms
    guard let last = terms.last, last.factors.isEmpty, terms.count > 1 else { return false }
    let common = terms.dropLast().reduce(0) {
      Dimension.greatestCommonDivisor($0, $1.coefficient)
    }
    return last.coefficient.magnitude % UInt(common) != 0
  }

  /// The lesser of two sizes: one of them where that is known.
  public static func minimum(_ first: Dimension, _ second: Dimension) -> Dimension {
    if case .constant(let left) = first.storage, case .constant(let right) = second.storage {
      return Dimension(min(left, right))
    }
    return extreme([first, second], least: true)
  }

  /// The greater of two sizes: one of them where that is known.
  public static func maximum(_ first: Dimension, _ second: Dimension) -> Dimension {
    if case .constant(let left) = first.storage, case .constant(let right) = second.storage {
      return Dimension(max(left, right))
    }
    return extreme([first, second], least: false)
  }

  /// The most operands of one minimum or maximum.
  static let operandLimit = 16

  /// The least or greatest of `operands`, of which there are 1 to 16, without those known not to
  /// matter.
  static func extreme(_ operands: [Dimension], least: Bool) -> Dimension {
    var flat: [Dimension] = []
    for operand in operands {
      switch operand.atom {
      case .minimum(let inner)? where least: flat += inner
      case .maximum(let inner)? where !least: flat += inner
      default: flat.append(operand)
      }
    }
    if flat.count > operandLimit { flat = operands }
    flat.sort { $0.order($1) < 0 }
    var kept: [Dimension] = []
    for operand in flat {
      func wins(_ one: Dimension, over other: Dimension) -> Bool {
        least ? one.isKnown(lessOrEqual: other) : other.isKnown(lessOrEqual: one)
      }
      if kept.contains(where: { wins($0, over: operand) }) { continue }
      kept.removeAll { wins(operand, over: $0) }
      kept.append(operand)
    }
    if kept.count == 1 { return kept[0] }
    return Dimension(atom: least ? .minimum(kept) : .maximum(kept))
  }
}

// MARK: - Bounds that see how parts of an expression depend on each other

extension Dimension.Polynomial {
  /// Whether the terms are independent of each other, so that their own bounds add up to the best.
  fileprivate var isLinearInSymbols: Bool {
    terms.allSatisfy { term in
      guard let factor = term.factors.first else { return true }
      if case .symbol = factor.atom { return term.degree == 1 }
      return false
    }
  }
}

extension Dimension {
  /// A lower bound found by replacing one floor, minimum or maximum after another by what bounds it
  /// linearly. Each try takes one from `budget`.
  private func refinedLower(budget: inout Int) -> Extended {
    if isSaturated { return .minusInfinity }
    guard case .polynomial(let polynomial) = storage else { return .finite(constant ?? 0) }
    if polynomial.terms.count > 32 { return polynomial.interval.lower }
    var best = max(polynomial.interval.lower, shiftedLower)
    if budget <= 0 { return best }
    budget -= 1
    for candidate in polynomial.replaceableAtoms {
      let (coefficient, rest) = split(by: candidate)
      let sign = coefficient.interval
      let isPositive = sign.lower >= .finite(0)
      guard isPositive || sign.upper <= .finite(0) else { continue }
      switch candidate {
      case .floor(let dividend, let divisor):
        guard case .constant(let number) = divisor.storage, number > 0 else { continue }
        let bound = isPositive ? dividend - Dimension(number - 1) : dividend
        let (first, second) = (coefficient * bound, rest.scaled(by: number))
        if first.isSaturated || second.isSaturated { continue }
        let scaled = (first + second).refinedLower(budget: &budget)
        best = max(best, scaled.negated.floorDivided(byPositive: .finite(number)).negated)
      case .minimum(let operands), .maximum(let operands):
        var bounds: [Extended] = []
        for operand in operands {
          let part = coefficient * operand
          bounds.append(
            part.isSaturated ? .minusInfinity : (part + rest).refinedLower(budget: &budget))
        }
        var isMinimum = false
        if case .minimum = candidate { isMinimum = true }
        // The value is that of one operand, and on one side of all of them.
        best = max(best, (isMinimum == isPositive ? bounds.min() : bounds.max()) ?? best)
      case .symbol, .group: continue
      }
      return best
    }
    return best
  }

  /// `coefficient * atom + rest`, where `atom` occurs to the power 1 only.
  private func split(by atom: Atom) -> (coefficient: Dimension, rest: Dimension) {
    let single = Term(coefficient: 1, factors: [Factor(atom: atom, power: 1)])
    var with: [Term] = []
    var without: [Term] = []
    for term in terms {
      if let factors = term.factors(dividedBy: single) {
        with.append(Term(coefficient: term.coefficient, factors: factors))
      } else {
        without.append(term)
      }
    }
    return (Dimension(terms: Term.collected(with)), Dimension(terms: without))
  }

  /// The quick lower bound after each atom is written as its own lower bound plus a part that is not
  /// negative: products then only add to what they are multiplied out of.
  private var shiftedLower: Extended {
    guard case .polynomial(let polynomial) = storage, polynomial.degree > 1,
      polynomial.terms.count <= 16, polynomial.terms.contains(where: { $0.coefficient < 0 })
    else { return .minusInfinity }
    var shifted: Dimension = 0
    for term in polynomial.terms {
      var product = Dimension(term.coefficient)
      for factor in term.factors {
        var base = Dimension(atom: factor.atom)
        if case .finite(let least) = factor.atom.interval.lower { base += Dimension(least) }
        product *= base.raised(to: factor.power)
      }
      shifted += product
      if product.isSaturated || shifted.isSaturated { return .minusInfinity }
    }
    var result = Interval(0)
    for term in shifted.terms {
      var part = Interval(term.coefficient)
      for factor in term.factors {
        var base = factor.atom.interval
        if case .group = factor.atom { return .minusInfinity }
        if case .finite(let least) = base.lower {
          base = base.adding(Interval(Dimension.product(least, -1)))
        }
        for _ in 0..<factor.power { part = part.times(base) }
      }
      result = result.adding(part)
    }
    return result.lower
  }
}

extension Dimension.Polynomial {
  /// The atoms that have linear bounds and occur to the power 1 only, the deepest first.
  fileprivate var replaceableAtoms: [Dimension.Atom] {
    var found: [Dimension.Atom] = []
    var powers: Set<Dimension.Atom> = []
    for factor in terms.flatMap(\.factors) {
      switch factor.atom {
      case .symbol, .group: continue
      case .floor(_, let divisor) where !divisor.isConstant: continue
      case .floor, .minimum, .maximum:
        if factor.power > 1 { powers.insert(factor.atom) }
        if !found.contains(factor.atom) { found.append(factor.atom) }
      }
    }
    return found.filter { !powers.contains($0) }.sorted { $0.order($1) > 0 }
  }
}
