import FoundationEssentials
import Support
import Tensors
import Testing

private let n = Dimension(Symbol("N", minimum: 1))
private let s = Dimension(Symbol("S", minimum: 1))
private let p = Dimension(Symbol("P"))
private let h = Dimension(Symbol("H", minimum: 1))
private let h32 = Dimension(Symbol("H32", minimum: 1, step: 32))

@Suite struct DimensionTests {
  @Test func sumsAndProductsAreCanonical() {
    #expect(n * s == s * n)
    #expect((n * s).hashValue == (s * n).hashValue)
    #expect((n + 1) * (n - 1) == n * n - 1)
    #expect(n - n == 0)
    #expect((n - n).isConstant)
    #expect(n + s != n * s)
    #expect((n + 1) * s - s == n * s)
    #expect(Dimension(3) * 4 + 5 == 17)
    #expect(n.symbol?.name == "N" && (2 * n).symbol == nil && h32.symbol?.step == 32)
    #expect((n * s + 1).symbols.map(\.name).sorted() == ["N", "S"])
  }

  @Test func floorDivisionTakesOutMultiples() {
    #expect((2 * h + 3).floorDivided(by: 2) == h + 1)
    #expect((4 * h + 2).floorDivided(by: 8) == (2 * h + 1).floorDivided(by: 4))
    let once = (h - 1).floorDivided(by: 2) + 1
    let twice = (once - 1).floorDivided(by: 2) + 1
    #expect(twice == (h - 1).floorDivided(by: 4) + 1)
    #expect(once == (h + 1).floorDivided(by: 2))
    #expect(once == h.ceilDivided(by: 2))
    #expect(h.ceilDivided(by: 2).ceilDivided(by: 16) == h.ceilDivided(by: 32))
    #expect((2 * h.ceilDivided(by: 2)).floorDivided(by: 2) == h.ceilDivided(by: 2))
    #expect(h.floorDivided(by: -3).evaluated { _ in 7 } == -3)
    #expect((n * s).floorDivided(by: n) == s)
    #expect((n * s + 3 * n).floorDivided(by: 2 * n) == (s + 3).floorDivided(by: 2))
    #expect(n.floorDivided(by: n) == 1)
    #expect(p.floorDivided(by: p) != 1)
    #expect((n - 1).floorDivided(by: n) == 0)
    #expect(Dimension(Symbol("B", maximum: 511)).floorDivided(by: 512) == 0)
  }

  @Test func divisionByZeroHasNoValue() {
    for expression in [
      Dimension(7).floorDivided(by: 0), h.ceilDivided(by: 0), h.modulo(0), h.floorDivided(by: p),
      Dimension(0).floorDivided(by: p),
    ] {
      #expect(expression.evaluated { $0.name == "P" ? 0 : 5 } == nil)
    }
    #expect(h.floorDivided(by: p).evaluated { $0.name == "P" ? 2 : 5 } == 2)
  }

  @Test(arguments: [(7, 2), (-7, 2), (7, -2), (-7, -2), (6, 3), (-6, 3), (0, 5)])
  func constantsDivideDownwards(dividend: Int, divisor: Int) {
    let (a, b) = (Dimension(dividend), Dimension(divisor))
    let exact = Double(dividend) / Double(divisor)
    #expect(a.floorDivided(by: b) == Dimension(Int(exact.rounded(.down))))
    #expect(a.ceilDivided(by: b) == Dimension(Int(exact.rounded(.up))))
    #expect(a.modulo(b) == a - b * a.floorDivided(by: b))
  }

