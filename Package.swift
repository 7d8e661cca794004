// swift-tools-version: 6.0
import Glibc
import PackageDescription

/// The name and version of the C library, as `glibc 2.36`.
let libraryVersion = String(unsafeUninitializedCapacity: 64) { bytes in
  bytes.withMemoryRebound(to: CChar.self) { max(1, confstr(Int32(_CS_GNU_LIBC_VERSION), $0.baseAddress, $0.count)) - 1 }
}

/// Relocations in a tenth of their bytes, which the loader reads from version 2.36 on.
let packedRelocations =
  libraryVersion.split(separator: ".").last.flatMap { Int($0) } ?? 0 >= 36
  ? ["-Xlinker", "-z", "-Xlinker", "pack-relative-relocs"] : []

/// What makes the released program start in half the time: libraries are in it whose archives the Makefile has laid there, so that
/// nothing has to be looked up in them by name. The default linker would want them in an order. The program's own names are not
/// exported, for the runtime goes through all that are.
let linkedForShortStarts = LinkerSetting.unsafeFlags(
  ["-L\(Context.packageDirectory)/.build/archives", "-ltinfo", "-use-ld=lld", "-Xlinker", "--no-export-dynamic"]
    + packedRelocations,
  .when(platforms: [.linux], configuration: .release))

/// The library's modules in the order in which they may import one another: each imports only modules above it.
/// `Tests/StructureTests` reads this file and the imports and holds them to that order.
let package = Package(
  name: "Tiltas",
  products: [
    .library(name: "Tiltas", targets: ["Tiltas"]),
    .executable(name: "tiltas", targets: ["REPL"]),
  ],
  targets: [
    .systemLibrary(name: "CReadline", path: "Sources/CReadline", providers: [.apt(["libreadline-dev"])]),
    .systemLibrary(name: "CICU", path: "Sources/CICU", providers: [.apt(["libicu-dev"])]),
    .systemLibrary(name: "CXXHash", path: "Sources/CXXHash", providers: [.apt(["libxxhash-dev"])]),
    .systemLibrary(name: "CZlib", path: "Sources/CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CMalloc", path: "Sources/CMalloc"),
    .target(
      name: "CReserve", path: "Sources/CReserve", cSettings: [.define("FAIL_ALLOCATIONS", .when(configuration: .debug))]
    ),
    .systemLibrary(name: "CDigits", path: "Sources/CDigits"),
    .target(name: "Threads"),
    .target(name: "Terms", dependencies: ["CICU"]),
    .target(name: "Diagnostics", dependencies: ["Threads", "Terms"]),
    .target(name: "Relations", dependencies: ["Threads", "Terms"]),
    .target(name: "Graphs", dependencies: ["Threads", "Terms", "Relations"]),
    .target(name: "Language", dependencies: ["Terms", "Diagnostics"]),
    .target(
      name: "Evaluation",
      dependencies: ["CICU", "CMalloc", "Threads", "Terms", "Diagnostics", "Relations", "Graphs", "Language"]),
    .target(name: "Storage", dependencies: ["Terms", "Relations", "Graphs", "Diagnostics", "CXXHash"]),
    .target(
      name: "Interchange",
      dependencies: [
        "CDigits", "CZlib", "Threads", "Terms", "Relations", "Graphs", "Diagnostics", "Language", "Evaluation",
        "Storage",
      ]),
    .target(
      name: "Exploring", dependencies: ["Terms", "Relations", "Graphs", "Diagnostics", "Language", "Evaluation"]),
    .target(
      name: "Sessions",
      dependencies: [
        "Threads", "Terms", "Relations", "Graphs", "Diagnostics", "Language", "Evaluation", "Storage", "Interchange",
        "Exploring",
      ]),
    // The door for programmers. The program itself goes without it, and so without Swift's concurrency, which starts slowly.
    .target(
      name: "Tiltas",
      dependencies: ["Threads", "Terms", "Relations", "Diagnostics", "Language", "Evaluation", "Exploring", "Sessions"]),
    // What `Sessions` re-exports is named as well, so that a change of it rebuilds those that use it.
    .executableTarget(
      name: "REPL",
      dependencies: [
        "Sessions", "Threads", "Terms", "Relations", "Graphs", "Diagnostics", "Language", "Evaluation", "Storage",
        "Exploring",
        "CReadline",
        "CMalloc", "CReserve",
      ],
      path: "REPL",
      linkerSettings: [linkedForShortStarts]),
    .executableTarget(name: "SetBenchmark", dependencies: ["Threads", "Relations"], path: "Benchmarks/sets"),
    // What tests share: random numbers and folders; and, apart from it so that those of lower modules are not built anew with all
    // others, sessions and answers.
    .target(name: "TestSupport", path: "Tests/TestSupport"),
    .target(name: "SessionSupport", dependencies: ["Sessions"], path: "Tests/SessionSupport"),
    .testTarget(name: "ThreadsTests", dependencies: ["Threads"]),
    .testTarget(name: "TermsTests", dependencies: ["TestSupport", "Terms"]),
    .testTarget(name: "RelationsTests", dependencies: ["TestSupport", "Relations", "Terms"]),
    .testTarget(name: "LanguageTests", dependencies: ["TestSupport", "Diagnostics", "Language"]),
    .testTarget(
      name: "EvaluationTests",
      dependencies: [
        "TestSupport", "SessionSupport", "Sessions", "Terms", "Graphs", "Diagnostics", "Language", "Evaluation",
      ]),
    .testTarget(
      name: "StorageTests",
      dependencies: [
        "SessionSupport", "TestSupport", "Terms", "Relations", "Graphs", "Diagnostics", "Language", "Evaluation",
        "Storage", "Sessions",
      ],
      exclude: ["Version1.tiltas", "Version2.tiltas", "Version3.tiltas", "Version4.tiltas", "Version5.tiltas"]),
    .testTarget(
      name: "InterchangeTests",
      dependencies: ["TestSupport", "Terms", "Graphs", "Diagnostics", "Language", "Interchange"]),
    .testTarget(name: "ExploringTests", dependencies: ["Sessions", "Terms", "Diagnostics", "Graphs", "Exploring"]),
    .testTarget(
      name: "GraphTests",
      dependencies: ["SessionSupport", "Sessions", "Terms", "Graphs", "Diagnostics", "Language", "Evaluation"],
      exclude: ["Answers", "PlainQuestions.dl", "counts.tsv", "Reading.tsv", "relations.tsv"]),
    .testTarget(
      name: "ConformanceTests", dependencies: ["Sessions", "Terms", "Graphs", "Diagnostics", "Language", "Evaluation"]),
    .testTarget(
      name: "SessionsTests",
      dependencies: [
        "TestSupport", "SessionSupport", "Sessions", "Terms", "Graphs", "Diagnostics", "Language", "Evaluation",
      ]),
    .testTarget(name: "TiltasTests", dependencies: ["TestSupport", "Tiltas"]),
    .testTarget(
      name: "FuzzTests",
      dependencies: ["Threads", "TestSupport", "Sessions", "Terms", "Graphs", "Diagnostics", "Language", "Evaluation"]),
    .testTarget(name: "StructureTests"),
    .testTarget(name: "REPLTests", dependencies: ["TestSupport", "REPL", "Diagnostics"]),
  ],
  swiftLanguageModes: [.v6]
)
