// swift-tools-version:6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .strictMemorySafety(),
]

/// One target per stage. Each may import only the targets listed for it; the lists name stages
/// that stand earlier in the file, so imports go one way.
let package = Package(
  name: "MIGraphX",
  products: [
    .library(name: "MIGraphX", targets: ["MIGraphX"]),
    .executable(name: "migraphx-driver", targets: ["migraphx-driver"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
  ],
  targets: [
    .target(name: "Support", swiftSettings: settings),
    .target(name: "Tensors", dependencies: ["Support"], swiftSettings: settings),
    .target(name: "IR", dependencies: ["Support", "Tensors"], swiftSettings: settings),
    .target(
      name: "Operators", dependencies: ["Support", "Tensors", "IR"], swiftSettings: settings),
    .target(
      name: "Reference", dependencies: ["Support", "Tensors", "IR"], swiftSettings: settings),
    .target(
      name: "ONNXProto",
      dependencies: [.product(name: "SwiftProtobuf", package: "swift-protobuf")]),
    .target(
      name: "ONNX",
      dependencies: [
        "Support", "Tensors", "IR", "Operators", "ONNXProto",
        .product(name: "SwiftProtobuf", package: "swift-protobuf"),
      ], swiftSettings: settings),
    .target(
      name: "Rewriting", dependencies: ["Support", "Tensors", "IR"], swiftSettings: settings),
    .target(
      name: "Passes",
      dependencies: ["Support", "Tensors", "IR", "Operators", "Reference", "Rewriting"],
      swiftSettings: settings),
    .target(
      name: "MIGraphX",
      dependencies: [
        "Support", "Tensors", "IR", "Operators", "Reference", "ONNX", "Rewriting", "Passes",
      ], swiftSettings: settings),
    .executableTarget(
      name: "migraphx-driver",
      dependencies: [
        "MIGraphX", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], path: "Sources/driver", swiftSettings: settings),
    .testTarget(
      name: "OperatorsTests", dependencies: ["Operators", "IR", "Tensors", "Support"],
      swiftSettings: settings),
  ]
)
