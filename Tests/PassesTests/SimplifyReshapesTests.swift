import IR
import Operators
import Passes
import Support
import Tensors
import Testing

@Suite struct SimplifyReshapesTests {
  private let pass = SimplifyReshapes()
  private let n = Dimension(Symbol("N", minimum: 1))

  @Test func joinsTransposes() throws {
    // Axis i of the outer one is axis [1, 2, 0][[1, 2, 0][i]] of x: 2, 0, 1.
    try expect(pass) { m in
      let x = try m.parameter("x", 2, 3, 4)
      let y = try m.add(Transpose(permutation: [1, 2, 0]), x)
      return [try m.add(Neg(), m.add(Transpose(permutation: [1, 2, 0]), y))]
    } to: { m in
      let x = try m.parameter("x", 2, 3, 4)
      return [try m.add(Neg(), m.add(Transpose(permutation: [2, 0, 1]), x))]
    }
  }

  @Test func dropsTransposesThatCancel() throws {
    try expect(pass) { m in
      let x = try m.parameter("x", n, 3, 4)
      let y = try m.add(Transpose(permutation: [0, 2, 1]), x)
      return [try m.add(Transpose(permutation: [0, 2, -2]), y)]
    } to: { m in
      [try m.parameter("x", n, 3, 4)]
    }
  }

  @Test func reshapesInsteadOfMovingUnitAxes() throws {
    try expect(pass) { m in
      [try m.add(Transpose(permutation: [1, 0, 2]), m.parameter("x", n, 1, 4))]
    } to: { m in
      [try m.add(Reshape(dims: [1, n, 4]), m.parameter("x", n, 1, 4))]
    }
    try expect(pass) { m in
      let x = try m.parameter("x", 2, 1, 4)
      let y = try m.add(Transpose(permutation: [2, 0, 1]), x)
      return [try m.add(Relu(), y)]
    } to: { m in
      let x = try m.parameter("x", 2, 1, 4)
      let y = try m.add(Transpose(permutation: [2, 0, 1]), x)
      return [try m.add(Relu(), y)]
    }
  }

  @Test func joinsReshapes() throws {
    try expect(pass) { m in
      let x = try m.parameter("x", n, 3, 4)
      let y = try m.add(Reshape(dims: [n, 12]), x)
      return [try m.add(Unsqueeze(axes: [1]), m.add(Reshape(dims: [n * 12]), y))]
    } to: { m in
      [try m.add(Reshape(dims: [n * 12, 1]), m.parameter("x", n, 3, 4))]
    }
  }

  @Test func dropsSqueezeOfUnsqueeze() throws {
    try expect(pass) { m in
      let x = try m.add(Transpose(permutation: [1, 0]), m.parameter("x", n, 3))
      let y = try m.add(Squeeze(axes: [1]), m.add(Unsqueeze(axes: [1]), x))
      return [try m.add(Relu(), y)]
    } to: { m in
      let x = try m.add(Transpose(permutation: [1, 0]), m.parameter("x", n, 3))
      return [try m.add(Relu(), x)]
    }
  }

  @Test func keepsViewsOfViews() throws {
    // A reshape would copy the transposed tensor; two views don't.
    try expect(pass) { m in
      let x = try m.add(Transpose(permutation: [1, 0]), m.parameter("x", 2, 3))
      let y = try m.add(Unsqueeze(axes: [0]), m.add(Unsqueeze(axes: [1]), x))
      return [try m.add(Relu(), y)]
    } to: { m in
      let x = try m.add(Transpose(permutation: [1, 0]), m.parameter("x", 2, 3))
      let y = try m.add(Unsqueeze(axes: [0]), m.add(Unsqueeze(axes: [1]), x))
      return [try m.add(Relu(), y)]
    }
  }

