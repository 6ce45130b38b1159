import Support

/// A regular expression as a nondeterministic automaton.
///
/// All paths are followed at once, so that matching takes time in proportion to the lengths of text and program.
struct RegexProgram: Sendable {
  enum Step: Sendable {
    /// Takes one scalar of the set.
    case take(RegexSet)
    /// Goes on at another step.
    case jump(Int)
    /// Goes on at both steps.
    case split(Int, Int)
    /// Goes on if the place in the text is such.
    case assert(RegexAssertion)
    case match
  }

  /// Expressions that need more steps are refused.
  static let maximumSteps = 1 << 14

  private(set) var steps: [Step] = []
  /// The parts added so far, empty ones included, which make no step.
  private var partCount = 0

  /// - Throws: `invalidArgument` for what is no expression in RE2's syntax, `limitExceeded` for too long ones.
  init(_ pattern: String) throws(MIGraphXError) {
    do throws(MIGraphXError) {
      var parser = RegexParser(pattern)
      try add(try parser.parse())
    } catch {
      throw MIGraphXError(error.code, "regular expression '\(pattern)': \(error.message)")
    }
    steps.append(.match)
  }

  private mutating func append(_ step: Step) throws(MIGraphXError) {
    guard steps.count < RegexProgram.maximumSteps else {
      throw MIGraphXError(
        .limitExceeded, "more than \(RegexProgram.maximumSteps) steps are needed")
    }
    steps.append(step)
  }

  private mutating func add(_ node: RegexNode) throws(MIGraphXError) {
    partCount += 1
    guard partCount <= 4 * RegexProgram.maximumSteps else {
      throw MIGraphXError(.limitExceeded, "its repetitions make it too long")
    }
    switch node {
    case .set(let set): try append(.take(set))
    case .assertion(let assertion): try append(.assert(assertion))
    case .sequence(let parts): for part in parts { try add(part) }
    case .choice(let options):
      var ends: [Int] = []
      for (index, option) in options.enumerated() {
        let split = steps.count
        let isLast = index == options.count - 1
        if !isLast { try append(.jump(0)) }
        try add(option)
        if isLast { break }
        ends.append(steps.count)
        try append(.jump(0))
        steps[split] = .split(split + 1, steps.count)
      }
      for end in ends { steps[end] = .jump(steps.count) }
    case .repeated(let part, let minimum, let maximum):
      for _ in 0..<minimum { try add(part) }
      guard let maximum else {
        let split = steps.count
        try append(.jump(0))
        try add(part)
        try append(.jump(split))
        steps[split] = .split(split + 1, steps.count)
        return
      }
      var splits: [Int] = []
      for _ in minimum..<max(minimum, maximum) {
        splits.append(steps.count)
        try append(.jump(0))
        try add(part)
      }
      for split in splits { steps[split] = .split(split + 1, steps.count) }
    }
  }

  /// Whether all of `text` matches.
  func matches(_ text: String) -> Bool {
    let scalars = Array(text.unicodeScalars)
    var current = StepSet(count: steps.count)
    var next = StepSet(count: steps.count)
    follow(0, at: 0, in: scalars, into: &current)
    for (index, scalar) in scalars.enumerated() {
      if current.members.isEmpty { return false }
      next.removeAll()
      for step in current.members {
        if case .take(let set) = steps[step], set.contains(scalar) {
          follow(step + 1, at: index + 1, in: scalars, into: &next)
        }
      }
      swap(&current, &next)
    }
    return current.contains(steps.count - 1)
  }

  /// Adds `start` and all steps that are reached from it without taking a scalar.
  private func follow(
    _ start: Int, at place: Int, in scalars: [Unicode.Scalar], into set: inout StepSet
  ) {
    var pending = [start]
    while let step = pending.popLast() {
      guard set.insert(step) else { continue }
      switch steps[step] {
      case .jump(let target): pending.append(target)
      case .split(let first, let second):
        pending.append(second)
        pending.append(first)
      case .assert(let assertion):
        if assertion.holds(at: place, in: scalars) { pending.append(step + 1) }
      case .take, .match: break
      }
    }
  }
}

/// A set of steps that is emptied in constant time for each member.
private struct StepSet {
  private(set) var members: [Int] = []
  private var isMember: [Bool]

  init(count: Int) { isMember = Array(repeating: false, count: count) }

  func contains(_ step: Int) -> Bool { isMember[step] }

  mutating func insert(_ step: Int) -> Bool {
    if isMember[step] { return false }
    isMember[step] = true
    members.append(step)
    return true
  }

  mutating func removeAll() {
    for member in members { isMember[member] = false }
    members.removeAll(keepingCapacity: true)
  }
}

