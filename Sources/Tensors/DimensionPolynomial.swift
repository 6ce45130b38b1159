extension Dimension {
  /// What a polynomial treats as a variable.
  indirect enum Atom: Hashable, Sendable {
    /// The value of a symbol divided by its step; the symbol itself is this times the step, which
    /// makes divisibility by the step plain arithmetic on coefficients.
    case symbol(Symbol)
    /// The quotient of dividend and divisor rounded down; without value where the divisor is 0.
    case floor(Dimension, Dimension)
    /// The least of at least two sorted operands.
    case minimum([Dimension])
    /// The greatest of at least two sorted operands.
    case maximum([Dimension])
    /// A polynomial that is kept unexpanded.
    case group(Dimension)

    var operands: [Dimension] {
      switch self {
      case .symbol: return []
      case .floor(let dividend, let divisor): return [dividend, divisor]
      case .minimum(let operands), .maximum(let operands): return operands
      case .group(let inner): return [inner]
      }
    }

    private var rank: Int {
      switch self {
      case .symbol: return 0
      case .floor: return 1
      case .minimum: return 2
      case .maximum: return 3
      case .group: return 4
      }
    }

    var interval: Interval {
      switch self {
      case .symbol(let symbol): return symbol.stepInterval
      case .floor(let dividend, let divisor):
        return dividend.interval.floorDivided(by: divisor.interval)
      case .minimum(let operands):
        return Interval(
          lower: operands.map(\.interval.lower).min() ?? .minusInfinity,
          upper: operands.map(\.interval.upper).min() ?? .plusInfinity)
      case .maximum(let operands):
        return Interval(
          lower: operands.map(\.interval.lower).max() ?? .minusInfinity,
          upper: operands.map(\.interval.upper).max() ?? .plusInfinity)
      case .group(let inner): return inner.interval
      }
    }

    /// Negative, 0 or positive as this atom stands before, with or after `other`.
    func order(_ other: Atom) -> Int {
      if case .symbol(let left) = self, case .symbol(let right) = other {
        return left == right ? 0 : (left < right ? -1 : 1)
      }
      if rank != other.rank { return rank - other.rank }
      let (left, right) = (operands, other.operands)
      if left.count != right.count { return left.count - right.count }
      for (one, two) in zip(left, right) {
        let order = one.order(two)
        if order != 0 { return order }
      }
      return 0
    }
  }

  /// An atom to a power of at least 1.
  struct Factor: Hashable, Sendable {
    let atom: Atom
    let power: Int
  }

  /// A coefficient other than 0 times factors in the order of their atoms.
  struct Term: Hashable, Sendable {
    var coefficient: Int
    let factors: [Factor]

    var degree: Int { factors.reduce(0) { $0 + $1.power } }

    /// Negative, 0 or positive as the monomial stands before, with or after that of `other`: higher
    /// degrees first, then by atoms. Multiplying both by one monomial does not change the order.
    func order(_ other: Term) -> Int {
      let (left, right) = (degree, other.degree)
      if left != right { return left > right ? -1 : 1 }
      for (one, two) in zip(factors, other.factors) {
        let order = one.atom.order(two.atom)
        if order != 0 { return order }
        if one.power != two.power { return one.power > two.power ? -1 : 1 }
      }
      return 0
    }

    func times(_ other: Term) -> Term {
      let coefficient = Dimension.product(self.coefficient, other.coefficient)
      if other.factors.isEmpty { return Term(coefficient: coefficient, factors: factors) }
      if factors.isEmpty { return Term(coefficient: coefficient, factors: other.factors) }
      var result: [Factor] = []
      result.reserveCapacity(factors.count + other.factors.count)
      var (left, right) = (factors[...], other.factors[...])
      while let one = left.first, let two = right.first {
        let order = one.atom.order(two.atom)
        if order == 0 {
          result.append(Factor(atom: one.atom, power: one.power + two.power))
        } else {
          result.append(order < 0 ? one : two)
        }
        if order <= 0 { left.removeFirst() }
        if order >= 0 { right.removeFirst() }
      }
      return Term(coefficient: coefficient, factors: result + left + right)
    }

    /// The factors left when those of `divisor` are taken away, or nil if they are not all there.
    func factors(dividedBy divisor: Term) -> [Factor]? {
      var result: [Factor] = []
      var needed = divisor.factors[...]
      for factor in factors {
        guard let next = needed.first, next.atom == factor.atom else {
          result.append(factor)
          continue
        }
        if next.power > factor.power { return nil }
        if next.power < factor.power {
          result.append(Factor(atom: factor.atom, power: factor.power - next.power))
        }
        needed.removeFirst()
      }
      return needed.isEmpty ? result : nil
    }

    /// The sum of two sorted lists of terms.
    static func merged(_ left: [Term], _ right: [Term]) -> [Term] {
      var result: [Term] = []
      result.reserveCapacity(left.count + right.count)
      var (one, two) = (0, 0)
      while one < left.count, two < right.count {
        let order = left[one].order(right[two])
        if order < 0 {
          result.append(left[one])
        } else if order > 0 {
          result.append(right[two])
        } else {
          var term = left[one]
          term.coefficient = Dimension.sum(term.coefficient, right[two].coefficient)
          if term.coefficient != 0 { result.append(term) }
        }
        if order <= 0 { one += 1 }
        if order >= 0 { two += 1 }
      }
      return result + left[one...] + right[two...]
    }

    /// The terms sorted, equal monomials added up, zeros dropped.
    static func collected(_ terms: [Term]) -> [Term] {
      if terms.count < 2 { return terms.filter { $0.coefficient != 0 } }
      let middle = terms.count / 2
      return merged(collected(Array(terms[..<middle])), collected(Array(terms[middle...])))
    }
  }

  /// The immutable heap part of a symbolic expression, with what is asked of it often.
  final class Polynomial: Hashable, Sendable {
    /// Sorted; the constant term, if any, is last. At least one term has factors.
    let terms: [Term]
    /// Bounds from the terms taken one by one.
    let interval: Interval
    let degree: Int
    let depth: Int
    let size: Int
    private let hash: Int

    init(_ terms: [Term]) {
      var interval = Interval(0)
      var (degree, depth, size) = (0, 0, 0)
      for term in terms {
        interval = interval.adding(term.interval)
        degree = max(degree, term.degree)
        for factor in term.factors {
          var deepest = 0
          var held = 1
          for operand in factor.atom.operands {
            guard case .polynomial(let inner) = operand.storage else { continue }
            deepest = max(deepest, inner.depth)
            held = Dimension.sum(held, inner.size)
          }
          depth = max(depth, deepest + 1)
          size = Dimension.sum(size, held)
        }
      }
      self.terms = terms
      self.interval = interval
      self.degree = degree
      self.depth = depth
      self.size = size
      self.hash = terms.hashValue
    }

    static func == (left: Polynomial, right: Polynomial) -> Bool {
      left === right || (left.hash == right.hash && left.terms == right.terms)
    }

    func hash(into hasher: inout Hasher) { hasher.combine(hash) }
  }

  /// Negative, 0 or positive as this expression stands before, with or after `other` in operand
  /// lists: constants last. Says nothing about values.
  func order(_ other: Dimension) -> Int {
    switch (storage, other.storage) {
    case (.constant(let left), .constant(let right)):
      return left == right ? 0 : (left < right ? -1 : 1)
    case (.constant, .polynomial): return 1
    case (.polynomial, .constant): return -1
    case (.polynomial(let left), .polynomial(let right)):
      if left === right { return 0 }
      if left.terms.count != right.terms.count { return left.terms.count - right.terms.count }
      for (one, two) in zip(left.terms, right.terms) {
        let order = one.order(two)
        if order != 0 { return order }
        if one.coefficient != two.coefficient { return one.coefficient < two.coefficient ? -1 : 1 }
      }
      return 0
    }
  }
}

