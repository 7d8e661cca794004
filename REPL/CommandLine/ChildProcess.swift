import Diagnostics
import Glibc
import Sessions

/// Another program that is run and waited for.
enum ChildProcess {
  /// The status of a program that is not there, as shells give it.
  static let notFound: Int32 = 127

  /// Runs a program that is looked for as shells do, and waits until it ends; its exit status.
  ///
  /// - Parameters:
  ///   - input: what it reads, where not the program's own standard input.
  ///   - output: what it writes to, where not the program's own standard output.
  static func run(_ arguments: [String], input: Int32? = nil, output: Int32? = nil) throws -> Int32 {
    try Gate.pass("no program is started", help: "`\(arguments[0])` would be needed")
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if let input { posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO) }
    if let output { posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO) }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    setSignals(&attributes)
    var words = arguments.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var process = pid_t()
    let code = posix_spawnp(&process, arguments[0], &actions, &attributes, &words, environ)
    if code == ENOENT || code == EACCES { return notFound }
    guard code == 0 else { throw Diagnostic(.programFailed, "cannot run `\(arguments[0])`: \(Files.reason(code))") }
    return wait(for: process)
  }

  /// It gets signals as any program does, whatever this one has set.
  private static func setSignals(_ attributes: inout posix_spawnattr_t) {
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    var defaults = sigset_t()
    sigemptyset(&defaults)
    for signal in [SIGINT, SIGPIPE, SIGTERM, SIGHUP, SIGTSTP, SIGQUIT] { sigaddset(&defaults, signal) }
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
  }

  private static func wait(for process: pid_t) -> Int32 {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 && errno == EINTR {}
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
  }
}
