// Where no tests are built, as by `swift build`, there is no such module.
#if canImport(Testing)
  import Testing

  /// Adds the seed of random numbers to each failure.
  public struct SeedTelling: SuiteTrait, TestTrait, TestScoping {
    public var isRecursive: Bool { true }

    public func provideScope(
      for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
      let last = Seed.Last()
      let telling: IssueHandlingTrait = .compactMapIssues { issue in
        guard let seed = last.seed.withLock({ $0 }) else { return issue }
        var issue = issue
        issue.comments.append("TILTAS_SEED=\(seed)")
        return issue
      }
      try await Seed.$last.withValue(last) {
        try await telling.provideScope(for: test, testCase: testCase, performing: function)
      }
    }
  }

  extension Trait where Self == SeedTelling {
    /// Adds the seed of random numbers to each failure, as `TILTAS_SEED=N`.
    public static var tellsSeed: Self { SeedTelling() }
  }
#endif
