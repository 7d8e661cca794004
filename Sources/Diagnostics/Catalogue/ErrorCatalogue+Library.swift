extension ErrorCatalogue {
  static let library: [ErrorEntry] = [
    ErrorEntry(
      .noColumn, #"A column that the answers do not have"#,
      #"The columns are the variables of the query, or those that `select` names. A property `day` is read from the column `Day`."#,
      withoutExample: needsSwift),
    ErrorEntry(
      .otherKind, #"A value of another kind than was asked for"#,
      #"`row["Day", as: Int.self]` reads integers alone. A `String` is read from strings, entities and dates, a `Double` from any number."#,
      withoutExample: needsSwift),
    ErrorEntry(
      .notDecoded, #"A row that cannot be read as a type"#,
      #"A type reads a row by the names of its properties, each from one cell; a row of one column is read as one value too."#,
      withoutExample: needsSwift),
    ErrorEntry(
      .noValue, #"What is no value, relation or key"#,
      #"Decimals are finite, a relation has a name, and the key of an annotation is written in small letters, digits and `_`."#,
      withoutExample: needsSwift),
    ErrorEntry(
      .transactionWithin, #"A transaction within another"#,
      #"`transaction` has begun already: do all of it in the body of the first one."#, withoutExample: needsSwift),
    ErrorEntry(
      .transactionEnded, #"A transaction that ended with a mistake"#,
      #"A mistake in a change undoes the transaction at once, also if its error is caught: nothing more is done in its body."#,
      withoutExample: needsSwift),
    ErrorEntry(
      .answerGone, #"A row that is no answer any more"#,
      #"Rows are explained by the facts of now, and facts have changed since they were asked for."#,
      withoutExample: needsSwift),
  ]

  private static let needsSwift = #"it needs a program in Swift: see Documentation/Library.md"#
}
