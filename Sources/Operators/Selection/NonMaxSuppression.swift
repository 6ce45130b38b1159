import IR
import Support
import Tensors

/// Chooses boxes by score, and leaves out those that overlap a chosen one too much.
///
/// Boxes `[B, N, 4]` and scores `[B, C, N]` give int64 `[K, 3]`: batch, class and box of each of the K chosen, class by
/// class in descending order of scores. Further inputs of one element each are: how many boxes to choose of each
/// class at most (int64, 0 if missing), the share of overlapping area above which a box is left out (float, 0
/// if missing), and the score that a box must exceed (float, none if missing). Of equal scores the
/// box with the lower number comes first.
public struct NonMaxSuppression: TensorOperator {
  public static let name = "nonmaxsuppression"
  /// Whether boxes are given as centre x, centre y, width and height, in contrast to two opposite corners
  /// y1, x1, y2, x2.
  public var centerPointBox: Bool = false

  private enum CodingKeys: String, CodingKey {
    case centerPointBox = "center_point_box"
  }

  public init() {}

  /// Makes the operator.
  public init(centerPointBox: Bool) { self.centerPointBox = centerPointBox }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 2...5)
    for index in 0..<2 {
      try check(inputs[index], index, is: .floating)
      try check(inputs[index], index, rank: 3...3)
    }
    let (boxes, scores) = (inputs[0].dimensions, inputs[1].dimensions)
    try context.require(boxes[2], equals: 4, "the innermost axis of input 0 and 4")
    try context.require(boxes[0], equals: scores[0], "inputs 0 and 1 at axis 0")
    try context.require(boxes[1], equals: scores[2], "the boxes and the scores of each class")
    if inputs.count > 2 { try checkIndices(inputs[2], 2) }
    for index in 2..<max(2, inputs.count) {
      if index > 2 { try check(inputs[index], index, is: .floating) }
      try check(inputs[index], index, rank: 0...1)
      try context.require(
        inputs[index].elementCount, equals: 1, "the elements of input \(index) and 1")
    }
    var most = boxes[1]
    if let limit = context.elements(2, count: 1)?[0] {
      most = .minimum(most, .maximum(limit, 0))
    }
    let count = context.freshSize(maximum: (scores[0] * scores[1] * most).upperBound)
    return [Shape(.int64, [count, 3])]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    try checkedShapes(inputs)
    func number(_ index: Int) -> Float? {
      inputs.count > index ? inputs[index].converted(to: Float.self).first : nil
    }
    let limit = inputs.count > 2 ? inputs[2].integers.first ?? 0 : 0
    let overlap = number(3) ?? 0
    guard overlap >= 0, overlap <= 1 else {
      throw MIGraphXError(.invalidArgument, "input 3, a share, must be 0 to 1, found \(overlap)")
    }
    let threshold = number(4)
    let (boxCount, classCount) = (inputs[0].lens[1], inputs[1].lens[1])
    let coordinates = inputs[0].converted(to: Float.self)
    let scores = inputs[1].converted(to: Float.self)
    var chosen: [Int64] = []
    for batch in 0..<inputs[1].lens[0] {
      let boxes = (0..<boxCount).map { index in
        let start = (batch * boxCount + index) * 4
        return Box(coordinates[start..<start + 4], isCentered: centerPointBox)
      }
      for category in 0..<classCount {
        let start = (batch * classCount + category) * boxCount
        let own = Array(scores[start..<start + boxCount])
        for box in choose(limit, boxes, own, overlap, threshold) {
          chosen += [Int64(batch), Int64(category), Int64(box)]
        }
      }
    }
    return [try Argument(chosen, lens: [chosen.count / 3, 3])]
  }

  private func choose(
    _ limit: Int, _ boxes: [Box], _ scores: [Float], _ overlap: Float, _ threshold: Float?
  ) -> [Int] {
    if limit <= 0 { return [] }
    let candidates = boxes.indices
      .filter { index in threshold.map { scores[index] > $0 } ?? !scores[index].isNaN }
      .sorted { scores[$0] > scores[$1] || (scores[$0] == scores[$1] && $0 < $1) }
    var chosen: [Int] = []
    var groups: [BoxGroup] = []
    for candidate in candidates {
      if chosen.count >= limit { break }
      let box = boxes[candidate]
      let isCovered = groups.indices.contains { group in
        let near = groups[group].near(box)
        return any(near)
          && near.indices.contains { lane in
            let place = group * near.scalarCount + lane
            return near[lane] && place < chosen.count
              && boxes[chosen[place]].overlap(box) > overlap
          }
      }
      if isCovered { continue }
      let lane = chosen.count % BoxGroup.count
      if lane == 0 { groups.append(BoxGroup()) }
      groups[groups.count - 1].set(box, lane)
      chosen.append(candidate)
    }
    return chosen
  }
}

/// A rectangle, in the arithmetic of `Float` that decides ties as other runtimes do.
private struct Box {
  fileprivate let x: (least: Float, most: Float)
  fileprivate let y: (least: Float, most: Float)

  init(_ numbers: ArraySlice<Float>, isCentered: Bool) {
    let numbers = Array(numbers)
    if isCentered {
      let (halfWidth, halfHeight) = (numbers[2] / 2, numbers[3] / 2)
      x = (numbers[0] - halfWidth, numbers[0] + halfWidth)
      y = (numbers[1] - halfHeight, numbers[1] + halfHeight)
    } else {
      x = (min(numbers[1], numbers[3]), max(numbers[1], numbers[3]))
      y = (min(numbers[0], numbers[2]), max(numbers[0], numbers[2]))
    }
  }

  private var area: Float { (x.most - x.least) * (y.most - y.least) }

  /// The common area as a share of what both cover together; 0 where that has no meaning.
  func overlap(_ other: Box) -> Float {
    let width = min(x.most, other.x.most) - max(x.least, other.x.least)
    let height = min(y.most, other.y.most) - max(y.least, other.y.least)
    guard width > 0, height > 0, width * height > 0 else { return 0 }
    let union = area + other.area - width * height
    guard area > 0, other.area > 0, union > 0 else { return 0 }
    return width * height / union
  }
}

/// The sides of a few boxes, to be compared with another one at once: most boxes are apart.
private struct BoxGroup {
  static let count = 8
  private var left = SIMD8<Float>(repeating: .infinity)
  private var right = SIMD8<Float>(repeating: -.infinity)
  private var top = SIMD8<Float>(repeating: .infinity)
  private var bottom = SIMD8<Float>(repeating: -.infinity)

  mutating func set(_ box: Box, _ lane: Int) {
    (left[lane], right[lane]) = (box.x.least, box.x.most)
    (top[lane], bottom[lane]) = (box.y.least, box.y.most)
  }

  /// The boxes that may have a part in common with `box`.
  func near(_ box: Box) -> SIMDMask<SIMD8<Int32>> {
    let isApart =
      (right .<= box.x.least) .| (left .>= box.x.most) .| (bottom .<= box.y.least)
      .| (top .>= box.y.most)
    return .!isApart
  }
}
