internal import Evaluation
internal import Language
internal import Sessions
internal import Terms

extension Database {
  /// What statements changed.
  public struct Changes: Sendable, Hashable {
    /// How many facts are new.
    public let added: Int
    /// How many facts were there before.
    public let known: Int
    /// How many facts were taken back.
    public let removed: Int
    /// How many facts were to be taken back and were not there.
    public let absent: Int
    /// How many rules were defined.
    public let rules: Int
  }

  /// Carries out statements as the shell's prompt does: `+fact.`, `-fact.`, rules, declarations, any number of them. Queries among them
  /// are checked, and their answers dropped.
  ///
  /// ```swift
  /// try db.run("+partner(klaipeda, harbour) @ {source: letter}. active(O) :- partner(O, _).")
  /// ```
  /// If something is wrong it throws, and nothing of it is done.
  @discardableResult
  public func run(_ statements: String) throws -> Changes {
    try change { core in
      let changes = try core.atOnce { try core.session.enter(statements, answer: { _ in }) }
      return Changes(
        added: changes.added, known: changes.known + changes.annotated, removed: changes.removed,
        absent: changes.absent,
        rules: changes.rules)
    }
  }

  /// States a fact; whether it is new.
  ///
  /// ```swift
  /// try db.add("attended", Entity("anna"), Entity("visit_2013"), annotations: ["source": "letter 12"])
  /// ```
  /// A string stands for an entity of that name if the relation is declared to have an entity there. An undeclared relation is made.
  @discardableResult
  public func add(
    _ relation: String, _ values: any ValueConvertible..., annotations: [String: any ValueConvertible] = [:]
  ) throws -> Bool {
    try add(relation, rows: [values], annotations: annotations) == 1
  }

  /// States a fact for each row, all of them or if something is wrong none; how many are new. Linear in the rows.
  @discardableResult
  public func add(
    _ relation: String, rows: some Sequence<[any ValueConvertible]>, annotations: [String: any ValueConvertible] = [:]
  ) throws -> Int {
    let end = try Statements.end(annotations)
    var text = ""
    for row in rows { text += "+" + (try Statements.fact(relation, row)) + end + "\n" }
    return try run(text).added
  }

  /// Takes a fact back; whether it was there.
  @discardableResult
  public func remove(_ relation: String, _ values: any ValueConvertible...) throws -> Bool {
    try run("-" + (try Statements.fact(relation, values)) + ".").removed == 1
  }

  /// Does all that `body` does, or if it throws nothing. Others see the database as it was before until `body` is done.
  ///
  /// ```swift
  /// try db.transaction {
  ///   try db.remove("holds", Entity("anna"), Entity("mayor"))
  ///   try db.add("holds", Entity("boris"), Entity("mayor"))
  /// }
  /// ```
  /// A mistake in `body` undoes the transaction at once, also if the error is caught. A transaction has no other within it.
  @discardableResult
  public func transaction<Result>(_ body: () throws -> Result) throws -> Result {
    try turn.take { core in
      if core.isInTransaction {
        throw TiltasError(
          .openTransaction, "a transaction has begun already", help: "do it all in the body of the first one")
      }
      core.isInTransaction = true
      core.session.begin()
      defer { tellObservers(core) }
      do {
        defer { core.isInTransaction = false }
        let result = try body()
        if !core.session.isInTransaction { throw TiltasError.transactionHasEnded }
        try core.session.commit()
        return result
      } catch {
        core.session.rollBack()
        throw TiltasError.told(error)
      }
    }
  }

  /// Takes the last change or transaction back; whether there was one.
  @discardableResult
  public func undo() throws -> Bool { try change { try $0.session.undo() != nil } }
}

extension Database.Core {
  /// Does all that is done, or if something is wrong nothing.
  func atOnce<Result>(_ work: () throws -> Result) throws -> Result {
    if session.isInTransaction { return try work() }
    session.begin()
    do {
      let result = try work()
      try session.commit()
      return result
    } catch {
      session.rollBack()
      throw error
    }
  }
}

/// Writes statements from values, each so that it is read as the same value again.
private enum Statements {
  static func fact(_ relation: String, _ values: [any ValueConvertible]) throws -> String {
    if relation.isEmpty { throw TiltasError(.noValue, "a relation has a name") }
    return RelationName.fact(Text.nfc(relation), try values.map { try $0.value.checkedTerm() })
  }

  /// What ends a fact: its annotations and the full stop.
  static func end(_ annotations: [String: any ValueConvertible]) throws -> String {
    if annotations.isEmpty { return "." }
    let parts = try annotations.sorted { $0.key < $1.key }.map { key, value in
      guard Text.isBareName(key) else {
        throw TiltasError(
          .noValue, "`\(key)` is no key of an annotation", help: "write it in small letters, digits and `_`")
      }
      return "\(key): \(try value.value.checkedTerm())"
    }
    return " @ {\(parts.joined(separator: ", "))}."
  }
}
