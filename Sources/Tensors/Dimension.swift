/// An integer size: a constant, or an expression over named unknowns in canonical form.
///
/// An expression is a polynomial with integer coefficients over symbols, floor divisions, minima and
/// maxima. Two expressions that compare equal have the same value under every binding of their
/// symbols; in the common cases the reverse holds too.
///
/// No operation traps. Numbers that leave the range of `Int` stay at its end, so a caller must reject
/// sizes at or above its own limit. A polynomial has at most 64 terms of degree 64; a product or sum
/// that would have more keeps its operands unexpanded. Callers bound ``complexity`` at 64 and put a
/// fresh symbol in the place of an expression above that: operations recurse as deep as it says.
public struct Dimension: Hashable, Sendable, ExpressibleByIntegerLiteral, CustomStringConvertible {
  /// Constants are held inline; only symbolic expressions are on the heap.
  enum Storage: Hashable, Sendable {
    case constant(Int)
    case polynomial(Polynomial)
  }

  let storage: Storage

  /// The most terms a polynomial is expanded to, and the highest degree of a term.
  static let termLimit = 64

  /// Makes the constant `value`.
  public init(_ value: Int) { storage = .constant(value) }

  /// Makes the constant `value`.
  public init(integerLiteral value: Int) { storage = .constant(value) }

  /// Makes an expression that is just `symbol`.
  public init(_ symbol: Symbol) {
    self.init(terms: [
      Term(coefficient: symbol.step, factors: [Factor(atom: .symbol(symbol), power: 1)])
    ])
  }

  /// The expression with these `terms`, sorted, with distinct monomials and no zero coefficients.
  init(terms: [Term]) {
    if let first = terms.first {
      if first.factors.isEmpty {
        storage = .constant(first.coefficient)
      } else {
        storage = .polynomial(Polynomial(terms))
      }
    } else {
      storage = .constant(0)
    }
  }

  /// The expression that is just `atom`.
  init(atom: Atom) {
    self.init(terms: [Term(coefficient: 1, factors: [Factor(atom: atom, power: 1)])])
  }

  /// The value, or nil if the expression has symbols.
  ///
  /// Never inlined: Swift 6.3's optimiser crashes on callers that branch on the inlined result.
  @inline(never)
  public var constant: Int? {
    switch storage {
    case .constant(let value): value
    case .polynomial: nil
    }
  }

  /// Whether the expression is a number.
  public var isConstant: Bool {
    if case .constant = storage { return true }
    return false
  }

  /// The symbol, if the expression is exactly one bare symbol.
  public var symbol: Symbol? {
    guard case .polynomial(let polynomial) = storage, polynomial.terms.count == 1,
      let term = polynomial.terms.first, term.factors.count == 1, let factor = term.factors.first,
      factor.power == 1, case .symbol(let symbol) = factor.atom, term.coefficient == symbol.step
    else { return nil }
    return symbol
  }

  /// The atom, if the expression is exactly one atom.
  var atom: Atom? {
    guard case .polynomial(let polynomial) = storage, polynomial.terms.count == 1,
      let term = polynomial.terms.first, term.coefficient == 1, term.factors.count == 1,
      let factor = term.factors.first, factor.power == 1
    else { return nil }
    return factor.atom
  }

  /// The terms of the polynomial; none for zero.
  var terms: [Term] {
    switch storage {
    case .constant(let value): return value == 0 ? [] : [Term(coefficient: value, factors: [])]
    case .polynomial(let polynomial): return polynomial.terms
    }
  }

  /// All symbols in the expression.
  public var symbols: Set<Symbol> {
    var found: Set<Symbol> = []
    collectSymbols(into: &found)
    return found
  }

  func collectSymbols(into found: inout Set<Symbol>) {
    guard case .polynomial(let polynomial) = storage else { return }
    for term in polynomial.terms {
      for factor in term.factors {
        if case .symbol(let symbol) = factor.atom { found.insert(symbol) }
        for operand in factor.atom.operands { operand.collectSymbols(into: &found) }
      }
    }
  }

  /// How deep the expression nests, 0 for constants; or a 64th of its size if that is more.
  ///
  /// The size counts every use of a shared part, so it bounds the time any operation takes.
  public var complexity: Int {
    guard case .polynomial(let polynomial) = storage else { return 0 }
    return max(polynomial.depth, polynomial.size / 64)
  }
}

// MARK: - Sums and products

extension Dimension {
  /// The sum.
  public static func + (left: Dimension, right: Dimension) -> Dimension {
    if case .constant(let first) = left.storage, case .constant(let second) = right.storage {
      return Dimension(sum(first, second))
    }
    if left == 0 { return right }
    if right == 0 { return left }
    let merged = Term.merged(left.terms, right.terms)
    if merged.count <= termLimit { return Dimension(terms: merged) }
    return (left.terms.count > 1 ? left.grouped : left)
      + (right.terms.count > 1 ? right.grouped : right)
  }

