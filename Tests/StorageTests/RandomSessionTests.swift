import Glibc
import Testing

/// Sessions of random entries, loads by each door, undoing, transactions, saving, opening anew and crashes, each beside a model.
@Suite struct RandomSessionTests {
  /// The seed of `TILTAS_SEED`, of which one session alone is made; a failure prints it.
  private static let seed = getenv("TILTAS_SEED").flatMap { UInt64(String(cString: $0)) }

  @Test("a session holds what plain sets hold, also after crashes", arguments: 0..<4)
  func agreement(batch: Int) throws {
    for _ in 0..<(Self.seed != nil ? 1 : Long.isOn ? 2_500 : 20) {
      let seed = Self.seed ?? .random(in: .min ... .max)
      do {
        var session = try RandomSession(seed: seed)
        try session.run(steps: 40)
      } catch {
        let reason = (error as? RandomSession.Difference)?.reason ?? "\(error)"
        Issue.record("TILTAS_SEED=\(seed): \(reason)")
        return
      }
    }
  }
}
