import Language

/// The aggregates of the language with their forms, as completion shows them.
enum AggregateList {
  static let all =
    Aggregate.Kind.allCases.map { ($0.rawValue, form(of: $0)) }
    + [("distance", "distance{ PATH : A -> B }  the least number of steps")]

  private static func form(of kind: Aggregate.Kind) -> String {
    switch kind {
    case .count: "count{ X : BODY }  how many there are"
    case .sum: "sum{ N, X : BODY }  the first column added up"
    case .min: "min{ N : BODY }  the least"
    case .max: "max{ N : BODY }  the greatest"
    case .avg: "avg{ N, X : BODY }  the mean of the first column"
    case .list: "list{ X : BODY }  all of them, with commas between"
    }
  }
}
