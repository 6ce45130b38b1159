import Support

/// The last few programs that were compiled for chosen outputs, shared by all copies of a compiled program.
final class Selections: Sendable {
  private struct State {
    var programs: [[String]: CompiledProgram] = [:]
    /// The keys, least recently used first.
    var order: [[String]] = []
  }

  private let state = Locked(State())
  private static let capacity = 8

  subscript(names: [String]) -> CompiledProgram? {
    get {
      state.withLock { state in
        guard let program = state.programs[names] else { return nil }
        state.order.removeAll { $0 == names }
        state.order.append(names)
        return program
      }
    }
    set {
      state.withLock { state in
        state.order.removeAll { $0 == names }
        state.programs[names] = newValue
        if newValue != nil { state.order.append(names) }
        if state.order.count > Selections.capacity {
          state.programs[state.order.removeFirst()] = nil
        }
      }
    }
  }
}
