extension MemoryPlan {
  /// A picture: time (steps) across, addresses up, each buffer a box with its name and size as its title.
  ///
  /// Buffers of no bytes don't show. The dashed line is at ``lowerBound``.
  public var svg: String {
    let picture = Picture(self)
    var lines = [
      #"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 760" "#
        + #"font-family="sans-serif" font-size="12">"#,
      "<title>Memory plan</title>",
      #"<rect width="1200" height="760" fill="white"/>"#,
      #"<text x="80" y="24">arena \#(byteCount) bytes, lower bound \#(lowerBound) bytes, "#
        + "\(buffers.count) buffers</text>",
    ]
    lines += picture.axes
    lines.append(#"<g stroke="black" stroke-width="0.3">"#)
    for index in buffers.indices where buffers[index].byteCount > 0 {
      lines.append(picture.box(index))
    }
    lines.append("</g>")
    let bound = coordinate(picture.y(lowerBound))
    lines.append(
      #"<path d="M80 \#(bound)H1180" stroke="red" stroke-dasharray="6 4" fill="none"/>"#)
    lines.append("</svg>")
    return lines.map { $0 + "\n" }.joined()
  }
}

/// Where things stand in the picture of a plan.
private struct Picture {
  private let plan: MemoryPlan
  private let firstStep: Double
  private let stepWidth: Double
  private let byteHeight: Double

  init(_ plan: MemoryPlan) {
    self.plan = plan
    let first = Double(plan.buffers.map(\.firstStep).min() ?? 0)
    let last = Double(plan.buffers.map(\.lastStep).max() ?? 0)
    firstStep = first
    stepWidth = 1100 / (last - first + 1)
    byteHeight = 680 / Double(max(1, plan.byteCount))
  }

  func x(_ step: Double) -> Double { 80 + (step - firstStep) * stepWidth }

  func y(_ address: Int) -> Double { 720 - Double(address) * byteHeight }

  func box(_ index: Int) -> String {
    let buffer = plan.buffers[index]
    let offset = plan.offsets[index]
    let left = x(Double(buffer.firstStep))
    let top = y(offset + buffer.byteCount)
    let title =
      "\(buffer.name): \(buffer.byteCount) bytes at \(offset), "
      + "steps \(buffer.firstStep) to \(buffer.lastStep)"
    // Hues a golden angle apart differ most between neighbours.
    let hue = (index % 360) * 137 % 360
    return #"<rect class="buffer" x="\#(coordinate(left))" y="\#(coordinate(top))" "#
      + #"width="\#(coordinate(x(Double(buffer.lastStep) + 1) - left))" "#
      + #"height="\#(coordinate(y(offset) - top))" fill="hsl(\#(hue),60%,70%)">"#
      + "<title>\(escaped(title))</title></rect>"
  }

  /// Lines under and beside the boxes, with numbers.
  var axes: [String] {
    var lines = [#"<path d="M80 40V720H1180" stroke="black" fill="none"/>"#]
    for tick in 0...4 {
      let address = plan.byteCount / 4 * tick
      lines.append(
        #"<text x="74" y="\#(coordinate(y(address) + 4))" text-anchor="end">"#
          + "\(size(address))</text>")
    }
    for step in [plan.buffers.map(\.firstStep).min(), plan.buffers.map(\.lastStep).max()] {
      guard let step else { continue }
      lines.append(
        #"<text x="\#(coordinate(x(Double(step) + 0.5)))" y="738" text-anchor="middle">"#
          + "\(step)</text>")
    }
    lines.append(#"<text x="630" y="752" text-anchor="middle">step</text>"#)
    return lines
  }

  private func size(_ byteCount: Int) -> String {
    let units = ["B", "KiB", "MiB", "GiB", "TiB"]
    var (value, unit) = (Double(byteCount), 0)
    while value >= 1024, unit + 1 < units.count {
      value /= 1024
      unit += 1
    }
    return "\((value * 10).rounded() / 10) \(units[unit])"
  }
}

/// A number with two decimals.
private func coordinate(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }

/// `text` as XML has it between tags; characters that XML can't have become U+FFFD.
private func escaped(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\t", "\n", "\r", " "..."\u{D7FF}", "\u{E000}"..."\u{FFFD}", "\u{10000}"..."\u{10FFFF}":
      result.unicodeScalars.append(scalar)
    default: result += "\u{FFFD}"
    }
  }
  return result
}
