import Foundation
import TestSupport

/// The built program, run as a process.
enum Program {
  struct Result: Equatable {
    var status: Int32
    var output: String
    var errors: String
  }

  /// The path of the program, which lies beside the tests.
  static var path: String {
    let tests =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
    return (tests as NSString).deletingLastPathComponent + "/tiltas"
  }

  /// An environment in which neither the reader's graph nor their settings are seen. Where the coverage of the tests is counted, that
  /// of the program is not written into the folder of a test.
  static func environment(_ more: [String: String] = [:]) -> [String: String] {
    ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": "/nonexistent", "LLVM_PROFILE_FILE": "/dev/null"]
      .merging(sanitizing) { $1 }.merging(more) { $1 }
  }

  /// How the tests are sanitized, where they are.
  private static let sanitizing = ProcessInfo.processInfo.environment.filter { $0.key.hasSuffix("SAN_OPTIONS") }

  static func run(
    _ arguments: [String], in folder: TemporaryFolder, at place: String = "", input: String = "",
    environment more: [String: String] = [:]
  ) throws -> Result {
    try launch(path, arguments, in: folder, at: place, input: input, environment: more)
  }

  /// Runs a line of bash, in which `tiltas` is the program.
  static func shell(_ line: String, in folder: TemporaryFolder) throws -> Result {
    let search = (path as NSString).deletingLastPathComponent + ":/usr/bin:/bin"
    return try launch("/bin/bash", ["-c", line], in: folder, at: "", input: "", environment: ["PATH": search])
  }

  private static func launch(
    _ program: String, _ arguments: [String], in folder: TemporaryFolder, at place: String, input: String,
    environment more: [String: String]
  ) throws -> Result {
    let files = try TemporaryFolder(["in": input, "out": "", "err": ""])
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.environment = environment(more)
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path(place))
    process.standardInput = FileHandle(forReadingAtPath: files.path("in"))
    process.standardOutput = FileHandle(forWritingAtPath: files.path("out"))
    process.standardError = FileHandle(forWritingAtPath: files.path("err"))
    try process.runWithSignals()
    process.waitUntilExit()
    let status = process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
    return Result(status: status, output: files.read("out") ?? "", errors: files.read("err") ?? "")
  }
}

extension Process {
  /// Starts it so that signals reach it, which the threads that tests run on block.
  func runWithSignals() throws {
    var none = sigset_t()
    var before = sigset_t()
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    try run()
  }
}