// MARK: - Values

extension Dimension {
  /// The value when each symbol has the value that `value` gives for it.
  ///
  /// Nil if a symbol has no value or one that is not a multiple of its step, if a division by zero
  /// occurs, or if an intermediate result does not fit `Int`.
  public func evaluated(_ value: (Symbol) -> Int?) -> Int? {
    guard case .polynomial(let polynomial) = storage else { return constant }
    var total = 0
    for term in polynomial.terms {
      var product = term.coefficient
      for factor in term.factors {
        guard let base = factor.atom.evaluated(value) else { return nil }
        for _ in 0..<factor.power {
          let (next, overflow) = product.multipliedReportingOverflow(by: base)
          if overflow { return nil }
          product = next
        }
      }
      let (next, overflow) = total.addingReportingOverflow(product)
      if overflow { return nil }
      total = next
    }
    return total
  }

  /// The expression with each symbol replaced by what `value` gives for it; nil keeps the symbol.
  ///
  /// A replacement must be a multiple of the symbol's step and within its range.
  public func substituting(_ value: (Symbol) -> Dimension?) -> Dimension {
    guard case .polynomial(let polynomial) = storage else { return self }
    var result: Dimension = 0
    for term in polynomial.terms {
      let (coefficient, bases) = term.withWholeSymbols
      var product = Dimension(coefficient)
      for (factor, whole) in zip(term.factors, bases) {
        let base: Dimension
        switch factor.atom {
        case .symbol(let symbol):
          let replaced = value(symbol) ?? Dimension(symbol)
          base = whole ? replaced : replaced.floorDivided(by: Dimension(symbol.step))
        case .floor(let dividend, let divisor):
          base = dividend.substituting(value).floorDivided(by: divisor.substituting(value))
        case .minimum(let operands):
          base = Dimension.extreme(operands.map { $0.substituting(value) }, least: true)
        case .maximum(let operands):
          base = Dimension.extreme(operands.map { $0.substituting(value) }, least: false)
        case .group(let inner): base = inner.substituting(value)
        }
        product *= base.raised(to: factor.power)
      }
      result += product
    }
    return result
  }
}

