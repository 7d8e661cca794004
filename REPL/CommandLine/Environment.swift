import Glibc

/// What the surroundings of the program say: variables, terminals, the locale.
enum Environment {
  /// A variable's value; `nil` also where it is empty.
  static func value(_ name: String) -> String? {
    guard let pointer = getenv(name) else { return nil }
    let text = String(cString: pointer)
    return text.isEmpty ? nil : text
  }

  static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  static var isDumb: Bool { value("TERM") == nil || value("TERM") == "dumb" }

  /// Whether text on a descriptor is coloured, given the value of `--color`.
  static func usesColor(_ choice: String?, on descriptor: Int32) -> Bool {
    switch choice {
    case "always": true
    case "never": false
    default: isTerminal(descriptor) && value("NO_COLOR") == nil && !isDumb
    }
  }

  /// The width of the terminal, else of the variable `COLUMNS`; `nil` where there is neither.
  static func terminalWidth(_ descriptor: Int32) -> Int? {
    var size = winsize()
    if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 { return Int(size.ws_col) }
    return isTerminal(descriptor) ? value("COLUMNS").flatMap { Int($0) } : nil
  }

  /// The lines of the terminal; `nil` where it is none.
  static func terminalHeight(_ descriptor: Int32) -> Int? {
    var size = winsize()
    return ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_row > 0 ? Int(size.ws_row) : nil
  }

  /// Sets up the locale's characters, and says whether they are those of UTF-8.
  ///
  /// Where no locale is set at all, as in many containers, UTF-8 is taken, for the data is UTF-8. Only characters follow
  /// the locale: numbers are read and written the same everywhere.
  static func setUpCharacters() -> Bool {
    let isSet = ["LC_ALL", "LC_CTYPE", "LANG"].contains { value($0) != nil }
    setlocale(LC_CTYPE, isSet ? "" : "C.UTF-8")
    return String(cString: nl_langinfo(Int32(CODESET))) == "UTF-8"
  }
}
