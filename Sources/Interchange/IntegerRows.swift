import Glibc
import Relations
import Terms
import Threads

/// Reads rows that are of short integers alone, as those of many graphs are: first all integers, then their terms are made, then
/// each integer gives way to its term's number.
///
/// New integers are numbered by their size, in whatever order the rows come, so that what lies side by side as integers does so in
/// rows and sets; often the numbers are the integers and something. And all but the making of terms is shared by threads.
struct IntegerRows {
  /// How many fields a row has.
  private let width: Int
  /// Integers that are not below it are left to others.
  private let limit: Int
  private var stretches: [Stretch] = []

  /// A part of the table that is read by one thread at a time.
  private struct Stretch {
    /// What of it is not read yet.
    var rest: Range<Int>
    let memory = TableText.Memory()
    /// Where its integers go.
    let room: UnsafeMutableBufferPointer<UInt32>
    /// How many have come.
    var count = 0
    /// Those that have come, as a bitmap of all below the limit.
    let seen: UnsafeMutableBufferPointer<UInt64>
    /// Whether no more can be read: it is at its end, or the next row is of another form.
    var hasEnded = false
    var isUnfit = false

    mutating func read(_ text: TableText, _ width: Int, below limit: Int) {
      let most = count + pieceSize
      do {
        while !hasEnded && count + width <= most, let part = try text.lines(from: rest.lowerBound, in: memory) {
          read(part, text, width, below: limit, upTo: most)
        }
      } catch {
        isUnfit = true
      }
      hasEnded = hasEnded || rest.isEmpty || isUnfit
    }

    private mutating func read(
      _ part: TableText.Part, _ text: TableText, _ width: Int, below limit: Int, upTo most: Int
    ) {
      let scanner = FieldScanner(part, text.form)
      let place = UnsafeMutableBufferPointer(rebasing: room[count..<min(room.count, most)])
      let end = min(part.bytes.count, rest.upperBound - part.range.lowerBound)
      let read = scanner.readShortIntegers(width, in: 0..<end, below: limit, into: place, marking: seen)
      count += read.count
      rest = min(part.range.lowerBound + read.position, rest.upperBound)..<rest.upperBound
      hasEnded = rest.isEmpty || read.position < end && read.count + width <= place.count
    }
  }

  /// No integer of seven digits is as large.
  private static let beyondShort = 10_000_000
  /// How many integers a thread reads before it is asked whether to go on: some milliseconds' work.
  private static let pieceSize = 1 << 20
  /// A stretch of fewer bytes is not worth a thread.
  private static let fewBytes = 1 << 17

  /// The tuples of the rows from an offset on, as far as they are of short integers, behind which it is then; `nil` where it was
  /// not to go on.
  /// - Parameters:
  ///   - terms: must be read (``TermDictionary/readAll()``).
  ///   - proceed: is told now and then how many rows were read.
  static func read(
    _ text: TableText, from offset: inout Int, _ width: Int, by terms: TermDictionary, threads: Int,
    _ proceed: (Int) -> Bool
  ) throws(TableText.Unfit) -> [UInt32]? {
    let left = text.count - offset
    let limit = min(beyondShort, max(Int(TermDictionary.alwaysNoted), left / 4))
    var rows = IntegerRows(width: width, limit: limit)
    let parts = try text.stretches(from: offset, min(threads, max(1, left / fewBytes)))
    // An integer takes two bytes at least; the system gives no more memory than is written to.
    let rooms = parts.map { $0.count / 2 + width }
    var hasEnded = false
    let tuples = [UInt32](unsafeUninitializedCapacity: rooms.reduce(0, +)) { numbers, count in
      rows.divide(numbers, among: parts, rooms)
      hasEnded = rows.scan(text, proceed)
      if hasEnded {
        (count, offset) = rows.joinStretches(numbers)
        rows.number(UnsafeMutableBufferPointer(rebasing: numbers[..<count]), by: terms)
      }
      for stretch in rows.stretches { free(stretch.seen.baseAddress) }
    }
    if rows.stretches.contains(where: \.isUnfit) { throw TableText.Unfit() }
    return hasEnded ? tuples : nil
  }

  private mutating func divide(_ numbers: UnsafeMutableBufferPointer<UInt32>, among parts: [Range<Int>], _ rooms: [Int])
  {
    var start = 0
    for (part, room) in zip(parts, rooms) {
      let words = (limit + 63) / 64
      guard let memory = calloc(words, MemoryLayout<UInt64>.stride) else {
        fatalError("internal error: no memory for the integers of a table")
      }
      let seen = UnsafeMutableBufferPointer(start: memory.bindMemory(to: UInt64.self, capacity: words), count: words)
      let place = UnsafeMutableBufferPointer(rebasing: numbers[start..<start + room])
      stretches.append(Stretch(rest: part, room: place, seen: seen))
      start += room
    }
  }

  /// Reads all stretches, a piece of each at a time; false where it was not to go on.
  private mutating func scan(_ text: TableText, _ proceed: (Int) -> Bool) -> Bool {
    let (width, limit) = (width, limit)
    while stretches.contains(where: { !$0.hasEnded }) {
      stretches.withUnsafeMutableBufferPointer { stretches in
        SharedTasks.forEach(below: stretches.count, threads: stretches.count) {
          if !stretches[$0].hasEnded { stretches[$0].read(text, width, below: limit) }
        }
      }
      if !proceed(stretches.reduce(0) { $0 + $1.count } / width) { return false }
    }
    return true
  }

  /// Moves the integers together, and those seen into the first stretch's; what lies behind a stretch that did not come to its end
  /// is left out. Returns how many integers there are, and where their rows end.
  private func joinStretches(_ numbers: UnsafeMutableBufferPointer<UInt32>) -> (count: Int, position: Int) {
    var count = stretches[0].count
    var last = 0
    while stretches[last].rest.isEmpty && last + 1 < stretches.count {
      last += 1
      let stretch = stretches[last]
      if let start = numbers.baseAddress, let from = stretch.room.baseAddress {
        (start + count).update(from: from, count: stretch.count)
      }
      count += stretch.count
      for index in stretch.seen.indices { stretches[0].seen[index] |= stretch.seen[index] }
    }
    return (count, stretches[last].rest.lowerBound)
  }

  /// Makes the terms of the integers, and puts their numbers in the places of these.
  private func number(_ integers: UnsafeMutableBufferPointer<UInt32>, by terms: TermDictionary) {
    let distance = terms.internIntegers(UnsafeBufferPointer(stretches[0].seen))
    let share = Self.pieceSize / 4
    terms.withNotedIntegers { noted in
      SharedTasks.forEach(below: (integers.count + share - 1) / share, threads: stretches.count) {
        let part = integers[$0 * share..<min(integers.count, ($0 + 1) * share)]
        if let distance {
          for index in part.indices { integers[index] &+= distance }
        } else {
          for index in part.indices { integers[index] = noted[Int(integers[index])] &- 1 }
        }
      }
    }
  }
}