extension Dimension.Atom {
  fileprivate func evaluated(_ value: (Symbol) -> Int?) -> Int? {
    switch self {
    case .symbol(let symbol):
      guard let number = value(symbol), number % symbol.step == 0 else { return nil }
      return number / symbol.step
    case .floor(let dividend, let divisor):
      guard let first = dividend.evaluated(value), let second = divisor.evaluated(value),
        second != 0, first != .min || second != -1
      else { return nil }
      return Dimension.floorQuotient(first, second)
    case .minimum(let operands):
      let values = operands.compactMap { $0.evaluated(value) }
      return values.count == operands.count ? values.min() : nil
    case .maximum(let operands):
      let values = operands.compactMap { $0.evaluated(value) }
      return values.count == operands.count ? values.max() : nil
    case .group(let inner): return inner.evaluated(value)
    }
  }
}

extension Dimension.Term {
  /// The coefficient and, for each factor, whether it stands for a whole symbol to its power: each
  /// symbol takes its step out of the coefficient if the coefficient is divisible by it.
  var withWholeSymbols: (coefficient: Int, whole: [Bool]) {
    var rest = coefficient
    var whole: [Bool] = []
    for factor in factors {
      guard case .symbol(let symbol) = factor.atom else {
        whole.append(false)
        continue
      }
      var candidate = rest
      var divisible = true
      for _ in 0..<factor.power where symbol.step > 1 {
        divisible = divisible && candidate % symbol.step == 0
        candidate /= symbol.step
      }
      if divisible { rest = candidate }
      whole.append(divisible)
    }
    return (rest, whole)
  }
}
