import IR
import Operators
import Support
import Tensors

extension ONNXOperators {
  /// Linear models, support vectors and maps of ai.onnx.ml.
  static let modelConverters: [String: Converter] = [
    "CastMap": castMap, "DictVectorizer": dictVectorizer, "LinearClassifier": linearClassifier,
    "LinearRegressor": linearRegressor, "SVMClassifier": svmClassifier,
    "SVMRegressor": svmRegressor, "ZipMap": zipMap,
  ]

  private static let linearRegressor: Converter = { (node) throws(MIGraphXError) in
    let scores = try node.linearScores(targets: try node.int("targets") ?? 1)
    let transform = try node.scoreTransform()
    return [transform == .none ? scores : try node.add(TransformScores(transform), scores)]
  }

  private static let linearClassifier: Converter = { (node) throws(MIGraphXError) in
    let labels = try node.classLabels(integers: "classlabels_ints")
    let count = try node.floats("intercepts")?.count ?? labels.count
    guard count == labels.count || count == 1 && labels.count == 2 else {
      throw MIGraphXError(
        .invalidFile, "\(count) intercepts don't fit \(labels.count) labels of classes")
    }
    let scores = try node.linearScores(targets: count)
    return try node.labelled(
      node.add(ChooseClass(node.scoreTransform()), inputs: [scores]), labels.literal)
  }

  private static let svmRegressor: Converter = { (node) throws(MIGraphXError) in
    let x = try node.rows(0)
    var op = SVMRegressor()
    op.coefficients = (try node.floats("coefficients") ?? []).map { Double($0) }
    op.rho = Double(try node.floats("rho")?.first ?? 0)
    op.oneClass = try node.flag("one_class")
    if try node.int("n_supports") ?? 0 > 0 {
      op.kernel = try node.supportKernel()
      op.vectors = (try node.floats("support_vectors") ?? []).map { Double($0) }
    } else {
      // A linear model: its coefficients are one vector.
      (op.vectors, op.coefficients) = (op.coefficients, [1])
    }
    return [try node.add(op, x)]
  }

  private static let svmClassifier: Converter = { (node) throws(MIGraphXError) in
    let x = try node.rows(0)
    let labels = try node.classLabels(integers: "classlabels_ints")
    let counts = try node.ints("vectors_per_class") ?? []
    guard !counts.isEmpty else {
      let scores = try node.linearScores(targets: labels.count, shift: "rho")
      return try node.labelled(
        node.add(ChooseClass(node.scoreTransform()), inputs: [scores]), labels.literal)
    }
    guard counts.count == labels.count else {
      throw MIGraphXError(
        .invalidFile,
        "'vectors_per_class' must have \(labels.count) elements, found \(counts.count)")
    }
    func doubles(_ name: String) throws(MIGraphXError) -> [Double] {
      (try node.floats(name) ?? []).map { Double($0) }
    }
    var op = SVMClassifier()
    op.kernel = try node.supportKernel()
    op.counts = counts
    op.vectors = try doubles("support_vectors")
    op.coefficients = try doubles("coefficients")
    op.rho = try doubles("rho")
    op.factors = try doubles("prob_a")
    op.summands = try doubles("prob_b")
    op.transform = try node.scoreTransform()
    return try node.labelled(node.add(op, inputs: [x]), labels.literal)
  }

  private static let zipMap: Converter = { (node) throws(MIGraphXError) in
    let keys = try node.classLabels(integers: "classlabels_int64s").literal
    return [try node.add(ZipMap(), node.rows(0), node.add(keys))]
  }

  private static let dictVectorizer: Converter = { (node) throws(MIGraphXError) in
    let (numbers, texts) = (
      try node.ints("int64_vocabulary") ?? [], try node.strings("string_vocabulary") ?? []
    )
    guard numbers.isEmpty != texts.isEmpty else {
      throw MIGraphXError(
        .invalidFile, "one of 'int64_vocabulary' and 'string_vocabulary' must have elements")
    }
    let vocabulary =
      texts.isEmpty
      ? try node.vector(numbers)
      : node.add(Literal(try Argument(strings: texts, lens: [texts.count])))
    return [try node.add(DictVectorizer(), node.input(0), vocabulary)]
  }

  private static let castMap: Converter = { (node) throws(MIGraphXError) in
    let types: [String: ElementType] = [
      "TO_FLOAT": .float, "TO_STRING": .string, "TO_INT64": .int64,
    ]
    let (target, form) = (
      try node.string("cast_to") ?? "TO_FLOAT", try node.string("map_form") ?? "DENSE"
    )
    guard let type = types[target], ["DENSE", "SPARSE"].contains(form) else {
      throw MIGraphXError(
        .invalidFile,
        "'cast_to' must be TO_FLOAT, TO_STRING or TO_INT64 and 'map_form' DENSE or SPARSE, found "
          + "'\(target)' and '\(form)'")
    }
    let length = form == "SPARSE" ? try node.int("max_map") ?? 1 : 0
    guard form == "DENSE" || length > 0 else {
      throw MIGraphXError(.invalidFile, "'max_map' must be positive, found \(length)")
    }
    return [try node.add(CastMap(targetType: type, length: length), node.input(0))]
  }
}

extension NodeImporter {
  /// Input 0 times the coefficients, plus what is added to each score; all are floats.
  ///
  /// - Parameter shift: the attribute of what is added, one number for each score or for all of them.
  fileprivate func linearScores(
    targets: Int, shift: String = "intercepts"
  ) throws(MIGraphXError) -> Value {
    let coefficients = try floats("coefficients") ?? []
    guard targets >= 1, !coefficients.isEmpty, coefficients.count % targets == 0 else {
      throw MIGraphXError(
        .invalidFile, "\(coefficients.count) coefficients can't be those of \(targets) scores")
    }
    let weights = add(try Literal(coefficients, lens: [targets, coefficients.count / targets]))
    let x = try convert(try rows(0), to: .float)
    let products = try add(Dot(), x, try add(Transpose(permutation: [1, 0]), weights))
    guard let numbers = try floats(shift), !numbers.isEmpty else { return products }
    guard numbers.count == targets || numbers.count == 1 || shift == "rho" else {
      throw MIGraphXError(
        .invalidFile, "'\(shift)' must have \(targets) elements, found \(numbers.count)")
    }
    let added = numbers.count == targets ? numbers : [numbers[0]]
    return try broadcasting(Add(), products, add(try Literal(added, lens: [added.count])))
  }

  /// The labels of classes by their numbers, which are the first result of `id`, and its second result.
  fileprivate func labelled(
    _ id: InstructionID, _ labels: Literal
  ) throws(MIGraphXError) -> [Value] {
    let results = results(of: id)
    return [try add(Gather(axis: 0), add(labels), results[0]), results[1]]
  }

  fileprivate func supportKernel() throws(MIGraphXError) -> SupportKernel {
    let name = try string("kernel_type") ?? "LINEAR"
    guard let kind = SupportKernel.Kind(rawValue: name) else {
      throw MIGraphXError(
        .invalidFile, "'kernel_type' must be LINEAR, POLY, RBF or SIGMOID, found '\(name)'")
    }
    var kernel = SupportKernel()
    kernel.kind = kind
    let parameters = try floats("kernel_params") ?? []
    guard parameters.count == 3 || parameters.isEmpty else {
      throw MIGraphXError(
        .invalidFile, "'kernel_params' must have 3 elements, found \(parameters.count)")
    }
    if parameters.count == 3 {
      kernel.gamma = Double(parameters[0])
      kernel.constant = Double(parameters[1])
      kernel.degree = Double(parameters[2])
    }
    return kernel
  }
}
