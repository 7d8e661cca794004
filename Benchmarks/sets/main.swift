import Glibc
import Relations
import Threads

/// What the operations on sets take beside what the memory gives: each moves so many bytes, and the least time for that is
/// measured by moving as many with nothing else to do.
///
/// One line each, with tabs: the operation, the numbers in each set, nanoseconds a number, bytes moved, gigabytes a second,
/// and the share of what the memory gives for so many bytes.

/// The least time of several runs, each of which takes a tenth of a second at least.
func time(_ body: () -> Void) -> Double {
  var times = 1
  var least = Double.infinity
  for _ in 0..<5 {
    var taken = 0.0
    while true {
      let start = MonotonicTime.seconds
      for _ in 0..<times { body() }
      taken = MonotonicTime.seconds - start
      if taken > 0.02 { break }
      times *= 4
    }
    least = min(least, taken / Double(times))
  }
  return least
}

/// Not inlined, for else the compiler sees that nobody reads what is written.
@inline(never) func move(_ source: UnsafeMutableRawPointer, _ target: UnsafeMutableRawPointer, _ bytes: Int) {
  memcpy(target, source, bytes)
}

/// Bytes a second that the memory gives, half of them read and half of them written, where so many are moved in all.
func bandwidth(ofMoving bytes: Int) -> Double {
  let half = max(64, bytes / 2)
  let source = UnsafeMutableRawPointer.allocate(byteCount: half, alignment: 64)
  let target = UnsafeMutableRawPointer.allocate(byteCount: half, alignment: 64)
  defer {
    source.deallocate()
    target.deallocate()
  }
  memset(source, 1, half)
  memset(target, 2, half)
  return Double(2 * half) / time { move(source, target, half) }
}

/// A set of every n-th number, which is a bitmap where n is small.
func set(_ count: Int, every step: Int, from first: Int = 0) -> SetBuffer {
  let buffer = SetBuffer()
  for index in 0..<count { buffer.insert(UInt32(first + index * step)) }
  return buffer
}

/// - Parameter bytes: those that are read of both sets and written of the result.
func report(_ name: String, _ count: Int, bytes: Int, _ body: () -> Void) {
  let seconds = time(body)
  let rate = Double(bytes) / seconds
  let given = bandwidth(ofMoving: bytes)
  func rounded(_ figure: Double, _ places: Double) -> String { "\((figure * places).rounded() / places)" }
  print(
    name, count, rounded(seconds * 1e9 / Double(count), 1000), bytes, rounded(rate / 1e9, 10),
    rounded(rate / given, 100),
    separator: "\t")
}

let result = SetBuffer()
for count in [1_000, 100_000, 10_000_000] {
  let (dense, other) = (set(count, every: 2), set(count, every: 3))
  let words = count * 2 / 8
  report("union of two bitmaps", count, bytes: 3 * words) {
    result.assign(dense.view)
    result.formUnion(other.view)
  }
  report("intersection of two bitmaps", count, bytes: 3 * words) { result.assignIntersection(dense.view, other.view) }
  let (sparse, even) = (set(count, every: 150, from: 7), set(count, every: 100, from: 7))
  report("intersection of two arrays", count, bytes: 8 * count) { result.assignIntersection(sparse.view, even.view) }
  let few = set(count / 100 + 1, every: 10_000, from: 7)
  report("intersection of few numbers with an array", few.view.count, bytes: 8 * few.view.count) {
    result.assignIntersection(few.view, even.view)
  }
  report("intersection of few numbers with a bitmap", few.view.count, bytes: 8 * few.view.count) {
    result.assignIntersection(few.view, dense.view)
  }
  report("union of two arrays", count, bytes: 16 * count) {
    result.assign(sparse.view)
    result.formUnion(even.view)
    _ = result.view
  }
}
