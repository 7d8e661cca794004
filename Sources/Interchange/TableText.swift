import Diagnostics
import Glibc
import Terms

/// The bytes of a table, given out in parts of whole lines.
///
/// A table in memory is one part. Of a long file a piece at a time is read, into the same memory again and again: to be given new
/// memory for all of it takes several times as long as to have it copied there. Several threads may read at once, each into
/// memory of its own.
final class TableText {
  /// The length in bytes.
  let count: Int
  let form: TableForm
  private let source: Source

  private enum Source {
    case memory(UnsafeBufferPointer<UInt8>)
    case file(descriptor: Int32, pieceSize: Int)
  }

  /// What can't be read piece by piece: it is not as it was when the file was opened, a line is longer than a piece, or text is to
  /// be checked and changed as a whole.
  struct Unfit: Error {}

  /// Lines, the last of which ends with them.
  struct Part {
    /// Valid as long as the memory is there and not used for another part.
    let bytes: UnsafeBufferPointer<UInt8>
    /// Where in the table it begins and ends; a line feed may be added behind the table.
    let range: Range<Int>
    /// How many bytes behind it may be read, of no meaning.
    let margin: Int
  }

  /// Memory for one part after another, which whoever has a part of it keeps.
  final class Memory {
    fileprivate var bytes = UnsafeMutableBufferPointer<UInt8>(start: nil, count: 0)

    deinit { bytes.deallocate() }

    fileprivate func makeRoom(_ count: Int) {
      if bytes.count >= count { return }
      bytes.deallocate()
      bytes = .allocate(capacity: count)
    }
  }

  #if FUZZING
    // A fuzzer's small tables have several pieces too.
    static let usualPieceSize = 64
  #else
    /// A piece fits the processor's own memory.
    static let usualPieceSize = 1 << 17
  #endif
  private static let margin = 1 << 12

  /// A table in memory, which must outlive it.
  init(_ bytes: UnsafeBufferPointer<UInt8>, _ form: TableForm) {
    source = .memory(bytes)
    count = bytes.count
    self.form = form
  }

  /// A table in a file; `nil` where that is none that is longer than two pieces.
  init?(_ path: String, _ form: TableForm, _ admitted: TextFile.Admission, pieceSize: Int) {
    guard path != "-", let descriptor = try? TextFile.opened(path, admitted) else { return nil }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 2 * pieceSize else {
      close(descriptor)
      return nil
    }
    source = .file(descriptor: descriptor, pieceSize: pieceSize)
    count = Int(status.st_size)
    self.form = form
  }

  deinit { if case .file(let descriptor, _) = source { close(descriptor) } }

  /// Whether mistakes in it have a place.
  var isInMemory: Bool { if case .memory = source { true } else { false } }

  /// The part that begins at an offset, with what is behind that as far as there is room; `nil` at the end. What is not of ASCII is
  /// valid and in NFC.
  func part(from offset: Int, in memory: Memory) throws(Unfit) -> Part? {
    guard let part = try lines(from: offset, in: memory) else { return nil }
    guard !isInMemory, !part.bytes.areASCII else { return part }
    // Where another normal form is as long, offsets are the same, and the rows need not be.
    let bytes = Array(part.bytes)
    guard let read = try? SourceFile.reading(name: "", bytes: bytes), read.bytes == bytes else { throw Unfit() }
    return part
  }

  /// The same of which nothing is known.
  func lines(from offset: Int, in memory: Memory) throws(Unfit) -> Part? {
    if offset >= count { return nil }
    switch source {
    case .memory(let bytes):
      return Part(bytes: UnsafeBufferPointer(rebasing: bytes[offset...]), range: offset..<count, margin: 0)
    case .file(let descriptor, let pieceSize):
      memory.makeRoom(pieceSize + 1 + Self.margin)
      let piece = UnsafeMutableBufferPointer(rebasing: memory.bytes[..<min(pieceSize, count - offset)])
      try Self.read(piece, from: descriptor, at: offset)
      return try Self.wholeLines(of: piece, at: offset, isLast: offset + piece.count == count)
    }
  }

  private static func wholeLines(
    of piece: UnsafeMutableBufferPointer<UInt8>, at offset: Int, isLast: Bool
  ) throws(Unfit) -> Part {
    guard let start = piece.baseAddress, let end = piece.lastIndex(of: lineFeed) ?? (isLast ? 0 : nil) else {
      throw Unfit()
    }
    var length = end + 1
    if isLast && piece.last != lineFeed {
      (start + piece.count).initialize(to: lineFeed)
      length = piece.count + 1
    }
    return Part(
      bytes: UnsafeBufferPointer(start: start, count: length), range: offset..<offset + min(length, piece.count),
      margin: margin)
  }

  private static func read(
    _ buffer: UnsafeMutableBufferPointer<UInt8>, from descriptor: Int32, at offset: Int
  ) throws(Unfit) {
    guard let start = buffer.baseAddress else { return }
    var done = 0
    while done < buffer.count {
      let length = pread(descriptor, start + done, buffer.count - done, off_t(offset + done))
      if length < 0 && errno == EINTR { continue }
      guard length > 0 else { throw Unfit() }
      done += length
    }
  }

  /// Makes room for the numbers of the whole table, of which some were read up to an offset: to move them as they become more
  /// would take new memory again and again.
  func makeRoom(in numbers: inout [UInt32], readTo offset: Int) {
    let expected = Int(Double(numbers.count) / Double(max(1, offset)) * Double(count))
    if numbers.capacity < expected { numbers.reserveCapacity(expected + expected / 8) }
  }

  /// Divides what is left behind an offset into stretches of about the same length, as many as asked for or fewer, each of which
  /// begins with a line.
  func stretches(from offset: Int, _ most: Int) throws(Unfit) -> [Range<Int>] {
    var stretches: [Range<Int>] = []
    var start = offset
    for number in 1...most {
      let end = number == most ? count : try nextLine(from: max(start, offset + (count - offset) / most * number))
      if end > start { stretches.append(start..<end) }
      start = max(start, end)
    }
    return stretches
  }

  /// The line, from 1, that holds an offset.
  func line(of offset: Int) throws(Unfit) -> Int {
    let memory = Memory()
    defer { withExtendedLifetime(memory) {} }
    var (line, start) = (1, 0)
    while start < offset, let part = try lines(from: start, in: memory) {
      line += part.bytes.prefix(offset - start).count { $0 == lineFeed }
      start = part.range.upperBound
    }
    return line
  }

  /// Where the first line begins at an offset or behind it; the end where none does.
  private func nextLine(from offset: Int) throws(Unfit) -> Int {
    let memory = Memory()
    defer { withExtendedLifetime(memory) {} }
    guard let part = try lines(from: max(0, offset - 1), in: memory) else { return count }
    return part.bytes.firstIndex(of: lineFeed).map { min(count, part.range.lowerBound + $0 + 1) } ?? count
  }
}

private let lineFeed: UInt8 = 0x0A

extension UnsafeBufferPointer<UInt8> {
  /// Whether all bytes are below 0x80, so that they need no look at their validity and normal form.
  var areASCII: Bool {
    let raw = UnsafeRawBufferPointer(self)
    let words = count / 8
    var union: UInt64 = 0
    for index in 0..<words { union |= raw.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self) }
    for index in words * 8..<count { union |= UInt64(self[index]) }
    return union & 0x8080_8080_8080_8080 == 0
  }
}
