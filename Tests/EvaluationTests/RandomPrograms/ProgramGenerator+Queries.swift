import Terms

extension ProgramGenerator {
  /// A query over all relations, with an order and a part of its rows.
  mutating func addQuery() {
    let level = relations.map(\.level).max() ?? 0
    var draft = draft(level: level + 1, isFirst: true)
    draft.body.shuffle(using: &random)
    let bound = draft.bound.sorted()
    var query = ReferenceQuery(
      body: draft.body, columns: bound.filter { _ in random.happens(60) }.shuffled(using: &random))
    if query.columns.isEmpty { query.columns = Array(bound.prefix(1)) }
    guard !query.columns.isEmpty else { return }
    for variable in bound.shuffled(using: &random).prefix(random.number(0...2)) {
      query.order.append(.init(variable: variable, isDescending: random.happens(50)))
    }
    if random.happens(50) { query.limit = random.number(0...6) }
    if random.happens(30) { query.offset = random.number(0...3) }
    program.queries.append(query)
  }
}
