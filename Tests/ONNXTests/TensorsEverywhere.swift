import Foundation
import ONNXProto

/// A model with 14 tensors, at least one in each place where one can stand. Tensor N is called "N" and has
/// `pattern(200 + N, seed: N)` as raw data.
func everywhere() -> Onnx_ModelProto {
  var count = 0
  func next() -> Onnx_TensorProto {
    defer { count += 1 }
    return rawTensor("\(count)", pattern(200 + count, seed: count))
  }
  func sparse() -> Onnx_SparseTensorProto {
    var result = Onnx_SparseTensorProto()
    result.values = next()
    result.indices = next()
    result.dims = [7]
    return result
  }
  func graph() -> Onnx_GraphProto {
    var result = Onnx_GraphProto()
    result.initializer = [next()]
    return result
  }
  func node(_ fill: (inout Onnx_AttributeProto) -> Void) -> Onnx_NodeProto {
    var result = Onnx_NodeProto()
    result.opType = "Op"
    result.input = ["x"]
    result.attribute = [Onnx_AttributeProto()]
    result.attribute[0].ints = [1, -2]
    fill(&result.attribute[0])
    return result
  }
  var function = Onnx_FunctionProto()
  function.node = [node { $0.t = next() }]
  function.attributeProto = [Onnx_AttributeProto()]
  function.attributeProto[0].t = next()
  var result = model { main in
    main.initializer = [next()]
    main.sparseInitializer = [sparse()]
    main.node = [
      node { $0.t = next() }, node { $0.tensors = [next(), next()] }, node { $0.g = graph() },
      node { $0.graphs = [graph()] }, node { $0.sparseTensor = sparse() },
      node { $0.sparseTensors = [sparse()] },
    ]
    main.docString = "text"
  }
  result.functions = [function]
  result.producerName = "test"
  return result
}

/// Calls `body` with every tensor of a model, to read or change it.
func forEachTensor(
  _ model: inout Onnx_ModelProto, _ body: (inout Onnx_TensorProto) -> Void
) {
  func visit(_ sparse: inout Onnx_SparseTensorProto) {
    if sparse.hasValues { body(&sparse.values) }
    if sparse.hasIndices { body(&sparse.indices) }
  }
  func visit(_ attribute: inout Onnx_AttributeProto) {
    if attribute.hasT { body(&attribute.t) }
    for index in attribute.tensors.indices { body(&attribute.tensors[index]) }
    if attribute.hasSparseTensor { visit(&attribute.sparseTensor) }
    for index in attribute.sparseTensors.indices { visit(&attribute.sparseTensors[index]) }
    if attribute.hasG { visit(&attribute.g) }
    for index in attribute.graphs.indices { visit(&attribute.graphs[index]) }
  }
  func visit(_ node: inout Onnx_NodeProto) {
    for index in node.attribute.indices { visit(&node.attribute[index]) }
  }
  func visit(_ graph: inout Onnx_GraphProto) {
    for index in graph.initializer.indices { body(&graph.initializer[index]) }
    for index in graph.sparseInitializer.indices { visit(&graph.sparseInitializer[index]) }
    for index in graph.node.indices { visit(&graph.node[index]) }
  }
  visit(&model.graph)
  for index in model.functions.indices {
    for node in model.functions[index].node.indices { visit(&model.functions[index].node[node]) }
    for attribute in model.functions[index].attributeProto.indices {
      visit(&model.functions[index].attributeProto[attribute])
    }
  }
}

func allTensors(_ model: Onnx_ModelProto) -> [Onnx_TensorProto] {
  var copy = model
  var result: [Onnx_TensorProto] = []
  forEachTensor(&copy) { result.append($0) }
  return result
}

func clearRawData(_ model: inout Onnx_ModelProto) {
  forEachTensor(&model) { $0.rawData = Data() }
}
