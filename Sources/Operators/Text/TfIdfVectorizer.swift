import IR
import Support
import Tensors

/// Counts n-grams: elements that follow each other, with so many left out between neighbours.
///
/// `[C]` gives `[G]` and `[N, C]` gives `[N, G]` floats, where G is one more than the largest of the places.
public struct TfIdfVectorizer: TensorOperator {
  public static let name = "tf_idf_vectorizer"
  /// What the result says about an n-gram.
  public enum Mode: String, Codable, Sendable {
    /// How often it occurs.
    case count = "TF"
    /// Its weight if it occurs.
    case weight = "IDF"
    /// Its weight times how often it occurs.
    case product = "TFIDF"
  }

  /// What the result says about an n-gram.
  public var mode = Mode.count
  /// The least and the greatest number of elements of the n-grams that are counted.
  public var minimumLength = 1
  public var maximumLength = 1
  /// The most elements left out between neighbours.
  public var maximumSkip = 0
  /// Where in the pool the n-grams of each length start, beginning with those of length 1.
  public var starts: [Int] = []
  /// For each n-gram of the pool its place in the result.
  public var places: [Int] = []
  /// For each n-gram of the pool its weight; all are 1 if there are none.
  public var weights: [Float] = []
  /// The n-grams one after the other: integers, or texts.
  public var integers: [Int] = []
  public var texts: [String] = []

  enum CodingKeys: String, CodingKey {
    case mode
    case minimumLength = "min_gram_length"
    case maximumLength = "max_gram_length"
    case maximumSkip = "max_skip_count"
    case starts = "ngram_counts"
    case places = "ngram_indexes"
    case weights
    case integers = "pool_int64s"
    case texts = "pool_strings"
  }

  public init() {}

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 1)
    try check(inputs[0], 0, rank: 1...2)
    if texts.isEmpty {
      guard [.int32, .int64].contains(inputs[0].elementType) else {
        throw MIGraphXError(
          .invalidShape,
          "input 0 must be of int32_type or int64_type, found \(inputs[0].elementType.rawValue)")
      }
    } else {
      try checkText(inputs[0], 0)
    }
    let size = try checkedSize()
    return [Shape(.float, inputs[0].dimensions.dropLast() + [Dimension(size)])]
  }

  /// The number of places in the result.
  private func checkedSize() throws(MIGraphXError) -> Int {
    guard integers.isEmpty != texts.isEmpty else {
      throw MIGraphXError(
        .invalidArgument,
        "one of 'pool_int64s' and 'pool_strings' must have elements, found \(integers.count) and "
          + "\(texts.count)")
    }
    guard minimumLength >= 1, maximumLength >= minimumLength, maximumSkip >= 0 else {
      throw MIGraphXError(
        .invalidArgument,
        "lengths of n-grams must be at least 1 and the skip not negative, found lengths "
          + "\(minimumLength) to \(maximumLength) and skip \(maximumSkip)")
    }
    let count = max(integers.count, texts.count)
    guard starts.count >= maximumLength, starts.first ?? 0 >= 0, starts.last ?? 0 <= count,
      zip(starts, starts.dropFirst()).allSatisfy({ $0 <= $1 })
    else {
      throw MIGraphXError(
        .invalidArgument,
        "'ngram_counts' must name \(maximumLength) ascending starts from 0 to \(count), found "
          + "\(starts)")
    }
    var gramCount = 0
    for (index, range) in ranges.enumerated() {
      let (quotient, rest) = range.count.quotientAndRemainder(dividingBy: index + 1)
      guard rest == 0 else {
        throw MIGraphXError(
          .invalidArgument,
          "\(range.count) elements of the pool can't be n-grams of length \(index + 1)")
      }
      gramCount += quotient
    }
    guard places.count == gramCount, let largest = places.max(), places.allSatisfy({ $0 >= 0 }),
      largest < 1 << 31
    else {
      throw MIGraphXError(
        .invalidArgument,
        "'ngram_indexes' must have a place for each of the \(gramCount) n-grams, found "
          + "\(places.count)")
    }
    guard weights.isEmpty || weights.count == gramCount else {
      throw MIGraphXError(
        .invalidArgument,
        "'weights' must have \(gramCount) elements or none, found \(weights.count)")
    }
    return largest + 1
  }

  /// Where in the pool the n-grams of each length stand.
  private var ranges: [Range<Int>] {
    let count = max(integers.count, texts.count)
    return starts.indices.map { starts[$0]..<($0 + 1 < starts.count ? starts[$0 + 1] : count) }
  }

  /// An element, comparable byte by byte.
  private enum Element: Hashable {
    case integer(Int)
    case text([UInt8])
  }

  /// The n-grams that begin alike.
  private struct Branch {
    /// The number of the n-gram that ends here.
    var gram: Int?
    var next: [Element: Int] = [:]
  }

  /// All n-grams of lengths that are counted, as a tree: its first element is the root.
  private func tree() -> [Branch] {
    let pool: [Element] =
      texts.isEmpty ? integers.map { .integer($0) } : texts.map { .text(Array($0.utf8)) }
    var tree = [Branch()]
    var gram = 0
    for (index, range) in ranges.enumerated() {
      let length = index + 1
      for start in stride(from: range.lowerBound, to: range.upperBound, by: length) {
        defer { gram += 1 }
        guard length >= minimumLength, length <= maximumLength else { continue }
        var branch = 0
        for element in pool[start..<start + length] {
          if let known = tree[branch].next[element] {
            branch = known
          } else {
            tree.append(Branch())
            tree[branch].next[element] = tree.count - 1
            branch = tree.count - 1
          }
        }
        tree[branch].gram = gram
      }
    }
    return tree
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    let lens = try numbers(concreteShapes(inputs)[0].dimensions)
    let tree = tree()
    let elements: [Element] =
      texts.isEmpty
      ? inputs[0].integers.map { .integer($0) }
      : inputs[0].stringElements.map { .text(Array($0.utf8)) }
    let (size, length) = (lens[lens.count - 1], inputs[0].lens[inputs[0].rank - 1])
    var result = [Float](repeating: 0, count: lens.reduce(1, *))
    for row in 0..<(result.count / size) {
      var counts: [Int: Int] = [:]
      count(elements[row * length..<(row + 1) * length], tree, &counts)
      for (gram, count) in counts.sorted(by: { $0.key < $1.key }) {
        let weight = weights.isEmpty ? 1 : weights[gram]
        let place = row * size + places[gram]
        switch mode {
        case .count: result[place] += Float(count)
        case .weight: result[place] = weight
        case .product: result[place] += weight * Float(count)
        }
      }
    }
    return [try Argument(result, lens: lens)]
  }

  /// Counts the n-grams of one row, those of one element once and longer ones for each distance of neighbours.
  private func count(
    _ row: ArraySlice<Element>, _ tree: [Branch], _ counts: inout [Int: Int]
  ) {
    var shortest = minimumLength
    // Distances beyond the row's end find nothing.
    for distance in 1...min(maximumSkip, row.count) + 1 {
      for start in row.indices {
        var (branch, place, length) = (0, start, 1)
        while length <= maximumLength, place < row.endIndex,
          let next = tree[branch].next[row[place]]
        {
          branch = next
          if length >= shortest, let gram = tree[branch].gram { counts[gram, default: 0] += 1 }
          length += 1
          place += distance
        }
      }
      if shortest == 1 {
        shortest = 2
        if maximumLength < 2 { break }
      }
    }
  }
}