  @Test func exactDivision() {
    #expect((n * (p + s) * 64).exactlyDivided(by: n * (p + s)) == 64)
    #expect((n * s * 768).exactlyDivided(by: 64) == 12 * n * s)
    #expect((n * n - 1).exactlyDivided(by: n + 1) == n - 1)
    #expect((n * n + 1).exactlyDivided(by: n + 1) == nil)
    #expect((n * 3).exactlyDivided(by: 2) == nil)
    #expect(n.exactlyDivided(by: 0) == nil)
    #expect(n.exactlyDivided(by: s) == nil)
    #expect(Dimension(0).exactlyDivided(by: n) == 0)
    #expect(Dimension(.min).exactlyDivided(by: -1) == nil)
    let area = h.ceilDivided(by: 2) * s.ceilDivided(by: 2)
    #expect((n * area * 8).exactlyDivided(by: area) == 8 * n)
  }

  @Test func stepsMakeDivisionsExact() {
    #expect(h32.modulo(32) == 0)
    #expect(h32.modulo(64) != 0)
    #expect(h32.floorDivided(by: 16) == 2 * h32.floorDivided(by: 32))
    #expect(h32.ceilDivided(by: 32) * 2 == h32.ceilDivided(by: 16))
    #expect(h32.floorDivided(by: 32) * 32 == h32)
    #expect((h32 - 1).floorDivided(by: 2) + 1 == h32.floorDivided(by: 2))
    #expect(h32.floorDivided(by: 32).evaluated { _ in 96 } == 3)
    #expect(h32.evaluated { _ in 33 } == nil)
    #expect(h32.floorDivided(by: 32).description == "floor(H32/32)")
    #expect((n * h32 * 3).description == "3*H32*N")
  }