  @Test func joinsSlices() throws {
    try expect(pass) { m in
      let x = try m.parameter("x", 8, 9, n)
      let y = try m.add(Slice(axes: [0, 1], starts: [1, 2], ends: [7, 100]), x)
      return [try m.add(Relu(), m.add(Slice(axes: [-2], starts: [3], ends: [5]), y))]
    } to: { m in
      // Axis 1: 2 + 3 and 2 elements.
      let x = try m.parameter("x", 8, 9, n)
      return [
        try m.add(Relu(), m.add(Slice(axes: [0, 1], starts: [1, 5], ends: [7, 7]), x))
      ]
    }
  }

  @Test(arguments: [-1, 2]) func keepsSlicesWithSteps(step: Int) throws {
    let start = step < 0 ? 7 : 0
    try expect(
      pass,
      keeps: { m in
        let x = try m.parameter("x", 8)
        let y = try m.add(
          Slice(axes: [0], starts: [Dimension(start)], ends: [step < 0 ? -100 : 8], steps: [step]),
          x)
        return [try m.add(Relu(), m.add(Slice(axes: [0], starts: [1], ends: [3]), y))]
      })
  }

  @Test func takesThePartOfAConcat() throws {
    try expect(pass) { m in
      let (x, y) = (try m.parameter("x", n, 3), try m.parameter("y", n, 5))
      let joined = try m.add(Concat(axis: 1), x, y)
      return [
        try m.add(Slice(axes: [1], starts: [0], ends: [3]), joined),
        try m.add(Relu(), m.add(Slice(axes: [1], starts: [4], ends: [6]), joined)),
        try m.add(Relu(), m.add(Slice(axes: [1], starts: [2], ends: [4]), joined)),
      ]
    } to: { m in
      let (x, y) = (try m.parameter("x", n, 3), try m.parameter("y", n, 5))
      let joined = try m.add(Concat(axis: 1), x, y)
      return [
        x,
        try m.add(Relu(), m.add(Slice(axes: [1], starts: [1], ends: [3]), y)),
        try m.add(Relu(), m.add(Slice(axes: [1], starts: [2], ends: [4]), joined)),
      ]
    }
  }

  @Test func flattensConcats() throws {
    try expect(pass) { m in
      let (x, y) = (try m.parameter("x", n, 3), try m.parameter("y", n, 5))
      let inner = try m.add(Concat(axis: -1), x, y)
      let single = try m.add(Concat(axis: 0), y)
      return [try m.add(Concat(axis: 1), inner, single, x)]
    } to: { m in
      let (x, y) = (try m.parameter("x", n, 3), try m.parameter("y", n, 5))
      return [try m.add(Concat(axis: 1), x, y, y, x)]
    }
  }

  @Test func keepsConcatsWithOtherUsersOrAxes() throws {
    try expect(
      pass,
      keeps: { m in
        let (x, y) = (try m.parameter("x", 2, 3), try m.parameter("y", 2, 3))
        let inner = try m.add(Concat(axis: 1), x, y)
        let other = try m.add(Concat(axis: 0), inner, inner)
        return [try m.add(Concat(axis: 1), inner, inner), other]
      })
  }

  @Test func joinsBroadcasts() throws {
    try expect(pass) { m in
      let x = try m.parameter("x", 3, 1)
      _ = try m.parameter("size", n)
      let y = try m.add(Multibroadcast(outLens: [3, n]), x)
      let z = try m.add(Broadcast(axis: 1, outLens: [2, 4]), m.parameter("b", 4))
      return [
        try m.add(Relu(), m.add(Multibroadcast(outLens: [5, 3, n]), y)),
        try m.add(Relu(), m.add(Multibroadcast(outLens: [n, 2, 4]), z)),
      ]
    } to: { m in
      let x = try m.parameter("x", 3, 1)
      _ = try m.parameter("size", n)
      let b = try m.parameter("b", 4)
      let y = try m.add(Relu(), m.add(Multibroadcast(outLens: [5, 3, n]), x))
      return [y, try m.add(Relu(), m.add(Broadcast(axis: 2, outLens: [n, 2, 4]), b))]
    }
  }
}
