import Glibc
import TestSupport
import Testing

/// Sessions of random entries, loads by each door, undoing, transactions, saving, opening anew and crashes, each beside a model.
@Suite("Random sessions", .tellsSeed) struct RandomSessionTests {
  @Test("a session holds what plain sets hold, also after crashes", arguments: 0..<4)
  func agreement(batch: Int) throws {
    for seed in Seed.each(anew: Long.isOn ? 2_500 : 20) {
      do {
        var session = try RandomSession(seed: seed)
        try session.run(steps: 40)
      } catch {
        let reason = (error as? RandomSession.Difference)?.reason ?? "\(error)"
        Issue.record("\(reason)")
        return
      }
    }
  }
}
