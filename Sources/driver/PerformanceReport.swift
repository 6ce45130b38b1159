import IR
import Support
import Tensors

/// What `perf` prints about the times of many runs, all in milliseconds.
struct PerformanceReport {
  /// The module that ran.
  let module: Module
  /// How many samples one run works on.
  let batch: Int
  /// The times of whole runs.
  let runs: [Double]
  /// The times of each instruction.
  let instructions: [InstructionID: [Double]]
  /// What runs took between their instructions.
  let gaps: [Double]
  /// Whether sums are by operator, type and sizes, not by operator alone.
  let isDetailed: Bool

  func text(_ options: TextOptions) -> String {
    let means = instructions.mapValues { Times($0).middleMean }
    let sum = means.values.reduce(0, +)
    func share(_ time: Double) -> String {
      sum > 0 ? shortText((100 * time / sum).rounded(.up)) : "0"
    }
    var lines: [String] = []
    let names = module.instructionNames
    for id in module.order {
      let line = module.line(for: id, names: names, options)
      let time = means[id] ?? 0
      lines.append(
        id == module.returnID ? line : "\(line): \(shortText(time))ms, \(share(time))%")
    }
    if module.returnID == nil { lines.append("") }
    lines.append("Summary:")
    for group in groups(means) {
      lines.append(
        "\(group.name): \(shortText(group.time))ms / \(group.count) = "
          + "\(shortText(group.time / Double(group.count)))ms, \(share(group.time))%")
    }
    lines.append("")
    let times = Times(runs)
    let total = times.middleMean
    let gap = Times(gaps).middleMean
    func percent(_ time: Double) -> String {
      total > 0 ? shortText((100 * time / total).rounded()) : "0"
    }
    let percentiles = [0.9, 0.95, 0.99].map { "\(shortText(times.percentile($0)))ms" }
    lines += [
      "Batch size: \(batch)",
      "Rate: \(shortText(1000 / total * Double(batch))) inferences/sec",
      "Total time: \(shortText(total))ms (Min: \(shortText(times.least))ms, "
        + "Max: \(shortText(times.greatest))ms, Mean: \(shortText(times.mean))ms, "
        + "Median: \(shortText(times.median))ms)",
      "Percentiles (90%, 95%, 99%): (\(percentiles.joined(separator: ", ")))",
      "Total instructions time: \(shortText(sum))ms",
      "Overhead time: \(shortText(gap))ms, \(shortText(total - sum))ms",
      "Overhead: \(percent(gap))%, \(percent(total - sum))%",
    ]
    return lines.map { $0 + "\n" }.joined()
  }

  /// The sums of times by ``groupName(_:)``, largest first.
  private func groups(
    _ means: [InstructionID: Double]
  ) -> [(name: String, time: Double, count: Int)] {
    var sums: [String: (time: Double, count: Int)] = [:]
    for id in module.order where id != module.returnID {
      sums[groupName(id), default: (0, 0)].time += means[id] ?? 0
      sums[groupName(id), default: (0, 0)].count += 1
    }
    return sums.map { ($0.key, $0.value.time, $0.value.count) }
      .sorted { ($1.time, $0.name) < ($0.time, $1.name) }
  }

  /// The operator, and in detail its result's type and the sizes of its inputs.
  private func groupName(_ id: InstructionID) -> String {
    let instruction = module[id]
    guard isDetailed, instruction.op != nil else { return instruction.name }
    let types = instruction.types.map { $0.shape?.elementType.rawValue ?? "\($0)" }
    let sizes = instruction.inputs.map { input in
      module.shape(of: input).map { shape in
        "{\(shape.dimensions.map(\.description).joined(separator: ", "))}"
      } ?? "\(module.type(of: input))"
    }
    return "\(instruction.name)<\((types + sizes).joined(separator: ", "))>"
  }
}

/// Times of one thing, in order.
struct Times {
  private let sorted: [Double]

  /// - Precondition: there is at least one.
  init(_ times: [Double]) { sorted = times.sorted() }

  var least: Double { sorted[0] }
  var greatest: Double { sorted[sorted.count - 1] }
  var mean: Double { sorted.reduce(0, +) / Double(sorted.count) }

  /// The mean without the lowest and the highest quarter.
  var middleMean: Double {
    let quarter = sorted.count / 4
    let middle = sorted[quarter..<sorted.count - quarter]
    return middle.reduce(0, +) / Double(middle.count)
  }

  var median: Double {
    let half = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
  }

  func percentile(_ part: Double) -> Double { sorted[Int(part * Double(sorted.count - 1))] }
}
