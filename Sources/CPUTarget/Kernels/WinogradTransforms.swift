import Codegen

/// Kernels that carry tiles of a convolution by 3x3 windows into the space where they are products, and back.
///
/// This is F(4x4, 3x3) of A. Lavin and S. Gray, "Fast Algorithms for Convolutional Neural Networks" (2015), with the
/// points 0, 1, -1, 2, -2 and infinity: a tile of 6x6 elements gives 4x4 results by 36 products instead of 144.
enum WinogradTransform: Hashable {
  /// Reads 6x6 places of the input, writes 36 numbers for each channel.
  case input
  /// Reads 36 sums for each channel, writes 4x4 places of the result.
  case output

  /// What the kernels are told, in the order of their block of arguments; each takes eight bytes.
  enum Argument: Int, CaseIterable {
    /// The number of channels.
    case count
    /// The address of the addresses of the tile's places, row by row: 36 to be read, or 16 to be written.
    case places
    /// The address of the first of the tile's 36 numbers.
    case numbers
    /// The bytes from one of them to the next.
    case numberPitch
    // What follows is for the way back only.
    /// The address of one number for each channel that is added.
    case bias
    /// The address of the addresses of 16 places that are added; null for none.
    case residuals
    /// The limits of the result, floats.
    case lowest, highest
  }

  func source(_ set: InstructionSet) -> KernelSource {
    let ir = IRBuilder(set)
    let emitter = Emitter(ir: ir)
    switch self {
    case .input: emitter.emitInput()
    case .output:
      let residuals = emitter.pointer(.residuals)
      ir.branch(ir.compare("eq", residuals, .null)) {
        emitter.emitOutput(residuals: nil)
      } else: {
        emitter.emitOutput(residuals: residuals)
      }
    }
    return ir.source("Winograd \(self)")
  }

  private struct Emitter {
    let ir: IRBuilder

    func pointer(_ argument: Argument) -> IRValue { ir.argument(argument.rawValue, .pointer) }

    /// Does the work for all channels, vector by vector.
    private func forEachVector(_ body: (_ offset: IRValue, _ mask: IRValue?) -> Void) {
      let count = ir.argument(Argument.count.rawValue, .int64)
      let whole = ir.bits(count, and: .integer(-ir.set.lanes))
      _ = ir.loop(from: .integer(0), to: whole, step: ir.set.lanes, carrying: []) { index, _ in
        body(ir.product(index, .integer(4)), nil)
        return []
      }
      let mask = ir.mask(ir.difference(count, whole))
      // No round, or one.
      _ = ir.loop(from: whole, to: count, step: ir.set.lanes, carrying: []) { index, _ in
        body(ir.product(index, .integer(4)), mask)
        return []
      }
    }

    private func load(_ base: IRValue, _ offset: IRValue, _ mask: IRValue?) -> IRValue {
      let place = ir.address(base, offset)
      return mask.map { ir.load(place, mask: $0) } ?? ir.load(ir.vector, place)
    }

    private func store(_ value: IRValue, _ base: IRValue, _ offset: IRValue, _ mask: IRValue?) {
      let place = ir.address(base, offset)
      if let mask { ir.store(value, place, mask: mask) } else { ir.store(value, place) }
    }

    private func entry(_ table: IRValue, _ index: Int) -> IRValue {
      ir.load(.pointer, ir.address(table, 8 * index), alignment: 8)
    }

    /// `x * factor + y`.
    private func scaled(_ x: IRValue, _ factor: Float, plus y: IRValue) -> IRValue {
      ir.multiplyAdd(x, ir.constant(factor), y)
    }

    func emitInput() {
      let (places, numbers) = (pointer(.places), pointer(.numbers))
      let pitch = ir.argument(Argument.numberPitch.rawValue, .int64)
      forEachVector { offset, mask in
        // Columns first.
        var rows = [[IRValue]](repeating: [], count: 6)
        for column in 0..<6 {
          let x = (0..<6).map { load(entry(places, $0 * 6 + column), offset, mask) }
          for (row, value) in inputTransform(x).enumerated() { rows[row].append(value) }
        }
        var place = numbers
        for row in rows {
          for value in inputTransform(row) {
            store(value, place, offset, mask)
            place = ir.address(place, pitch)
          }
        }
      }
    }

    private func inputTransform(_ x: [IRValue]) -> [IRValue] {
      let even = scaled(x[2], -4, plus: x[4])
      let odd = scaled(x[1], -4, plus: x[3])
      let near = ir.subtract(x[4], x[2])
      let far = ir.multiply(ir.subtract(x[3], x[1]), ir.constant(2))
      return [
        scaled(x[0], 4, plus: scaled(x[2], -5, plus: x[4])),
        ir.add(even, odd), ir.subtract(even, odd),
        ir.add(near, far), ir.subtract(near, far),
        scaled(x[1], 4, plus: scaled(x[3], -5, plus: x[5])),
      ]
    }

    func emitOutput(residuals: IRValue?) {
      let (places, numbers) = (pointer(.places), pointer(.numbers))
      let bias = pointer(.bias)
      let pitch = ir.argument(Argument.numberPitch.rawValue, .int64)
      let lowest = ir.splat(ir.argument(Argument.lowest.rawValue, .float))
      let highest = ir.splat(ir.argument(Argument.highest.rawValue, .float))
      forEachVector { offset, mask in
        var columns: [[IRValue]] = []
        var place = numbers
        // Rows first: they lie next to each other.
        for _ in 0..<6 {
          var row: [IRValue] = []
          for _ in 0..<6 {
            row.append(load(place, offset, mask))
            place = ir.address(place, pitch)
          }
          columns.append(outputTransform(row))
        }
        let added = load(bias, offset, mask)
        for column in 0..<4 {
          for (row, sum) in outputTransform(columns.map { $0[column] }).enumerated() {
            let index = row * 4 + column
            var value = ir.add(sum, added)
            if let residuals {
              value = ir.add(value, load(entry(residuals, index), offset, mask))
            }
            // Comparisons with NaN are false, so it stays.
            value = ir.select(ir.compare("ole", value, lowest), lowest, value)
            value = ir.select(ir.compare("oge", value, highest), highest, value)
            store(value, entry(places, index), offset, mask)
          }
        }
      }
    }

    private func outputTransform(_ x: [IRValue]) -> [IRValue] {
      let (nearSum, nearDifference) = (ir.add(x[1], x[2]), ir.subtract(x[1], x[2]))
      let (farSum, farDifference) = (ir.add(x[3], x[4]), ir.subtract(x[3], x[4]))
      return [
        ir.add(x[0], ir.add(nearSum, farSum)),
        scaled(farDifference, 2, plus: nearDifference),
        scaled(farSum, 4, plus: nearSum),
        ir.add(scaled(farDifference, 8, plus: nearDifference), x[5]),
      ]
    }
  }
}
