import IR
import Operators
import Support
import Tensors

extension ONNXOperators {
  /// Operators on text.
  static let stringConverters: [String: Converter] = [
    "RegexFullMatch": { (node) throws(MIGraphXError) in
      guard let pattern = try node.string("pattern") else {
        throw MIGraphXError(.invalidFile, "attribute 'pattern' is needed")
      }
      return [try node.add(RegexFullMatch(pattern: pattern), node.input(0))]
    },
    "StringConcat": { (node) throws(MIGraphXError) in
      [try node.broadcasting(StringConcat(), node.input(0), node.input(1))]
    },
    "StringNormalizer": { (node) throws(MIGraphXError) in
      let name = try node.string("case_change_action") ?? "NONE"
      guard let change = StringNormalizer.CaseChange(rawValue: name) else {
        throw MIGraphXError(
          .invalidFile, "'case_change_action' must be LOWER, UPPER or NONE, found '\(name)'")
      }
      let op = StringNormalizer(
        caseChange: change, isCaseSensitive: try node.flag("is_case_sensitive"),
        stopwords: try node.strings("stopwords") ?? [])
      return [try node.add(op, node.input(0))]
    },
    "StringSplit": { (node) throws(MIGraphXError) in
      let op = StringSplit(
        delimiter: try node.string("delimiter") ?? "", maxsplit: try node.int("maxsplit") ?? -1)
      return node.results(of: try node.add(op, inputs: [node.input(0)]))
    },
    "TfIdfVectorizer": tfIdf,
  ]

  private static let tfIdf: Converter = { (node) throws(MIGraphXError) in
    var op = TfIdfVectorizer()
    let name = try node.string("mode") ?? "TF"
    guard let mode = TfIdfVectorizer.Mode(rawValue: name) else {
      throw MIGraphXError(.invalidFile, "'mode' must be TF, IDF or TFIDF, found '\(name)'")
    }
    op.mode = mode
    op.minimumLength = try node.int("min_gram_length") ?? 1
    op.maximumLength = try node.int("max_gram_length") ?? 1
    op.maximumSkip = try node.int("max_skip_count") ?? 0
    op.starts = try node.ints("ngram_counts") ?? []
    op.places = try node.ints("ngram_indexes") ?? []
    op.weights = try node.floats("weights") ?? []
    op.integers = try node.ints("pool_int64s") ?? []
    op.texts = try node.strings("pool_strings") ?? []
    return [try node.add(op, node.input(0))]
  }
}
