import Support

/// The element type, sizes and strides of a tensor; sizes and strides may be symbolic.
///
/// Strides count elements. A view keeps its parent's strides; a dimension with stride 0 repeats
/// one element.
public struct Shape: Hashable, Sendable {
  /// The type of each element.
  public let elementType: ElementType
  /// The size of each axis, outermost first.
  public let dimensions: [Dimension]
  /// How many elements of memory lie between neighbours along each axis.
  public let strides: [Dimension]

  /// The largest number of bytes that a tensor of fixed shape may span, and the largest stride.
  public static let maximumByteCount = 1 << 47
  /// The largest number of axes.
  public static let maximumRank = 64

  /// Makes a row-major shape without gaps.
  public init(_ elementType: ElementType, _ dimensions: [Dimension]) {
    self.init(
      elementType, dimensions, strides: Shape.standardStrides(for: dimensions))
  }

  /// Makes a shape with the given strides, as many as there are dimensions.
  ///
  /// A single axis of size 1 always gets stride 1, so that stride 0 says "rank 0" in text form.
  public init(_ elementType: ElementType, _ dimensions: [Dimension], strides: [Dimension]) {
    precondition(dimensions.count == strides.count, "one stride is needed for each dimension")
    self.elementType = elementType
    self.dimensions = dimensions
    self.strides = dimensions == [1] ? [1] : strides
  }

  /// Makes a row-major shape of fixed size without gaps.
  public init(_ elementType: ElementType, lens: [Int]) {
    self.init(elementType, lens.map { Dimension($0) })
  }

  /// Makes a shape of fixed size with the given strides.
  public init(_ elementType: ElementType, lens: [Int], strides: [Int]) {
    self.init(elementType, lens.map { Dimension($0) }, strides: strides.map { Dimension($0) })
  }

  /// Row-major strides without gaps: the last axis has stride 1.
  ///
  /// With more axes than ``maximumRank``, which ``validate()`` refuses, all strides are 1.
  public static func standardStrides(for dimensions: [Dimension]) -> [Dimension] {
    var strides = [Dimension](repeating: 1, count: dimensions.count)
    if dimensions.count > maximumRank { return strides }
    for axis in dimensions.indices.dropLast().reversed() {
      strides[axis] = strides[axis + 1] * dimensions[axis + 1]
    }
    return strides
  }

  /// The number of axes.
  public var rank: Int { dimensions.count }

  /// The number of elements, counting repeated ones.
  public var elementCount: Dimension { dimensions.reduce(1, *) }

  /// The number of elements of memory from the first to the last one; 0 when there are none.
  public var elementSpan: Dimension {
    if dimensions.contains(0) { return 0 }
    return zip(dimensions, strides).reduce(1) { span, axis in
      let isReversed = axis.1.upperBound.map { $0 < 0 } ?? false
      return span + (axis.0 - 1) * (isReversed ? -axis.1 : axis.1)
    }
  }

  /// The number of bytes of memory from the first to the last element.
  public var byteCount: Dimension {
    (elementSpan * Dimension(elementType.bitWidth)).ceilDivided(by: 8)
  }

  /// Whether every dimension and stride is a number.
  public var isFixed: Bool {
    dimensions.allSatisfy(\.isConstant) && strides.allSatisfy(\.isConstant)
  }

  /// The sizes as numbers; nil if one is symbolic.
  public var lens: [Int]? { constants(of: dimensions) }

  /// Whether the elements lie in row-major order without gaps. Strides of axes of size 1 don't count.
  public var isStandard: Bool {
    let standard = Shape.standardStrides(for: dimensions)
    return zip(dimensions, zip(strides, standard)).allSatisfy { $0 == 1 || $1.0 == $1.1 }
  }

  /// Whether the elements fill their memory without gaps or repetition, in any order of axes.
  public var isPacked: Bool {
    if dimensions.contains(0) { return true }
    var axes = zip(dimensions, strides).filter { $0.0 != 1 }
    var expected: Dimension = 1
    while !axes.isEmpty {
      guard let axis = axes.firstIndex(where: { $0.1 == expected }) else { return false }
      expected *= axes.remove(at: axis).0
    }
    return true
  }

  /// Whether some axis of more than one element has stride 0, so that elements repeat.
  public var isBroadcasted: Bool {
    !dimensions.contains(0) && zip(dimensions, strides).contains { $0 != 1 && $1 == 0 }
  }