  @Test func minimaAndMaxima() {
    #expect(Dimension.minimum(s, s + 1) == s)
    #expect(Dimension.maximum(n, 1) == n)
    #expect(Dimension.maximum(p, 1) != p)
    #expect(Dimension.maximum(p, 0) == p)
    #expect(Dimension.minimum(s, 512) == Dimension.minimum(512, s))
    #expect(
      Dimension.minimum(Dimension.minimum(s, 512), 512) == Dimension.minimum(s, 512))
    #expect(
      Dimension.minimum(n, Dimension.minimum(s, p))
        == Dimension.minimum(Dimension.minimum(n, s), p))
    #expect(Dimension.minimum(s, Dimension.maximum(s, p)) == s)
    #expect(Dimension.minimum(Dimension(4), 3) == 3)
  }

  @Test func boundsAndComparisons() {
    let b = Dimension(Symbol("B", minimum: 2, maximum: 8))
    #expect(b.lowerBound == 2 && b.upperBound == 8)
    #expect((3 * b - 1).lowerBound == 5 && (3 * b - 1).upperBound == 23)
    #expect((1 - b).lowerBound == -7 && (1 - b).upperBound == -1)
    #expect(n.upperBound == nil && (-n).lowerBound == nil && (-n).upperBound == -1)
    #expect(Dimension.minimum(n, 512).upperBound == 512)
    #expect(h.modulo(7).lowerBound == 0 && h.modulo(7).upperBound == 6)
    #expect(n.compared(to: n + 1) == .less)
    #expect(n.compared(to: n) == .equal)
    #expect((n * s + 1).compared(to: n) == .greater)
    #expect(n.compared(to: s) == nil)
    #expect(n.isKnown(lessOrEqual: n * s))
    #expect(!(n * s).isKnown(lessOrEqual: n))
    #expect(h.floorDivided(by: 2).isKnown(lessOrEqual: h))
    #expect(h.isKnown(lessOrEqual: 2 * h.ceilDivided(by: 2)))
    #expect((2 * n).isKnown(notEqual: 2 * s + 1))
    #expect(!n.isKnown(notEqual: s))
    #expect(h32.isKnown(notEqual: 48))
    #expect(Dimension(Symbol("F", minimum: 3, maximum: 3)).compared(to: 3) == .equal)
  }

  @Test func textIsReadable() {
    #expect(Dimension(12).description == "12")
    #expect((s * n).description == "N*S")
    #expect((1 + h * 2).description == "2*H + 1")
    #expect(((h + 2 - 3).floorDivided(by: 2) + 1).description == "floor((H - 1)/2) + 1")
    #expect(Dimension.minimum(512, s).description == "min(S, 512)")
    #expect((1 - n).description == "-N + 1")
    #expect((n * n - 3 * n).description == "N^2 - 3*N")
    #expect(s.floorDivided(by: 2 * n).description == "floor(S/(2*N))")
  }

  @Test(arguments: [
    "p2o.DynamicDimension.0", "a:b", "unk__1", "p2o.Dyn-1", "floor", "min", "max", "opaque", "?",
    "",
    "a b", "it's", "back\\slash", "line\nbreak", "é", "1", "past/len", "N*S",
  ])
  func anyNameIsReadBack(name: String) throws {
    let size = Dimension(Symbol(name)) * 2 + 1
    #expect(!size.description.contains("\n"))
    #expect(try Dimension.parse(size.description) { Symbol($0) } == size)
  }

  @Test func plainNamesAreNotQuoted() {
    #expect(Dimension(Symbol("p2o.Dyn.0:x")).description == "p2o.Dyn.0:x")
    #expect(Dimension(Symbol("p2o.Dyn-1")).description == "'p2o.Dyn-1'")
    #expect(Dimension(Symbol("it's\\")).description == "'it\\'s\\\\'")
  }

  @Test(arguments: [
    "", "+", "N +", "2 N", "N)", "(N", "floor(N)", "floor(N/2", "min()", "min(N,", "'N", "'a\\x'",
    "99999999999999999999", "N^65", "N^", "N^-1", "1/2", "'\\u{110000}'", "unknown", "@", "N\n",
    "(N + 1)^9", "min(N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N)",
  ])
  func badTextIsRefused(text: String) {
    let error = #expect(throws: MIGraphXError.self) {
      try Dimension.parse(text) { $0 == "N" ? Symbol("N") : nil }
    }
    #expect(error?.code == .invalidArgument)
    #expect(error?.message.contains("'\(text)'") == true)
  }

  @Test func hostileTextIsRefused() throws {
    func nested(_ open: String, _ count: Int, _ inner: String, _ close: String) -> String {
      String(repeating: open, count: count) + inner + String(repeating: close, count: count)
    }
    for text in [
      nested("(", 1000, "N", ")"), nested("floor(", 1000, "N", "/(N + 1))"),
      nested("floor((", 1000, "N", ")/(N + 1))"), nested("floor((N)*", 1000, "N", "/(N + 1))"),
      nested("min(7*N^2, N*", 1000, "S", ")"), nested("opaque(1 + ", 1000, "N", ")"),
      String(repeating: "N", count: 70_000),
    ] {
      let error = #expect(throws: MIGraphXError.self) { try Dimension.parse(text) { Symbol($0) } }
      #expect(error?.code == .limitExceeded)
    }
    #expect(try Dimension.parse(nested("(", 64, "N", ")")) { Symbol($0) }.symbol?.name == "N")
    let sum = (0..<3000).map { "a\($0)" }.joined(separator: " + ")
    #expect(try Dimension.parse(sum) { Symbol($0) }.evaluated { _ in 1 } == 3000)
  }

  @Test func manyOperandsReadBack() throws {
    let symbols = (0..<40).map { Dimension(Symbol("a\($0)")) }
    var size = symbols[0]
    for symbol in symbols {
      size = Dimension.minimum(size, symbol)
      #expect(try Dimension.parse(size.description) { Symbol($0) } == size)
    }
    #expect(size.evaluated { Int($0.name.dropFirst()).map { 100 - $0 } } == 61)
  }

  @Test func deepExpressionsReadBack() throws {
    var size = h
    var depth = 0
    while size.complexity < 64 {
      size = (size * (size.complexity % 2 == 0 ? 2 : 3) + n).floorDivided(by: n + s)
      depth += 1
    }
    #expect(size.complexity == 64 && depth == 63)
    #expect(try Dimension.parse(size.description) { Symbol($0, minimum: 1) } == size)
    #expect(size.substituting { _ in nil } == size)
    #expect(size.substituting { _ in 1 }.isConstant)
  }

  @Test func complexityCountsSharedParts() {
    var size = h
    for _ in 0..<12 { size = size.floorDivided(by: size + p) + n }
    #expect(size.complexity > 32)
  }

  @Test func growthIsBounded() throws {
    var product: Dimension = 1
    var square = n
    for index in 0..<12 { product *= Dimension(Symbol("a\(index)")) + 1 }
    for _ in 0..<20 { square *= square }
    #expect(product.evaluated { _ in 1 } == 4096)
    #expect(product.complexity < 64 && square.complexity < 64)
    #expect(square.evaluated { _ in 1 } == 1)
    #expect(square.evaluated { _ in 2 } == nil)
    #expect(try Dimension.parse(product.description) { Symbol($0) } == product)
    #expect(product.substituting { _ in 1 } == 4096)
    #expect((n * product).exactlyDivided(by: product) == n)
    #expect(product - product == 0)
  }

  @Test func arithmeticStopsAtTheEnds() {
    let (top, bottom) = (Dimension(.max), Dimension(.min))
    #expect(top + 1 == top && bottom - 1 == bottom && top * 2 == top && top * -2 == bottom)
    #expect(bottom * -1 == top && -bottom == top && 0 - bottom == top)
    #expect(bottom.floorDivided(by: -1) == top && bottom.modulo(-1) == 0)
    #expect(bottom.ceilDivided(by: -1) == top && bottom.ceilDivided(by: 3).isConstant)
    let huge = n * top * top + top
    #expect(huge.lowerBound == .max && huge.upperBound == nil)
    for divisor in [1, 2, -1, -2, 7, .max, .min] {
      for value in [huge, -huge, n * bottom + bottom, n * top - 1] {
        let divisor = Dimension(divisor)
        _ = [
          value.floorDivided(by: divisor), value.ceilDivided(by: divisor), value.modulo(divisor),
          divisor.floorDivided(by: value), value.exactlyDivided(by: divisor) ?? 0,
          value.floorDivided(by: n * divisor + 1), Dimension.minimum(value, divisor),
        ].map(\.description)
        _ = (value.compared(to: divisor), value.isKnown(notEqual: divisor))
      }
    }
    let wide = Symbol("W", minimum: -5, maximum: -7, step: -2)
    #expect(wide.minimum == 0 && wide.maximum == 0 && wide.step == 1)
    #expect(Dimension(Symbol("E", minimum: .max, step: .max)).lowerBound == .max)
  }

  @Test func substitution() {
    let size = (h - 1).floorDivided(by: 2) + n
    #expect(size.substituting { $0.name == "H" ? 9 : nil } == n + 4)
    #expect(size.substituting { $0.name == "H" ? 2 * s + 1 : nil } == n + s)
    #expect(h32.floorDivided(by: 16).substituting { _ in 96 } == 6)
    #expect(Dimension.minimum(s, 512).substituting { _ in 600 } == 512)
  }

  @Test func coding() throws {
    let known = Symbol("H", minimum: 32, maximum: 640, step: 32)
    let sizes: [Dimension] = [12, -1, Dimension(known).floorDivided(by: 4) * n]
    let data = try JSONEncoder().encode(sizes)
    #expect(String(decoding: data, as: UTF8.self) == #"[12,-1,"8*floor(H\/32)*N"]"#)
    let decoder = JSONDecoder()
    decoder.userInfo[.dimensionSymbols] = ["H": known, "N": Symbol("N", minimum: 1)]
    #expect(try decoder.decode([Dimension].self, from: data) == sizes)
    let bare = try JSONDecoder().decode([Dimension].self, from: Data(#"["K"]"#.utf8))
    #expect(bare == [Dimension(Symbol("K"))])
    #expect(throws: (any Error).self) {
      try JSONDecoder().decode([Dimension].self, from: Data(#"["K +"]"#.utf8))
    }
  }
}
