import Codegen

/// A kernel for one tile of a sum of products: a few rows by one or two vectors of columns.
///
/// The rows may lie anywhere: the address of an element of the left operand is its base, plus an offset of the
/// row, plus an offset of the tap, plus the element's place in the depth. That covers matrix products with any
/// strides of rows, and convolutions, where a row is a place of the result and a tap one of the window.
struct TileKernel: Hashable {
  enum Kind: Hashable {
    /// Each element of the left operand meets a row of columns: `sum += left[row, tap, k] * right[tap, k, column]`.
    case product
    /// Columns stay apart, as in a depthwise convolution: `sum += left[row, tap, column] * right[tap, column]`.
    case depthwise
  }
  let kind: Kind
  let rows: Int
  /// The vectors of columns.
  let vectors: Int
  /// The sums that each element of the result is the sum of. Steps of depth go to them in turn: of more than one
  /// the processor computes several at a time, and shorter sums are more exact.
  let sums: Int

  /// The steps of depth in one round of the innermost loop.
  static let unrolling = 4

  func source(_ set: InstructionSet) -> KernelSource {
    let ir = IRBuilder(set)
    let emitter = Emitter(kernel: self, ir: ir)
    let lastLanes = ir.argument(TileArgument.lastLanes.rawValue, .int64)
    // Only columns that are there may be touched, in depthwise tiles also when reading.
    ir.branch(ir.compare("eq", lastLanes, .integer(set.lanes))) {
      emitter.emit(mask: nil)
    } else: {
      emitter.emit(mask: ir.mask(lastLanes))
    }
    return ir.source("\(kind) \(rows)x\(vectors)x\(sums)")
  }

  /// Writes one body of the kernel.
  private struct Emitter {
    let kernel: TileKernel
    let ir: IRBuilder

    private func pointer(_ argument: TileArgument) -> IRValue {
      ir.argument(argument.rawValue, .pointer)
    }
    private func integer(_ argument: TileArgument) -> IRValue {
      ir.argument(argument.rawValue, .int64)
    }
    private var vectorBytes: Int { ir.set.lanes * 4 }
    private var rowBytes: Int { kernel.vectors * vectorBytes }

    /// - Parameter mask: the lanes of the last vector that count; nil for all.
    func emit(mask: IRValue?) {
      let left = pointer(.left)
      let offsets = pointer(.rowOffsets)
      let rows = (0..<kernel.rows).map { row in
        ir.address(left, ir.load(.int64, ir.address(offsets, 8 * row), alignment: 8))
      }
      let bias = pointer(.bias)
      let first = (0..<kernel.vectors).map {
        ir.load(ir.vector, ir.address(bias, $0 * vectorBytes))
      }
      let taps = pointer(.tapOffsets)
      let zeros = Array(
        repeating: ir.constant(0), count: (kernel.sums - 1) * kernel.rows * kernel.vectors)
      let start = (0..<kernel.rows).flatMap { _ in first } + zeros
      let sums = ir.loop(
        from: .integer(0), to: integer(.tapCount), step: 1, carrying: [pointer(.right)] + start
      ) { tap, state in
        let place = ir.address(taps, ir.product(tap, .integer(8)))
        let offset = ir.load(.int64, place, alignment: 8)
        return kernel.kind == .product
          ? products(rows, offset, state) : depthwiseTap(rows, offset, state, mask)
      }
      finish(total(Array(sums.dropFirst())), mask)
    }

    /// The sums of each element added up.
    private func total(_ sums: [IRValue]) -> [IRValue] {
      var sums = sums
      while sums.count > kernel.rows * kernel.vectors {
        let half = sums.count / 2
        sums = (0..<half).map { ir.add(sums[$0], sums[half + $0]) }
      }
      return sums
    }

