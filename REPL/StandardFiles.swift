import Glibc

/// Standard input, output and error, which a caller may have closed.
///
/// The next file that is opened gets the lowest free number. So the journal would become standard output, and answers would be
/// written into it.
enum StandardFiles {
  /// Puts `/dev/null` in the place of those that are closed; to be called before any file is opened. It is open for reading
  /// only, so that what is written to it fails and is told, as it is if the file stays closed.
  static func fillGaps() {
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(descriptor, F_GETFD) < 0 {
      // The lowest free number is this one.
      _ = open("/dev/null", O_RDONLY)
    }
  }
}
