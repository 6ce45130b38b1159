// swift-tools-version:6.2
import PackageDescription

var commonSettings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]
if Context.environment["MIGRAPHX_STRICT"] == "1" {
  commonSettings.append(.treatAllWarnings(as: .error))
}

let settings = commonSettings + [.strictMemorySafety()]

/// Tests run against optimised code; their own is not worth the time it takes to optimise.
let testSettings = settings + [.unsafeFlags(["-Onone"])]

/// One target per stage. Each may import only the targets listed for it; the lists name stages
/// that stand earlier in the file, so imports go one way.
let package = Package(
  name: "MIGraphX",
  products: [
    .library(name: "MIGraphX", targets: ["MIGraphX"]),
    // Linked into libmigraphx_c by Scripts/build-library.sh.
    .library(name: "migraphx_c_static", type: .static, targets: ["CAPI"]),
    .executable(name: "migraphx-driver", targets: ["migraphx-driver"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
  ],
  targets: [
    .target(name: "Support", swiftSettings: settings),
    .target(name: "Tensors", dependencies: ["Support"], swiftSettings: settings),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(
      name: "NumPyFiles", dependencies: ["Support", "Tensors", "CZlib"], swiftSettings: settings),
    .target(name: "IR", dependencies: ["Support", "Tensors"], swiftSettings: settings),
    .target(name: "CLLVM"),
    .target(
      name: "Codegen", dependencies: ["CLLVM", "Support"], swiftSettings: settings),
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
      name: "Archive",
      dependencies: [
        "Support", "Tensors", "IR", .product(name: "Crypto", package: "swift-crypto"),
      ], swiftSettings: settings),
    .target(
      name: "Formats",
      dependencies: [
        "Support", "Tensors", "IR", "ONNXProto",
        .product(name: "SwiftProtobuf", package: "swift-protobuf"),
      ], swiftSettings: settings),
    .target(
      name: "Rewriting", dependencies: ["Support", "Tensors", "IR"], swiftSettings: settings),
    .target(
      name: "Passes",
      dependencies: ["Support", "Tensors", "IR", "Operators", "Reference", "Rewriting"],
      swiftSettings: settings),
    .target(name: "Planning", dependencies: ["Support", "Tensors", "IR"], swiftSettings: settings),
    .target(
      name: "CPUTarget",
      dependencies: [
        "Support", "Tensors", "IR", "Operators", "Reference", "Codegen", "Rewriting", "Planning",
      ],
      swiftSettings: settings),
    .target(
      name: "MIGraphX",
      dependencies: [
        "Support", "Tensors", "IR", "Operators", "Reference", "ONNX", "Archive", "Rewriting",
        "Passes", "Planning", "CPUTarget", "Formats",
      ], swiftSettings: settings),
    .target(name: "CMIGraphX"),
    // Every function takes pointers from C: strict memory safety would mark every line.
    .target(
      name: "CAPI",
      dependencies: [
        "Support", "Tensors", "IR", "Operators", "ONNX", "Archive", "Formats", "MIGraphX",
        "CMIGraphX",
      ], swiftSettings: commonSettings),
    .executableTarget(
      name: "migraphx-driver",
      dependencies: [
        "Support", "Tensors", "NumPyFiles", "IR", "Operators", "Reference", "ONNX", "Rewriting",
        "Passes", "Planning", "Archive", "MIGraphX",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], path: "Sources/driver", swiftSettings: settings),
    .executableTarget(
      name: "run-model", dependencies: ["MIGraphX"], path: "Examples/RunModel",
      swiftSettings: settings),
    .executableTarget(
      name: "conformance",
      dependencies: [
        "Support", "Tensors", "IR", "Reference", "ONNX", "Rewriting", "Passes", "CPUTarget",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], path: "Tests/Conformance", exclude: ["expectations.txt"], swiftSettings: settings),
    .testTarget(
      name: "TensorsTests", dependencies: ["Tensors", "Support"], swiftSettings: testSettings),
    .testTarget(name: "SupportTests", dependencies: ["Support"], swiftSettings: testSettings),
    .testTarget(
      name: "CodegenTests", dependencies: ["Codegen", "Support"], swiftSettings: testSettings),
    .testTarget(
      name: "CPUTargetTests",
      dependencies: [
        "CPUTarget", "Planning", "Codegen", "Reference", "Operators", "IR", "Tensors", "Support",
      ], swiftSettings: testSettings),
    .testTarget(
      name: "OperatorsTests", dependencies: ["Operators", "IR", "Tensors", "Support"],
      swiftSettings: testSettings),
    .testTarget(
      name: "IRTests", dependencies: ["IR", "Operators", "Tensors", "Support"],
      swiftSettings: testSettings),
    .testTarget(
      name: "RewritingTests", dependencies: ["Rewriting", "Operators", "IR", "Tensors", "Support"],
      swiftSettings: testSettings),
    .testTarget(
      name: "PlanningTests", dependencies: ["Planning", "IR", "Tensors", "Support"],
      swiftSettings: testSettings),
    .testTarget(
      name: "PassesTests",
      dependencies: [
        "Passes", "Rewriting", "Reference", "Operators", "IR", "Tensors", "Support",
      ], exclude: ["Files"], swiftSettings: testSettings),
    .testTarget(
      name: "NumPyFilesTests", dependencies: ["NumPyFiles", "Tensors", "Support"],
      swiftSettings: testSettings),
    .testTarget(
      name: "ArchiveTests",
      dependencies: [
        "Archive", "Operators", "IR", "Tensors", "Support",
        .product(name: "Crypto", package: "swift-crypto"),
      ], swiftSettings: testSettings),
    .testTarget(
      name: "ONNXTests",
      dependencies: [
        "MIGraphX", "Passes", "Rewriting", "ONNX", "ONNXProto", "Operators", "Reference", "IR",
        "Tensors", "Support",
        .product(name: "SwiftProtobuf", package: "swift-protobuf"),
      ], swiftSettings: testSettings),
    .testTarget(
      name: "MIGraphXTests",
      dependencies: [
        "MIGraphX", "ONNXProto", .product(name: "SwiftProtobuf", package: "swift-protobuf"),
      ], swiftSettings: testSettings),
    .testTarget(
      name: "DriverTests",
      dependencies: [
        "migraphx-driver", "Archive", "ONNXProto", "NumPyFiles", "IR", "Tensors", "Support",
        .product(name: "SwiftProtobuf", package: "swift-protobuf"),
      ], swiftSettings: testSettings),
    .testTarget(
      name: "ModelTests", dependencies: ["MIGraphX", "NumPyFiles"], swiftSettings: testSettings),
  ]
)