    /// The sums after one tap of a product.
    private func products(_ rows: [IRValue], _ offset: IRValue, _ state: [IRValue]) -> [IRValue] {
      let depth = integer(.depth)
      let unrolled = ir.bits(depth, and: .integer(-TileKernel.unrolling))
      let middle = ir.sum(offset, ir.product(unrolled, .integer(4)))
      let end = ir.sum(offset, ir.product(depth, .integer(4)))
      let most = steps(TileKernel.unrolling, rows, from: offset, to: middle, state)
      return steps(1, rows, from: middle, to: end, most)
    }

    private func steps(
      _ count: Int, _ rows: [IRValue], from start: IRValue, to end: IRValue, _ state: [IRValue]
    ) -> [IRValue] {
      ir.loop(from: start, to: end, step: 4 * count, carrying: state) { offset, state in
        var sums = Array(state.dropFirst())
        for step in 0..<count {
          let right = (0..<kernel.vectors).map { vector in
            ir.load(ir.vector, ir.address(state[0], step * rowBytes + vector * vectorBytes))
          }
          for (row, base) in rows.enumerated() {
            let place = ir.address(ir.address(base, offset), 4 * step)
            let factor = ir.splat(ir.load(.float, place))
            for vector in 0..<kernel.vectors {
              let part = step % kernel.sums * kernel.rows
              let index = (part + row) * kernel.vectors + vector
              sums[index] = ir.multiplyAdd(factor, right[vector], sums[index])
            }
          }
        }
        return [ir.address(state[0], count * rowBytes)] + sums
      }
    }

    /// The sums after one tap of a depthwise convolution.
    private func depthwiseTap(
      _ rows: [IRValue], _ offset: IRValue, _ state: [IRValue], _ mask: IRValue?
    ) -> [IRValue] {
      var sums = Array(state.dropFirst())
      for vector in 0..<kernel.vectors {
        let right = ir.load(ir.vector, ir.address(state[0], vector * vectorBytes))
        for (row, base) in rows.enumerated() {
          let place = ir.address(ir.address(base, offset), vector * vectorBytes)
          let isLast = vector == kernel.vectors - 1
          let factor =
            isLast
            ? mask.map { ir.load(place, mask: $0) } ?? ir.load(ir.vector, place)
            : ir.load(ir.vector, place)
          let index = row * kernel.vectors + vector
          sums[index] = ir.multiplyAdd(factor, right, sums[index])
        }
      }
      return [ir.address(state[0], rowBytes)] + sums
    }

    /// Adds the residual, limits, and writes.
    private func finish(_ sums: [IRValue], _ mask: IRValue?) {
      let residual = pointer(.residual)

      ir.branch(ir.compare("eq", residual, .null)) {
        write(sums, mask)
      } else: {
        let pitch = integer(.residualPitch)
        write(
          forEachVector(residual, pitch) { index, place, isLast in
            let added = isLast ? mask.map { ir.load(place, mask: $0) } : nil
            return ir.add(sums[index], added ?? ir.load(ir.vector, place))
          }, mask)
      }
    }

    private func write(_ sums: [IRValue], _ mask: IRValue?) {
      let lowest = ir.splat(ir.argument(TileArgument.lowest.rawValue, .float))
      let highest = ir.splat(ir.argument(TileArgument.highest.rawValue, .float))
      _ = forEachVector(pointer(.result), integer(.resultPitch)) { index, place, isLast in
        // Comparisons with NaN are false, so it stays.
        let raised = ir.select(ir.compare("ole", sums[index], lowest), lowest, sums[index])
        let value = ir.select(ir.compare("oge", raised, highest), highest, raised)
        if isLast, let mask { ir.store(value, place, mask: mask) } else { ir.store(value, place) }
        return value
      }
    }

    private func forEachVector(
      _ base: IRValue, _ pitch: IRValue, _ body: (Int, IRValue, Bool) -> IRValue
    ) -> [IRValue] {
      var results: [IRValue] = []
      var row = base
      for _ in 0..<kernel.rows {
        for vector in 0..<kernel.vectors {
          let place = ir.address(row, vector * vectorBytes)
          results.append(body(results.count, place, vector == kernel.vectors - 1))
        }
        row = ir.address(row, pitch)
      }
      return results
    }
  }
}