  /// Whether an outer axis has a smaller stride than an inner one.
  public var isTransposed: Bool {
    let relevant = zip(dimensions, strides).filter { $0 != 1 && $1 != 0 }.map(\.1)
    return zip(relevant, relevant.dropFirst()).contains { outer, inner in
      outer != inner && (outer - inner).upperBound.map { $0 <= 0 } ?? false
    }
  }

  /// Whether all elements are one element of memory.
  public var isScalar: Bool { strides.allSatisfy { $0 == 0 } }

  /// The same shape with row-major strides without gaps.
  public var standard: Shape { Shape(elementType, dimensions) }

  /// The same sizes and strides with another element type.
  public func with(elementType: ElementType) -> Shape {
    Shape(elementType, dimensions, strides: strides)
  }

  /// The position in memory, counted in elements from the first one, of the element at `multiIndex`.
  ///
  /// - Throws: `invalidArgument` when the index has another rank or lies outside.
  public func index(of multiIndex: [Int]) throws(MIGraphXError) -> Dimension {
    guard multiIndex.count == rank else {
      throw MIGraphXError(
        .invalidArgument,
        "index \(multiIndex) has \(multiIndex.count) components; \(self) has \(rank)")
    }
    var position: Dimension = 0
    for (axis, index) in multiIndex.enumerated() {
      guard index >= 0, dimensions[axis].constant.map({ index < $0 }) ?? true else {
        throw MIGraphXError(
          .invalidArgument, "index \(index) lies outside axis \(axis) of \(self)")
      }
      position += Dimension(index) * strides[axis]
    }
    return position
  }

  /// Checks that no size is negative, and that the tensor is small enough to be addressed.
  ///
  /// - Throws: `invalidShape` for a negative size, `limitExceeded` for too many axes or bytes.
  public func validate() throws(MIGraphXError) {
    guard rank <= Shape.maximumRank else {
      throw MIGraphXError(
        .limitExceeded, "a tensor has \(rank) axes; at most \(Shape.maximumRank) are possible")
    }
    if let negative = dimensions.first(where: { ($0.upperBound ?? 0) < 0 }) {
      throw MIGraphXError(
        .invalidShape, "a size must not be negative, found \(negative) in \(self)")
    }
    // The elements that the fixed axes alone make must fit, whatever the symbolic ones are. An
    // empty tensor has no bytes, yet its other axes must not overflow stride arithmetic either.
    var bytes = Swift.max(1, elementType.bitWidth / 8)
    for size in dimensions.compactMap(\.constant) where size > 0 {
      let (product, overflow) = bytes.multipliedReportingOverflow(by: size)
      guard !overflow, product <= Shape.maximumByteCount else {
        throw MIGraphXError(
          .limitExceeded,
          "\(self) needs more than the largest size of a tensor, \(Shape.maximumByteCount) bytes")
      }
      bytes = product
    }
    for stride in strides.compactMap(\.constant) where stride.magnitude > Shape.maximumByteCount {
      throw MIGraphXError(.limitExceeded, "stride \(stride) of \(self) is too large")
    }
  }

  /// The shape for given values of its symbols; nil if one has no value or a size doesn't fit `Int`.
  public func evaluated(_ value: (Symbol) -> Int?) -> Shape? {
    if isFixed { return self }
    var sizes: [Dimension] = []
    var steps: [Dimension] = []
    for (dimension, stride) in zip(dimensions, strides) {
      guard let size = dimension.evaluated(value), let step = stride.evaluated(value) else {
        return nil
      }
      sizes.append(Dimension(size))
      steps.append(Dimension(step))
    }
    return Shape(elementType, sizes, strides: steps)
  }

  /// The symbols that occur in the sizes and strides.
  public var symbols: Set<Symbol> {
    (dimensions + strides).reduce(into: []) { $0.formUnion($1.symbols) }
  }
}

/// The numbers that `dimensions` are; nil if one is symbolic.
public func constants(of dimensions: [Dimension]) -> [Int]? {
  var numbers: [Int] = []
  numbers.reserveCapacity(dimensions.count)
  for dimension in dimensions {
    guard let number = dimension.constant else { return nil }
    numbers.append(number)
  }
  return numbers
}

extension Shape: CustomStringConvertible {
  /// `float_type, {1, 3, H, W}, {3*H*W, H*W, W, 1}`; a shape of rank 0 is `{1}, {0}`.
  public var description: String {
    if rank == 0 { return "\(elementType.rawValue), {1}, {0}" }
    let sizes = dimensions.map(\.description).joined(separator: ", ")
    let steps = strides.map(\.description).joined(separator: ", ")
    return "\(elementType.rawValue), {\(sizes)}, {\(steps)}"
  }
}
