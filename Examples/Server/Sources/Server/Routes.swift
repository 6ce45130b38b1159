import Hummingbird
import MIGraphX
import NIOCore
import NIOPosix

/// What a client must know of a model.
struct ModelDescription: ResponseEncodable {
  struct Tensor: Encodable {
    let name: String
    /// MIGraphX's name of the element type; nil for structures.
    let type: String?
    /// The sizes; nil where they depend on the data.
    let dimensions: [Int?]?

    init(_ tensor: (name: String, type: ValueType)) {
      name = tensor.name
      type = tensor.type.shape?.elementType.rawValue
      dimensions = tensor.type.shape?.dimensions.map(\.constant)
    }
  }

  let inputs: [Tensor]
  let outputs: [Tensor]
}

/// The server's paths. All requests share the classifier.
func routes(for classifier: Classifier) -> Router<BasicRequestContext> {
  let router = Router()
  router.get("model") { _, _ in
    ModelDescription(
      inputs: classifier.program.inputs.map(ModelDescription.Tensor.init),
      outputs: classifier.program.outputs.map(ModelDescription.Tensor.init))
  }
  router.post("classify") { request, _ in
    // A body of the wrong size gets the tensor's error; one that is much too large is not read to its end.
    let body = try await request.body.collect(upTo: 2 * classifier.byteCount)
    return try await refusingBadInput {
      let argument = try classifier.argument(body.readableBytesSpan)
      // A run takes its thread for long; those of the server's event loops must stay free.
      return try await NIOThreadPool.singleton.runIfActive { try classifier.best(5, for: argument) }
    }
  }
  return router
}

/// Runs `body`; what it says about bad input becomes the response 400.
private func refusingBadInput<Result>(
  _ body: () async throws -> Result
) async throws -> Result {
  do {
    return try await body()
  } catch let error as MIGraphXError where error.code == .invalidArgument {
    throw HTTPError(.badRequest, message: "\(error)")
  }
}
