import IR
import Operators
import Support
import Tensors

/// Programs that between them have everything that a file must keep.
enum Programs {
  /// Weights of more and of less than a page, names, metadata, debug symbols, tensors by name.
  static func plain(seed: UInt8 = 1) throws -> Program {
    var main = Module()
    let x = try main.addParameter("x", Shape(.float, lens: [2, 40]))
    let large = main.addLiteral(
      try literal(.float, lens: [40, 60], seed: seed), debugSymbols: ["weight", "a,b #\"c\""])
    let small = main.addLiteral(try Literal([Float](repeating: .nan, count: 60), lens: [60]))
    let product = try main.add(Dot(), [x, large], debugSymbols: ["fc"])
    let rows = try main.add(Multibroadcast(outLens: [2, 60]), small)
    let sum = try main.add(Add(), [Value(product), rows], debugSymbols: ["add", "fused"])
    let result = try main.add(Relu(), Value(sum))
    try main.addReturn([result, rows], names: ["y", "the rows"])
    return Program(
      main: main, metadata: [("author", "A"), ("author", "B"), ("", "line\nline")],
      tensors: ["y": result, "fc_out": Value(product), "odd \"name\"": rows])
  }

  /// Symbols with ranges, a guard, and no names of results.
  static func symbolic() throws -> Program {
    var main = Module()
    let n = Dimension(Symbol("batch size", minimum: 1, maximum: 64, step: 2))
    let (h, w) = (Dimension(Symbol("H")), Dimension(Symbol("W", minimum: 4, maximum: 9)))
    let x = try main.addParameter("x", Shape(.float, [n, h, w]))
    let y = try main.addParameter("a:b@c", Shape(.float, [n, w, w]))
    try main.require(h + 1, equals: w * 2, origin: "node 'odd\nname'", "the sizes")
    let sum = try main.add(Add(), x, y)
    let flat = try main.add(Reshape(dims: [n, h * w]), sum)
    try main.addReturn([flat])
    return Program(main: main)
  }

  /// Sub-modules with literals of their own, one of which main has too.
  static func branches() throws -> Program {
    var main = Module()
    let c = try main.addParameter("c", Shape(.bool, lens: [1]))
    let x = try main.addParameter("x", Shape(.float, lens: [2000]))
    func branch(_ name: String, _ seed: UInt8) throws -> Module {
      var module = Module(name: name)
      let p = try module.addParameter("p", Shape(.float, lens: [2000]))
      let k = module.addLiteral(try literal(.float, lens: [2000], seed: seed))
      try module.addReturn([try module.add(Mul(), p, k)])
      return module
    }
    let k = main.addLiteral(try literal(.float, lens: [2000], seed: 7))
    let id = try main.add(
      If(), [c, x, x], modules: [branch("then \"1\"", 7), branch("else", 8)])
    try main.addReturn([try main.add(Add(), Value(id), k)], names: ["out"])
    return Program(main: main, tensors: ["if": Value(id)])
  }

  /// A literal of each element type, with and without elements, of rank 0, and with odd strides.
  static func literals() throws -> Program {
    var main = Module()
    var results: [Value] = []
    for (index, type) in ElementType.allCases.enumerated() {
      for lens in [[], [3], [2, 0], [5, 300]] {
        results.append(main.addLiteral(try literal(type, lens: lens, seed: UInt8(index))))
      }
      let whole = try literal(type, lens: [6, 1000], seed: 99).argument
      for view in [
        try whole.view(lens: [1000, 6], strides: [1, 1000]),
        try whole.view(lens: [4, 1000, 2], strides: [0, 1, 2000], elementOffset: 1000),
        try whole.view(lens: [3, 5], strides: [-2, -7], elementOffset: 3000),
        try whole.view(lens: [2, 2], strides: [0, 0], elementOffset: 17),
      ] { results.append(main.addLiteral(Literal(view))) }
    }
    try main.addReturn(results)
    return Program(main: main)
  }

  /// Literals of text that share memory.
  static func strings() throws -> Program {
    var main = Module()
    let words = try Argument(strings: ["a", "", "ü\n", "\"\\\""], lens: [2, 2])
    let first = main.addLiteral(Literal(words))
    let second = main.addLiteral(Literal(try words.view(lens: [2, 2], strides: [1, 2])))
    try main.addReturn([first, second, first])
    return Program(main: main, tensors: ["words": first])
  }

  /// Nothing at all.
  static func empty() throws -> Program { Program() }

  static let all: [@Sendable () throws -> Program] = [
    { try plain() }, { try symbolic() }, { try branches() }, { try literals() }, { try strings() },
    { try empty() },
  ]
}
