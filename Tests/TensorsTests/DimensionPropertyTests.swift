import Tensors
import Testing

/// An expression tree whose value is computed directly on integers.
private indirect enum Tree {
  case number(Int)
  case symbol(Int)
  case binary(Operation, Tree, Tree)

  enum Operation: CaseIterable {
    case add, subtract, multiply, floor, ceil, modulo, minimum, maximum
  }

  /// The value, or nil where a division by zero occurs.
  func value(_ bindings: [Int]) -> Int? {
    switch self {
    case .number(let number): return number
    case .symbol(let index): return bindings[index]
    case .binary(let operation, let left, let right):
      guard let a = left.value(bindings), let b = right.value(bindings) else { return nil }
      func floor(_ a: Int, _ b: Int) -> Int { (a - ((a % b) + b) % b) / b }
      switch operation {
      case .add: return a + b
      case .subtract: return a - b
      case .multiply: return a * b
      case .floor: return b == 0 ? nil : floor(a, b)
      case .ceil: return b == 0 ? nil : -floor(-a, b)
      case .modulo: return b == 0 ? nil : a - b * floor(a, b)
      case .minimum: return min(a, b)
      case .maximum: return max(a, b)
      }
    }
  }

  func dimension(_ symbols: [Symbol]) -> Dimension {
    switch self {
    case .number(let number): return Dimension(number)
    case .symbol(let index): return Dimension(symbols[index])
    case .binary(let operation, let left, let right):
      let (a, b) = (left.dimension(symbols), right.dimension(symbols))
      switch operation {
      case .add: return a + b
      case .subtract: return a - b
      case .multiply: return a * b
      case .floor: return a.floorDivided(by: b)
      case .ceil: return a.ceilDivided(by: b)
      case .modulo: return a.modulo(b)
      case .minimum: return Dimension.minimum(a, b)
      case .maximum: return Dimension.maximum(a, b)
      }
    }
  }

  /// The same value written differently: operands swapped, differences and products spread.
  var rewritten: Tree {
    guard case .binary(let operation, let left, let right) = self else { return self }
    let (a, b) = (left.rewritten, right.rewritten)
    switch operation {
    case .add, .multiply, .minimum, .maximum: return .binary(operation, b, a)
    case .subtract: return .binary(.add, .binary(.multiply, .number(-1), b), a)
    case .floor, .ceil, .modulo: return .binary(operation, a, b)
    }
  }
}

/// A small generator of numbers that are the same in every run.
private struct Generator: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func tree(depth: Int) -> Tree {
    if depth == 0 || Int.random(in: 0..<8, using: &self) == 0 {
      return Bool.random(using: &self)
        ? .symbol(Int.random(in: 0..<4, using: &self))
        : .number(Int.random(in: -6...12, using: &self))
    }
    let operation = Tree.Operation.allCases.randomElement(using: &self) ?? .add
    return .binary(operation, tree(depth: depth - 1), tree(depth: depth - 1))
  }
}

@Suite struct DimensionPropertyTests {
  private static let symbols = [
    Symbol("A"), Symbol("B", minimum: 1), Symbol("C", minimum: 2, maximum: 9),
    Symbol("D", minimum: 4, maximum: 32, step: 4),
  ]

  private static func bindings(_ generator: inout Generator) -> [Int] {
    [
      Int.random(in: 0...12, using: &generator), Int.random(in: 1...12, using: &generator),
      Int.random(in: 2...9, using: &generator), 4 * Int.random(in: 1...8, using: &generator),
    ]
  }

  private static func value(of symbol: Symbol, in bindings: [Int]) -> Int? {
    symbols.firstIndex(of: symbol).map { bindings[$0] }
  }

  @Test(arguments: [1, 2, 3, 4])
  func randomExpressionsAgreeWithIntegers(depth: Int) throws {
    var generator = Generator(state: UInt64(depth))
    var (tried, compared, symbolic, rewrittenEqual) = (0, 0, 0, 0)
    for _ in 0..<(depth < 4 ? 500 : 150) {
      let tree = generator.tree(depth: depth)
      let size = tree.dimension(Self.symbols)
      let other = tree.rewritten.dimension(Self.symbols)
      if size.complexity > 64 { continue }
      tried += 1
      symbolic += size.isConstant ? 0 : 1
      rewrittenEqual += size == other ? 1 : 0
      let read = try Dimension.parse(size.description) { name in
        Self.symbols.first { $0.name == name }
      }
      #expect(read == size, "\(size) was read as \(read)")
      let copied = size.substituting { Dimension($0) }
      let (lower, upper) = (size.lowerBound, size.upperBound)
      let order = size.compared(to: other + 1)
      for _ in 0..<8 {
        let bound = Self.bindings(&generator)
        guard let expected = tree.value(bound) else { continue }
        compared += 1
        for candidate in [size, other, copied] {
          let actual = candidate.evaluated { Self.value(of: $0, in: bound) }
          #expect(actual == expected, "\(candidate) of \(tree) at \(bound)")
        }
        let constant = size.substituting { Self.value(of: $0, in: bound).map { Dimension($0) } }
        #expect(constant == Dimension(expected), "\(size) at \(bound)")
        #expect(lower ?? .min <= expected, "\(size) at \(bound)")
        #expect(upper ?? .max >= expected, "\(size) at \(bound)")
        #expect(order == nil || order == .less, "\(size) against \(other)")
      }
    }
    #expect(compared > 500 && symbolic > 60)
    // Swapping operands and spreading differences is within what canonical form sees through.
    #expect(rewrittenEqual * 100 >= tried * 95)
  }

  @Test func equalExpressionsHaveEqualValues() {
    var generator = Generator(state: 99)
    var seen: [Dimension: [(Tree)]] = [:]
    for _ in 0..<2000 {
      let tree = generator.tree(depth: 2)
      seen[tree.dimension(Self.symbols), default: []].append(tree)
    }
    var pairs = 0
    for (size, trees) in seen where trees.count > 1 {
      for _ in 0..<8 {
        let bound = Self.bindings(&generator)
        let values = Set(trees.compactMap { $0.value(bound) })
        #expect(values.count <= 1, "\(size) at \(bound)")
        pairs += 1
      }
    }
    #expect(pairs > 200)
  }

  @Test func knownOrdersHold() {
    var generator = Generator(state: 7)
    var decided = 0
    for _ in 0..<1000 {
      let (first, second) = (generator.tree(depth: 2), generator.tree(depth: 2))
      let (a, b) = (first.dimension(Self.symbols), second.dimension(Self.symbols))
      let (order, atMost, differs) = (
        a.compared(to: b), a.isKnown(lessOrEqual: b), a.isKnown(notEqual: b)
      )
      let quotient = a.exactlyDivided(by: b)
      if order != nil || atMost || differs || quotient != nil { decided += 1 }
      for _ in 0..<6 {
        let bound = Self.bindings(&generator)
        guard let x = first.value(bound), let y = second.value(bound) else { continue }
        switch order {
        case .less: #expect(x < y, "\(a) against \(b) at \(bound)")
        case .equal: #expect(x == y, "\(a) against \(b) at \(bound)")
        case .greater: #expect(x > y, "\(a) against \(b) at \(bound)")
        case nil: break
        }
        #expect(!atMost || x <= y, "\(a) against \(b) at \(bound)")
        #expect(!differs || x != y, "\(a) against \(b) at \(bound)")
        if let value = quotient?.evaluated({ Self.value(of: $0, in: bound) }) {
          #expect(value * y == x, "\(a) by \(b) at \(bound)")
        }
      }
    }
    #expect(decided > 300)
  }
}
