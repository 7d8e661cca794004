// swift-tools-version: 6.0
import PackageDescription

let package = Package(
  name: "OwnGraph",
  dependencies: [.package(name: "Tiltas", path: "../..")],
  targets: [
    .executableTarget(name: "own-graph", dependencies: [.product(name: "Tiltas", package: "Tiltas")], path: "Sources")
  ],
  swiftLanguageModes: [.v6]
)
