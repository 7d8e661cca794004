internal import Sessions

extension Database {
  /// Why a fact holds. Throws ``TiltasError`` if it does not.
  /// - Parameters:
  ///   - fact: a fact without variables, such as `partner(klaipeda, $project)`.
  ///   - parameters: the values of `$name`s in it.
  public func why(_ fact: String, _ parameters: [String: any ValueConvertible] = [:]) throws -> Explanation {
    try work { Explanation(try $0.session.why(fact, with: parameters.terms())) }
  }

  /// Why a row is an answer, by the rules of when it was asked for and the facts of now. Throws ``TiltasError`` if it is none any more.
  public func why(_ row: Row) throws -> Explanation {
    try work { core in
      let answers = row.table.origin.answers
      guard let explanation = try core.session.why(answers, row: row.table.firstRow + row.number) else {
        throw TiltasError(.noAnswerToExplain, "the row is no answer any more", help: "ask the query again")
      }
      return Explanation(explanation)
    }
  }

  /// Why a fact does not hold. Throws ``TiltasError`` if it does.
  public func whyNot(_ fact: String, _ parameters: [String: any ValueConvertible] = [:]) throws -> Refutation {
    try work { Refutation(try $0.session.whyNot(fact, with: parameters.terms())) }
  }
}