/// What must hold at a place between two scalars.
enum RegexAssertion: Sendable {
  case textStart, textEnd, lineStart, lineEnd, wordBoundary, noWordBoundary

  func holds(at place: Int, in scalars: [Unicode.Scalar]) -> Bool {
    func isWord(_ index: Int) -> Bool {
      scalars.indices.contains(index) && RegexSet.word.contains(scalars[index])
    }
    switch self {
    case .textStart: return place == 0
    case .textEnd: return place == scalars.count
    case .lineStart: return place == 0 || scalars[place - 1] == "\n"
    case .lineEnd: return place == scalars.count || scalars[place] == "\n"
    case .wordBoundary: return isWord(place - 1) != isWord(place)
    case .noWordBoundary: return isWord(place - 1) == isWord(place)
    }
  }
}

/// The parts of a regular expression.
indirect enum RegexNode: Sendable {
  case set(RegexSet)
  case assertion(RegexAssertion)
  case sequence([RegexNode])
  case choice([RegexNode])
  /// Without maximum as often as possible.
  case repeated(RegexNode, minimum: Int, maximum: Int?)
}

/// A set of Unicode scalars.
struct RegexSet: Sendable {
  var ranges: [ClosedRange<UInt32>] = []
  /// General categories, by their one or two letters, and whether they are to be left out instead.
  var categories: [(name: String, isNegated: Bool)] = []
  /// Sets that count as a whole, such as what is no digit.
  var subsets: [RegexSet] = []
  var isNegated = false
  var ignoresCase = false

  static let digit = RegexSet("0"..."9")
  static let space = RegexSet(ranges: [0x09...0x0A, 0x0C...0x0D, 0x20...0x20])
  static let word = RegexSet("0"..."9", "A"..."Z", "_"..."_", "a"..."z")
  static let any = RegexSet(isNegated: true)
  static let anyButNewline = RegexSet(ranges: [0x0A...0x0A], isNegated: true)

  init(
    ranges: [ClosedRange<UInt32>] = [], isNegated: Bool = false, ignoresCase: Bool = false
  ) {
    self.ranges = ranges
    self.isNegated = isNegated
    self.ignoresCase = ignoresCase
  }

  init(_ ranges: ClosedRange<Unicode.Scalar>...) {
    self.init(ranges: ranges.map { $0.lowerBound.value...$0.upperBound.value })
  }

  /// The set of all scalars that are not in this one.
  var inverted: RegexSet {
    var result = self
    result.isNegated.toggle()
    return result
  }

  func contains(_ scalar: Unicode.Scalar) -> Bool {
    let forms = ignoresCase ? scalar.otherCases + [scalar] : [scalar]
    return forms.contains(where: holds) != isNegated
  }

  private func holds(_ scalar: Unicode.Scalar) -> Bool {
    ranges.contains { $0.contains(scalar.value) }
      || subsets.contains { $0.contains(scalar) }
      || categories.contains { scalar.categoryName.hasPrefix($0.name) != $0.isNegated }
  }
}

extension Unicode.Scalar {
  /// What the scalar is in upper and in lower case, where that is one scalar.
  fileprivate var otherCases: [Unicode.Scalar] {
    [properties.lowercaseMapping, properties.uppercaseMapping].compactMap { text in
      let scalars = text.unicodeScalars
      return scalars.count == 1 ? scalars[scalars.startIndex] : nil
    }
  }

  /// The two letters of the general category.
  fileprivate var categoryName: String {
    switch properties.generalCategory {
    case .uppercaseLetter: "Lu"
    case .lowercaseLetter: "Ll"
    case .titlecaseLetter: "Lt"
    case .modifierLetter: "Lm"
    case .otherLetter: "Lo"
    case .nonspacingMark: "Mn"
    case .spacingMark: "Mc"
    case .enclosingMark: "Me"
    case .decimalNumber: "Nd"
    case .letterNumber: "Nl"
    case .otherNumber: "No"
    case .connectorPunctuation: "Pc"
    case .dashPunctuation: "Pd"
    case .openPunctuation: "Ps"
    case .closePunctuation: "Pe"
    case .initialPunctuation: "Pi"
    case .finalPunctuation: "Pf"
    case .otherPunctuation: "Po"
    case .mathSymbol: "Sm"
    case .currencySymbol: "Sc"
    case .modifierSymbol: "Sk"
    case .otherSymbol: "So"
    case .spaceSeparator: "Zs"
    case .lineSeparator: "Zl"
    case .paragraphSeparator: "Zp"
    case .control: "Cc"
    case .format: "Cf"
    case .surrogate: "Cs"
    case .privateUse: "Co"
    case .unassigned: "Cn"
    @unknown default: "Cn"
    }
  }
}
