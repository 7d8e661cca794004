import Foundation
import TestSupport

/// The program in a pseudo terminal of its own, as someone would use it.
final class Terminal {
  private let process = Process()
  private let descriptor: Int32
  /// All that it has shown.
  private(set) var shown = ""
  private var seen = ""
  private var pending: [UInt8] = []

  /// - Parameter program: another program than the one that is tested, such as a shell to run it from.
  init(
    _ arguments: [String], in folder: TemporaryFolder, environment more: [String: String] = [:], columns: UInt16 = 80,
    program: String = Program.path
  ) throws {
    descriptor = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    var number: Int32 = 0
    var locked: Int32 = 0
    guard descriptor >= 0, ioctl(descriptor, Self.getNumber, &number) == 0,
      ioctl(descriptor, Self.setLock, &locked) == 0
    else { throw POSIXError(.ENOTTY) }
    let name = "/dev/pts/\(number)"
    Self.resize(descriptor, columns: columns)
    let terminal = FileHandle(fileDescriptor: open(name, O_RDWR | O_NOCTTY), closeOnDealloc: true)
    // A session of its own, so that the terminal sends Ctrl-C to it.
    process.executableURL = URL(fileURLWithPath: "/usr/bin/setsid")
    process.arguments = ["--ctty", "--wait", program] + arguments
    process.environment = Program.environment(
      ["TERM": "vt100", "INPUTRC": "/dev/null", "XDG_STATE_HOME": folder.path("state")].merging(more) { $1 })
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    process.standardInput = terminal
    process.standardOutput = terminal
    process.standardError = terminal
    try process.runWithSignals()
    try terminal.close()
  }

  /// `TIOCGPTN` and `TIOCSPTLCK`, macros that Swift does not see.
  private static let getNumber: UInt = 0x8004_5430
  private static let setLock: UInt = 0x4004_5431

  deinit {
    if process.isRunning { process.terminate() }
    close(descriptor)
  }

  /// Gives the terminal another width, of which the program is told by a signal.
  func resize(columns: UInt16) { Self.resize(descriptor, columns: columns) }

  private static func resize(_ descriptor: Int32, columns: UInt16) {
    var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(descriptor, UInt(TIOCSWINSZ), &size)
  }

  /// Types a text; what is shown meanwhile is read, for a terminal holds only so much.
  func type(_ text: String) {
    let bytes = Array(text.utf8)
    for start in stride(from: 0, to: bytes.count, by: 512) {
      if start > 0 { _ = readMore() }
      let part = bytes[start..<min(start + 512, bytes.count)]
      _ = part.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    }
  }

  /// After how many seconds a program is given up that does not show what is waited for: more than a busy machine needs.
  private static let patience = 600.0
  /// Whether it was given up, so that nothing more is waited for.
  private var isGivenUp = false

  /// Reads until a text is shown after what was waited for before, or the program has ended; whether it came.
  func waits(for text: String) -> Bool {
    let deadline = Date(timeIntervalSinceNow: Self.patience)
    while !isGivenUp {
      if let range = seen.range(of: text) {
        seen = String(seen[range.upperBound...])
        return true
      }
      if !readMore() { return false }
      isGivenUp = Date() > deadline
    }
    return false
  }

  /// The exit status once the program has ended of itself; `nil` where it does not.
  func status() -> Int32? {
    let deadline = Date(timeIntervalSinceNow: Self.patience)
    while process.isRunning && !isGivenUp {
      if !readMore() { usleep(1_000) }
      isGivenUp = Date() > deadline
    }
    return process.isRunning ? nil : process.terminationStatus
  }

  private func readMore() -> Bool {
    var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&waiting, 1, 100) > 0 else { return true }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = read(descriptor, &bytes, bytes.count)
    guard count > 0 else { return false }
    pending += bytes[..<count]
    // The bytes of a character that is not there as a whole wait for the others.
    let text = String(decoding: takeWhole(), as: UTF8.self)
    shown += text
    seen += text
    return true
  }

  private func takeWhole() -> [UInt8] {
    let start = pending.lastIndex { $0 & 0xC0 != 0x80 } ?? 0
    let length = pending[start...].first.map { $0 >= 0xF0 ? 4 : $0 >= 0xE0 ? 3 : $0 >= 0xC0 ? 2 : 1 } ?? 0
    let end = pending.count - start < length ? start : pending.count
    defer { pending.removeFirst(end) }
    return Array(pending[..<end])
  }
}
