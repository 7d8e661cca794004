import Glibc

/// Whether the tests run in their long form, as `make test-long` does.
enum Long {
  static let isOn = getenv("TILTAS_LONG") != nil
}