  /// The negated expression.
  public static prefix func - (operand: Dimension) -> Dimension { operand.scaled(by: -1) }

  /// The difference.
  public static func - (left: Dimension, right: Dimension) -> Dimension {
    if case .constant(let first) = left.storage, case .constant(let second) = right.storage {
      let (value, overflow) = first.subtractingReportingOverflow(second)
      return Dimension(overflow ? (first < 0 ? .min : .max) : value)
    }
    return left + right.scaled(by: -1)
  }

  /// The product.
  public static func * (left: Dimension, right: Dimension) -> Dimension {
    switch (left.storage, right.storage) {
    case (.constant(let first), .constant(let second)): return Dimension(product(first, second))
    case (.constant(let value), _): return right.scaled(by: value)
    case (_, .constant(let value)): return left.scaled(by: value)
    case (.polynomial(let first), .polynomial(let second)):
      if first.degree + second.degree > termLimit { return left.grouped * right.grouped }
      let (count, other) = (first.terms.count, second.terms.count)
      // Expanding would copy every factor of one side for every term of the other.
      let size = sum(product(first.size, other), product(second.size, count))
      if count * other == 1 || (count * other <= 4 * termLimit && size <= 16 * termLimit) {
        var terms: [Term] = []
        terms.reserveCapacity(count * other)
        for one in first.terms { for other in second.terms { terms.append(one.times(other)) } }
        let collected = Term.collected(terms)
        if collected.count <= termLimit { return Dimension(terms: collected) }
      }
      return (count > 1 ? left.grouped : left) * (other > 1 ? right.grouped : right)
    }
  }

  /// Adds `right` to `left`.
  public static func += (left: inout Dimension, right: Dimension) { left = left + right }
  /// Subtracts `right` from `left`.
  public static func -= (left: inout Dimension, right: Dimension) { left = left - right }
  /// Multiplies `left` by `right`.
  public static func *= (left: inout Dimension, right: Dimension) { left = left * right }

  /// The expression with every coefficient times `factor`.
  func scaled(by factor: Int) -> Dimension {
    switch storage {
    case .constant(let value): return Dimension(Dimension.product(value, factor))
    case .polynomial(let polynomial):
      if factor == 0 { return 0 }
      if factor == 1 { return self }
      return Dimension(
        terms: polynomial.terms.map {
          Term(
            coefficient: Dimension.product($0.coefficient, factor), factors: $0.factors)
        })
    }
  }

  /// The expression as one atom that is not expanded; constants and single atoms stay as they are.
  var grouped: Dimension {
    isConstant || symbol != nil || atom != nil ? self : Dimension(atom: .group(self))
  }

  /// The expression to the power `exponent`, which is at least 0.
  func raised(to exponent: Int) -> Dimension {
    var result: Dimension = 1
    for _ in 0..<max(0, exponent) { result *= self }
    return result
  }
}

// MARK: - Integers that stop at the ends of their range

extension Dimension {
  package static func sum(_ left: Int, _ right: Int) -> Int {
    let (value, overflow) = left.addingReportingOverflow(right)
    return overflow ? (left < 0 ? .min : .max) : value
  }

  static func product(_ left: Int, _ right: Int) -> Int {
    let (value, overflow) = left.multipliedReportingOverflow(by: right)
    return overflow ? ((left < 0) == (right < 0) ? .max : .min) : value
  }

  /// The quotient rounded down; `divisor` is not 0.
  static func floorQuotient(_ dividend: Int, _ divisor: Int) -> Int {
    let (quotient, overflow) = dividend.dividedReportingOverflow(by: divisor)
    if overflow { return .max }
    let exact = quotient * divisor == dividend
    return !exact && (dividend < 0) != (divisor < 0) ? quotient - 1 : quotient
  }

  /// The quotient rounded up; `divisor` is not 0.
  static func ceilQuotient(_ dividend: Int, _ divisor: Int) -> Int {
    let quotient = floorQuotient(dividend, divisor)
    if dividend == .min && divisor == -1 { return quotient }
    return quotient &* divisor == dividend ? quotient : quotient + 1
  }

  /// The greatest common divisor; that of 0 and 0 is 0. A divisor above `Int.max` counts as 1.
  static func greatestCommonDivisor(_ left: Int, _ right: Int) -> Int {
    var (first, second) = (left.magnitude, right.magnitude)
    while second != 0 { (first, second) = (second, first % second) }
    return Int(exactly: first) ?? 1
  }
}
