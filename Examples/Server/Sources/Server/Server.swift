import ArgumentParser
import Hummingbird
import HummingbirdCore
import MIGraphX

@main
struct Server: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "server",
    abstract: "Classify tensors that clients post.",
    discussion: """
      POST /classify takes the model's input as 32-bit floats, little-endian and in row-major order, and gives the \
      five best classes. GET /model tells the input's sizes.
      """)

  @Option(help: ArgumentHelp("The model, an ONNX file.", valueName: "file"))
  var model: String

  @Option(help: "The address to listen at.")
  var host = "127.0.0.1"

  @Option(help: "The port to listen at; 0 takes a free one.")
  var port = 8080

  @Option(help: "The target that the model runs on: \(Targets.names.joined(separator: " or ")).")
  var target = CPUTarget().name

  /// The most connections at a time: each may hold a body in memory.
  private static let connectionLimit = 64

  func run() async throws {
    let classifier = try Classifier(modelPath: model, target: Targets.named(target))
    let application = Application(
      router: routes(for: classifier),
      configuration: ApplicationConfiguration(
        address: .hostname(host, port: port), serverName: "MIGraphX",
        availableConnectionsDelegate: MaximumAvailableConnections(Server.connectionLimit)))
    try await application.runService()
  }
}
