// swift-tools-version: 6.0
import PackageDescription

let package = Package(
  name: "AskTheRecord",
  dependencies: [.package(name: "Tiltas", path: "../..")],
  targets: [
    .executableTarget(
      name: "ask-the-record", dependencies: [.product(name: "Tiltas", package: "Tiltas")], path: "Sources")
  ],
  swiftLanguageModes: [.v6]
)
