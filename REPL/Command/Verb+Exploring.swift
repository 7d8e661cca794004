/// The verbs that look around in the graph without a query.
extension Verb {
  static let describeDescription = VerbDescription(
    operands: "NAME…", operandCount: 1...Int.max, summary: "tell all that is known about one entity",
    details: """
      NAME is an id, a label or an alias, with or without diacritics, or words of one. Relations stand one
      below the other, first those that lead from the entity, then those that lead to it; what has a date
      is in its order. What rules infer stands behind what is stated, marked. Of a relation with more than
      20 facts a table shows ten; --all shows all. Other formats give a row for each statement.
      """,
    options: Option.opening + Option.answering + [.all],
    examples: [
      ("tiltas describe zana jarosuk", "by words of a name"),
      ("tiltas describe 'Kaliningrado dramos teatras' --format jsonl", "for programs"),
    ])

  static let findDescription = VerbDescription(
    operands: "WORDS…", operandCount: 1...Int.max, summary: "find entities by any of their names",
    details: """
      Each word begins a word of the name, in any order, without regard to case and diacritics. If none
      is named so, those with names that are nearly so are listed.
      """,
    options: Option.opening + Option.answering,
    examples: [
      ("tiltas find jaros", "who or what is named so"), ("tiltas find stankevich", "a name written otherwise"),
    ])

  static let nearDescription = VerbDescription(
    operands: "NAME… [STEPS]", operandCount: 1...Int.max, summary: "list what is one or more steps away from an entity",
    details: """
      A step is a fact that both are in. STEPS is 1 if it is left out. A table shows 40 of them and
      how many there are besides; --all shows all.
      """,
    options: Option.opening + Option.answering + [.all],
    examples: [("tiltas near gorky_school 2", "what two facts lead to")])

  static let pathDescription = VerbDescription(
    operands: "A B [N]", operandCount: 2...Int.max, summary: "tell how two entities are connected",
    details: """
      The closest way comes first: few steps, through things that have few facts. A step is a fact that both
      are in, in either order. There is a sentence for each fact, with its lines. N ways are told if a number
      is given; else one, and how many others there are. Names of several words stand in quotes.
      """,
    options: Option.opening + Option.answering,
    examples: [
      ("tiltas path gorky_school kaliningrad", "the closest way"),
      ("tiltas path 'Aleksandr Jarošuk' 'Vaclav Stankevič' 3", "three ways"),
    ])

  static let commonDescription = VerbDescription(
    operands: "A B", operandCount: 2...Int.max, summary: "list what two entities have in common",
    options: Option.opening + Option.answering + [.all],
    examples: [("tiltas common klaipeda kaliningrad", "what facts connect with both")])

  static let timelineDescription = VerbDescription(
    operands: "[NAME…] [YEAR]", operandCount: 0...Int.max, summary: "list what happened, in order",
    details: """
      What is known about NAME and has a date of its own, or in parentheses that of an event; without NAME
      all that has a date.
      YEAR may also be a month, a day, or an interval such as 2011/2013. It stands first or last.
      """,
    options: Option.opening + Option.answering,
    examples: [
      ("tiltas timeline 2013", "what happened in 2013"),
      ("tiltas timeline vaclav_stankevic", "what one person did, and when"),
      ("tiltas timeline kaliningrad 2011-10", "a city's month"),
    ])

  static let sourceDescription = VerbDescription(
    operands: "[SOURCE] LINE[-LINE]", operandCount: 1...2,
    summary: "list the statements that rest on a line of a source, or on several",
    details: """
      A table begins with the words of the line if the graph says where the source's text is:
      source_text(report, "report.txt"). The file is looked for beside the one that states this.
      """,
    options: Option.opening + Option.answering,
    examples: [
      ("tiltas source 19", "what line 19 says"), ("tiltas source report 19", "of this source only"),
      ("tiltas source 3-5", "three lines"),
    ])

  static let drawDescription = VerbDescription(
    operands: "NAME… [STEPS] [FILE]", operandCount: 1...Int.max, summary: "draw an entity and what is near it",
    details: """
      FILE ends in .svg, .png, .pdf (made by graphviz) or .dot. Without FILE a tree is shown, or with
      --format dot or mermaid the text of the picture.
      """,
    options: Option.opening + [.format, .timeout, .output],
    examples: [
      ("tiltas draw water_quality", "a tree"), ("tiltas draw water_quality 2 water.svg", "a picture"),
    ])
}
