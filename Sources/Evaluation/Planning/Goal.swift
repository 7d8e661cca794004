/// What a plan is for.
enum Goal: Hashable {
  /// Rows of these variables.
  case emit
  /// The values of one variable.
  case collect(Int)
  /// Whether there is a solution.
  case found
  /// The same, where all solutions are looked at for what may fail in them.
  case every
  /// How many solutions there are.
  case count
  /// How many there are with each value of one variable.
  case weigh(Int)
}
