import Support
import Tensors

/// Checks that indices along `axis` fit `data`: they have its rank, and are at most as large along other axes.
func checkIndexSizes(_ data: Shape, _ indices: Shape, axis: Int) throws(MIGraphXError) {
  let axis = try normalized(axis: axis, rank: data.rank)
  guard indices.rank == data.rank else {
    throw MIGraphXError(
      .invalidShape, "inputs 0 and 1 must have one rank, found (\(data)) and (\(indices))")
  }
  for other in data.dimensions.indices where other != axis {
    let (size, most) = (indices.dimensions[other], data.dimensions[other])
    if (most + 1).isKnown(lessOrEqual: size) {
      throw MIGraphXError(
        .invalidShape,
        "the indices at axis \(other) must have at most size \(most), found \(size)")
    }
  }
}

/// Where in the row-major order of `data` the element lies that each index along `axis` names.
///
/// - Parameter skipsOutside: whether an index out of range gives -1, in contrast to an error.
func elementPlaces(
  _ data: Argument, _ indices: Argument, axis: Int, skipsOutside: Bool
) throws(MIGraphXError) -> [Int] {
  let strides = try numbers(data.shape.standard.strides)
  let size = data.lens[axis]
  var places: [Int] = []
  places.reserveCapacity(indices.elementCount)
  var index = [Int](repeating: 0, count: data.rank)
  for target in indices.integers {
    if skipsOutside && (target < -size || target >= size) {
      places.append(-1)
    } else {
      var place = try position(target, among: size, axis: axis) * strides[axis]
      for other in index.indices where other != axis { place += index[other] * strides[other] }
      places.append(place)
    }
    advance(&index, within: indices.lens)
  }
  return places
}

/// How many axes of `data` the innermost axis of `indices` names positions of, behind `batchAxes` common ones.
///
/// - Throws: `unsupported` when that size is symbolic, `invalidShape` when there are not so many axes.
func indexDepth(_ data: Shape, _ indices: Shape, batchAxes: Int) throws(MIGraphXError) -> Int {
  guard let innermost = indices.dimensions.last else {
    throw MIGraphXError(.invalidShape, "input 1 must have rank 1 or more, found (\(indices))")
  }
  guard let depth = innermost.constant else {
    throw MIGraphXError(
      .unsupported,
      "the innermost axis of input 1 must have a known size, as it decides a rank; found (\(indices))"
    )
  }
  guard depth >= 1, depth <= data.rank - batchAxes else {
    throw MIGraphXError(
      .invalidShape,
      "the innermost axis of input 1 must have size 1 to \(data.rank - batchAxes), found \(depth)")
  }
  return depth
}

/// Where in the row-major order of `data` the part starts that each row of `indices` names.
func partPlaces(
  _ data: Argument, _ indices: Argument, batchAxes: Int
) throws(MIGraphXError) -> [Int] {
  let depth = indices.lens[indices.rank - 1]
  let strides = try numbers(data.shape.standard.strides)
  let components = indices.integers
  var places: [Int] = []
  var index = [Int](repeating: 0, count: indices.rank - 1)
  for start in stride(from: 0, to: components.count, by: depth) {
    var place = 0
    for axis in 0..<batchAxes { place += index[axis] * strides[axis] }
    for component in 0..<depth {
      let axis = batchAxes + component
      place +=
        try position(components[start + component], among: data.lens[axis], axis: axis)
        * strides[axis]
    }
    places.append(place)
    advance(&index, within: indices.lens)
  }
  return places
}

/// Moves `index` to the next place in row-major order of its leading axes of `lens`.
private func advance(_ index: inout [Int], within lens: [Int]) {
  for axis in index.indices.reversed() {
    index[axis] += 1
    if index[axis] < lens[axis] { return }
    index[axis] = 0
  }
}
