import Diagnostics
import Glibc
import Sessions
import TestSupport
import Testing
import Threads

/// Random bytes, random words and mutated programs: each is answered or is a diagnostic, and ends in time.
///
/// `TILTAS_FUZZ=100000 swift test --filter FuzzTests`, or `make fuzz`, tries as many inputs of each sort.
@Suite("Fuzzing", .tellsSeed)
struct FuzzTests {
  private static let count = getenv("TILTAS_FUZZ").flatMap { Int(String(cString: $0)) } ?? 300
  /// One of how many inputs is large, and the bytes of the largest.
  private static let largeShare = 100
  private static let largest = 1 << 20
  private static let root = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }

  /// Every program of the conformance tests, the graph and the saved queries.
  private static let programs: [[UInt8]] = ["Graph", "Queries", "Tests/Conformance"].flatMap { files(root + "/" + $0) }
    .compactMap { try? Session.source($0).bytes }

  private static func files(_ path: String) -> [String] {
    guard let folder = opendir(path) else { return path.hasSuffix(".dl") ? [path] : [] }
    defer { closedir(folder) }
    var found: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if !name.hasPrefix(".") { found += files(path + "/" + name) }
    }
    return found.sorted()
  }

  private static let words =
    "p q r edge X Y Z _ not , ; ( ) { } : . .. := :- ?- | + - * / ++ mod = != < <= > >= ~ @ ^ -> $n 1 2 0 9223372036854775807 1.5 2013-02 2013-02-14 \"a\" 'b c' true type relation param include import constraint count sum min max avg list distance select order by limit offset label triple length matches substring split date year ?why % \n"
    .split(separator: " ").map { Array($0.utf8) }

  /// Runs a text as a file and at the prompt; anything but an answer, a diagnostic or a limit ends the test.
  private func survive(_ bytes: [UInt8]) {
    guard let source = try? SourceFile.reading(name: "fuzz.dl", bytes: bytes) else { return }
    let session = Session()
    session.limits.seconds = 1
    session.limits.memory = 1 << 30
    let started = ProcessorTime.nanoseconds
    _ = try? session.run(source, answer: { _ in })
    _ = try? Formatter.format(source)
    _ = try? session.check()
    _ = try? session.enter(String(decoding: bytes.prefix(2000), as: UTF8.self), answer: { _ in })
    let passed = Double(ProcessorTime.nanoseconds - started) * 1e-9
    #expect(passed < 100, "an input of \(bytes.count) bytes took \(passed) s of a processor")
  }

  /// The length of an input: each hundredth one's is of any size up to a megabyte, the first one's a megabyte.
  private func length(_ number: Int, small: Int, _ random: inout SplitMix64) -> Int {
    if number == 0 { return Self.largest }
    guard number % Self.largeShare == 0 else { return random.below(small) }
    return Self.largest >> random.below(10)
  }

  @Test("random bytes")
  func bytes() {
    var random = SplitMix64(usually: 1)
    for number in 0..<Self.count {
      let length = length(number, small: 400, &random)
      survive(
        (0..<length).map { _ in UInt8(truncatingIfNeeded: random.next() >> 20) & (random.below(2) == 0 ? 0x7F : 0xFF) })
    }
  }

  @Test("random words")
  func tokens() {
    var random = SplitMix64(usually: 2)
    for number in 0..<Self.count {
      var text: [UInt8] = []
      let length = length(number, small: 400, &random)
      while text.count < length {
        text += Self.words[random.below(Self.words.count)]
        if random.below(3) > 0 { text.append(0x20) }
      }
      survive(text)
    }
  }

  @Test("programs with pieces left out, doubled, swapped and put in")
  func mutations() {
    var random = SplitMix64(usually: 3)
    for number in 0..<Self.count {
      var text = Self.programs[random.below(Self.programs.count)]
      let length = length(number, small: 1, &random)
      while text.count < length { text += Self.programs[random.below(Self.programs.count)] + [0x0A] }
      for _ in 0..<1 + random.below(6) { mutate(&text, &random) }
      survive(text)
    }
  }

  private func mutate(_ text: inout [UInt8], _ random: inout SplitMix64) {
    let place = random.below(text.count)
    let end = min(text.count, place + random.below(20))
    switch random.below(6) {
    case 0: text.removeSubrange(min(place, end)..<end)
    case 1: text.insert(contentsOf: text[min(place, end)..<end], at: place)
    case 2: text.insert(contentsOf: Self.words[random.below(Self.words.count)] + [0x20], at: place)
    case 3: if !text.isEmpty { text[min(place, text.count - 1)] ^= UInt8(1 << random.below(8)) }
    case 4: if !text.isEmpty { text.swapAt(min(place, text.count - 1), random.below(text.count)) }
    default:
      let other = Self.programs[random.below(Self.programs.count)]
      let from = random.below(other.count)
      text.insert(contentsOf: other[from..<min(other.count, from + random.below(200))], at: place)
    }
  }
}
