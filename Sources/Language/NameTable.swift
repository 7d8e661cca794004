/// Numbers names in order of first appearance.
///
/// Names that follow one another in turn, as keys and relations of facts do, are met again by comparing bytes, without
/// making a string.
struct NameTable {
  private(set) var names: [String] = []
  private var numbers: [String: Int] = [:]
  /// The bytes of all names, and where each one ends.
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  private var last = 0

  /// How many names are tried before the dictionary is asked.
  private static let tries = 4

  mutating func number(of name: UnsafeBufferPointer<UInt8>) -> Int {
    var candidate = last
    for _ in 0..<Swift.min(Self.tries, names.count) {
      if isName(candidate, name) {
        last = candidate
        return candidate
      }
      candidate = candidate + 1 == names.count ? 0 : candidate + 1
    }
    let text = String(decoding: name, as: UTF8.self)
    last = numbers[text] ?? names.count
    if last == names.count {
      names.append(text)
      numbers[text] = last
      bytes.append(contentsOf: name)
      ends.append(bytes.count)
    }
    return last
  }

  private func isName(_ number: Int, _ name: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = number == 0 ? 0 : ends[number - 1]
    guard ends[number] - start == name.count else { return false }
    for index in 0..<name.count where bytes[start + index] != name[index] { return false }
    return true
  }
}
