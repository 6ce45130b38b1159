/// The candidates that `word` may be a misspelling of, nearest first, at most three.
public func nearMatches(for word: String, among candidates: [String]) -> [String] {
  let length = word.unicodeScalars.count
  let limit = max(1, min(4, length / 2))
  return Set(candidates)
    .filter { ($0.unicodeScalars.count - length).magnitude <= limit }
    .map { (distance: editDistance(word, $0), name: $0) }
    .filter { $0.distance <= limit }
    .sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }
    .prefix(3).map(\.name)
}

/// ` Did you mean 'x'?` for the candidate nearest to `word`; empty if none is near.
public func suggestion(for word: String, among candidates: [String]) -> String {
  nearMatches(for: word, among: candidates).first.map { " Did you mean '\($0)'?" } ?? ""
}

/// How many characters must be inserted, removed or replaced to get from one text to the other.
private func editDistance(_ first: String, _ second: String) -> Int {
  let target = Array(second.unicodeScalars)
  var previous = Array(0...target.count)
  for (row, scalar) in first.unicodeScalars.prefix(100).enumerated() {
    var current = [row + 1]
    for (column, other) in target.enumerated() {
      current.append(
        min(
          previous[column] + (scalar == other ? 0 : 1), previous[column + 1] + 1,
          current[column] + 1))
    }
    previous = current
  }
  return previous[target.count]
}
