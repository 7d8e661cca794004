// swift-tools-version: 6.0
import PackageDescription

/// A package of its own, for all of it is built with the fuzzer's instrumentation; `Fuzzing/run` tells how.
let package = Package(
  name: "Fuzzing",
  dependencies: [.package(name: "Tiltas", path: "..")],
  targets: [
    .executableTarget(
      name: "Fuzz", dependencies: [.product(name: "Tiltas", package: "Tiltas")], path: "Sources",
      linkerSettings: [.unsafeFlags(["-use-ld=lld"])])
  ],
  swiftLanguageModes: [.v6]
)
