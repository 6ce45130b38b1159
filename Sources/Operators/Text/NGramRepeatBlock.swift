import IR
import Support
import Tensors

/// Rules out the tokens with which a sequence would repeat some of its own n-grams: their scores become -infinity.
///
/// Tokens `[B, S]` and scores `[B, V]` give `[B, V]`.
public struct NGramRepeatBlock: TensorOperator {
  public static let name = "ngram_repeat_block"
  /// The length of the n-grams that may not occur twice; at least 1.
  public var size: Int = 1

  enum CodingKeys: String, CodingKey {
    case size = "ngram_size"
  }

  public init() {}

  /// Makes the operator.
  public init(size: Int) { self.size = size }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 2)
    let (tokens, scores) = (inputs[0], inputs[1])
    try checkIndices(tokens, 0)
    try check(scores, 1, is: .floating)
    for (index, shape) in inputs.enumerated() { try check(shape, index, rank: 2...2) }
    guard size >= 1 else {
      throw MIGraphXError(.invalidArgument, "ngram_size must be at least 1, found \(size)")
    }
    try context.require(
      tokens.dimensions[0], equals: scores.dimensions[0], "the sequences and the rows of scores")
    return [Shape(scores.elementType, scores.dimensions)]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    _ = try concreteShapes(inputs)
    let (tokens, length) = (inputs[0].integers, inputs[0].lens[1])
    let width = inputs[1].lens[1]
    var places: [Int] = []
    for row in 0..<inputs[0].lens[0] {
      for token in repeating(Array(tokens[row * length..<(row + 1) * length])) {
        guard (0..<width).contains(token) else {
          throw MIGraphXError(
            .invalidArgument, "token \(token) of sequence \(row) has no score among the \(width)")
        }
        places.append(row * width + token)
      }
    }
    var blocking = Blocking(scores: inputs[1], places: places)
    guard let result = inputs[1].elementType.visit(&blocking) else { return [inputs[1]] }
    return [try result.get()]
  }

  /// The tokens that would end an n-gram which `tokens` have already.
  private func repeating(_ tokens: [Int]) -> [Int] {
    guard size <= tokens.count else { return [] }
    let backwards = Array(tokens.reversed())
    // Where the last tokens but for the n-gram's end occur, the token that follows there would repeat it.
    let matches = lengthsOfMatches(backwards)
    return (1...tokens.count + 1 - size).filter { matches[$0] >= size - 1 }.map {
      backwards[$0 - 1]
    }
  }

  /// For each place, the end included, how many elements from there on are like those at the start; in linear time.
  private func lengthsOfMatches(_ elements: [Int]) -> [Int] {
    var lengths = [Int](repeating: 0, count: elements.count + 1)
    // The match that reaches farthest.
    var (start, end) = (0, 0)
    for place in elements.indices.dropFirst() {
      var length = place < end ? min(end - place, lengths[place - start]) : 0
      while place + length < elements.count, elements[length] == elements[place + length] {
        length += 1
      }
      lengths[place] = length
      if place + length > end { (start, end) = (place, place + length) }
    }
    return lengths
  }
}

private struct Blocking: ElementVisitor {
  let scores: Argument
  let places: [Int]

  func visit<Element: TensorElement>(_ type: Element.Type) -> Result<Argument, MIGraphXError> {
    var elements = scores.elements(as: type)
    let blocked = Element(converting: -Double.infinity)
    for place in places { elements[place] = blocked }
    return Result { () throws(MIGraphXError) in try Argument(elements, lens: scores.lens) }
  }
}
