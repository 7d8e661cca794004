import Glibc
import Synchronization

/// The seeds of random tests. In a suite with the trait ``Testing/Trait/tellsSeed`` each failure says `TILTAS_SEED=N`, and with this
/// variable set the test is run with that seed alone.
public enum Seed {
  /// The seed of `TILTAS_SEED`.
  public static let chosen = getenv("TILTAS_SEED").flatMap { UInt64(String(cString: $0)) }

  /// The seed that a test has in each run, unless another is chosen.
  public static func of(_ usual: UInt64) -> UInt64 { told(chosen ?? usual) }

  /// A seed that is another one in each run, unless one is chosen.
  public static func anew() -> UInt64 { told(chosen ?? .random(in: .min ... .max)) }

  /// The seeds that a test goes through, or the one that is chosen.
  public static func each(_ usual: some Sequence<UInt64>) -> Seeds { Seeds(all: chosen.map { [$0] } ?? Array(usual)) }

  /// So many seeds that are others in each run, or the one that is chosen.
  public static func each(anew count: Int) -> Seeds { each((0..<count).map { _ in .random(in: .min ... .max) }) }

  /// The seed that the test that runs has taken last.
  final class Last: Sendable { let seed = Mutex<UInt64?>(nil) }

  @TaskLocal static var last: Last?

  /// Remembers a seed for the failures of the test that runs.
  static func told(_ seed: UInt64) -> UInt64 {
    last?.seed.withLock { $0 = seed }
    return seed
  }
}

/// Seeds, of which a failure tells the one that was taken last.
public struct Seeds: RandomAccessCollection, Sendable {
  fileprivate let all: [UInt64]

  public var startIndex: Int { 0 }
  public var endIndex: Int { all.count }
  public subscript(position: Int) -> UInt64 { Seed.told(all[position]) }
}
