import Testing

/// Sessions of random entries, undoing, transactions, saving, opening anew and crashes, each beside a model.
@Suite struct RandomSessionTests {
  @Test("a session holds what plain sets hold, also after crashes", arguments: 0..<4)
  func agreement(batch: Int) throws {
    for _ in 0..<(Long.isOn ? 2_500 : 20) {
      do {
        var session = try RandomSession()
        try session.run(steps: 40)
      } catch {
        Issue.record("\((error as? RandomSession.Difference)?.reason ?? "\(error)")")
        return
      }
    }
  }
}
