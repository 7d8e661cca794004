import Graphs

/// What is put back where a transaction is not completed, beside the facts, which its steps of ``Undoing`` put back.
struct Transaction {
  let program: Program
  let schema: GraphSchema
}

extension Engine {
  /// From here on all changes are remembered, until ``endTransaction()`` or ``rollBack()``.
  public func beginTransaction() {
    transaction = Transaction(program: program, schema: graph.schema)
    undoing.beginTransaction()
  }

  /// Lets what was changed since ``beginTransaction()`` stay.
  public func endTransaction() {
    transaction = nil
    undoing.endTransaction()
  }

  /// Undoes all that was changed since ``beginTransaction()``: facts, rules, parameters and declarations.
  public func rollBack() {
    guard let transaction else { return }
    undoTransaction()
    graph.restore(transaction.schema)
    let version = program.version
    program = transaction.program
    program.touch(beyond: version)
    endTransaction()
  }
}
