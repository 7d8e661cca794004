import Terms

/// Comparisons and what is computed of numbers, texts and dates.
extension ProgramGenerator {
  /// A number that stays small however often it is computed.
  mutating func sum(of number: Int) -> Operand {
    let step = Operand.constant(.integer(Int64(random.number(1...3))))
    let sum = Operand.binary(random.happens(70) ? .add : .multiply, .variable(number), step)
    return .binary(.modulo, sum, .constant(.integer(7)))
  }

  /// An equation of two computed values, of variables that mostly stand in different atoms.
  private mutating func addMeeting(to draft: inout Draft) -> Bool {
    let numbers = draft.variables(.number)
    let texts = draft.variables(.text)
    if numbers.count > 1, random.happens(60) {
      let sides = [one(numbers), one(numbers)].map { sum(of: $0) }
      draft.body.append(.comparison(.equal, sides[0], random.happens(30) ? .variable(one(numbers)) : sides[1]))
    } else if texts.count > 1 {
      let function: ReferenceFunction = one([.lower, .fold, .length])
      draft.body.append(
        .comparison(.equal, .call(function, [.variable(one(texts))]), .call(function, [.variable(one(texts))])))
    } else {
      return false
    }
    return true
  }

  mutating func addComparison(to draft: inout Draft) {
    if breadth == .wide, random.happens(30), addMeeting(to: &draft) { return }
    let numbers = draft.variables(.number)
    if random.happens(60), let left = numbers.randomElement(using: &random) {
      let right = numbers.randomElement(using: &random) ?? left
      let limit = Operand.constant(.integer(Int64(random.number(0...4))))
      let comparison = ReferenceComparison.allCases.randomElement(using: &random) ?? .less
      draft.body.append(.comparison(comparison, .variable(left), random.happens(50) ? .variable(right) : limit))
      return
    }
    // `=` may be what binds a variable, and must not bind one of a kind to something else.
    let comparison = random.happens(70) ? ReferenceComparison.notEqual : .equal
    let candidates = draft.bound.filter { comparison == .notEqual || draft.kind(of: $0) == .anything }.sorted()
    guard let left = candidates.randomElement(using: &random) else { return }
    let right = candidates.randomElement(using: &random) ?? left
    if breadth == .wide, !has(.types), random.happens(20), draft.kind(of: left) == .anything,
      draft.kind(of: right) == .anything
    {
      draft.body.append(.comparison(one([.less, .greaterOrEqual]), .variable(left), .variable(right)))
      return
    }
    let other = random.happens(70) ? Operand.variable(right) : .constant(constant(Column(kind: .anything)))
    draft.body.append(.comparison(comparison, .variable(left), other))
  }

  /// `V = expression` that binds a variable which nothing else does.
  mutating func addBinding(to draft: inout Draft) {
    guard let number = draft.variables(.number).randomElement(using: &random) else { return }
    let half = Operand.binary(.divide, .variable(number), .constant(.integer(Int64(2 * random.number(1...2)))))
    switch breadth == .wide ? random.number(0...5) : 0 {
    case 1: bind(.call(.round, [half]), .number, &draft)
    case 2: bind(half, .other, &draft)
    case 3: bind(.call(one([.min, .max]), [.variable(number), .constant(.integer(2))]), .number, &draft)
    case 4: bind(.call(.abs, [.binary(.subtract, .variable(number), .constant(.integer(2)))]), .number, &draft)
    default: bind(sum(of: number), .number, &draft)
    }
  }

  mutating func bind(_ operand: Operand, _ kind: Kind, _ draft: inout Draft) {
    guard let result = draft.result(kind) else { return }
    let sides = [Operand.variable(result), operand]
    let isTurned = random.happens(20)
    draft.body.append(.comparison(.equal, sides[isTurned ? 1 : 0], sides[isTurned ? 0 : 1]))
    draft.bound.insert(result)
  }

  /// A condition, denied or not, or its value.
  private mutating func demand(_ function: ReferenceFunction, _ arguments: [Operand], _ draft: inout Draft) {
    switch random.number(0...9) {
    case 0: bind(.call(function, arguments), .other, &draft)
    case 1...3: draft.body.append(.not([.condition(function, arguments)]))
    default: draft.body.append(.condition(function, arguments))
    }
  }

  // MARK: Texts

  private mutating func text(_ draft: Draft) -> Operand? {
    (draft.variables(.text) + draft.entities.sorted()).randomElement(using: &random).map { .variable($0) }
  }

  mutating func addText(to draft: inout Draft) {
    guard let text = text(draft) else { return }
    switch random.number(0...3) {
    case 0: if let changed = changed(text, draft) { bind(changed, .text, &draft) }
    case 1: bind(.call(.length, [text]), .number, &draft)
    case 2:
      if let number = draft.variables(.number).randomElement(using: &random) {
        bind(.call(.toNumber, [.call(.toString, [.variable(number)])]), .number, &draft)
      }
    default: demandOfText(text, &draft)
    }
  }

  /// A text no longer than others are, such that recursion ends.
  private mutating func changed(_ text: Operand, _ draft: Draft) -> Operand? {
    let places = [1, 2, 3].map { Operand.constant(.integer($0)) }
    switch random.number(0...4) {
    case 0: return .call(one([.lower, .upper, .fold]), [text])
    case 1: return .call(.substring, [text, one(places)] + (random.happens(50) ? [one(places)] : []))
    case 2:
      return .call(.split, [text, .constant(.string(" ")), one([places[0], places[1], .constant(.integer(-1))])])
    case 3:
      return .call(.replace, [text, .constant(.string(one(["a", "ž", "ab"]))), .constant(.string(one(["e", ""])))])
    default:
      guard let other = self.text(draft) else { return nil }
      return .call(.substring, [.binary(.concatenate, text, other), places[0], places[2]])
    }
  }

  private mutating func demandOfText(_ text: Operand, _ draft: inout Draft) {
    if random.happens(25) {
      demand(.matches, [text, .constant(.string(one(ReferenceText.patterns.keys.sorted())))], &draft)
    } else if random.happens(20) {
      let texts = draft.variables(.text).map { Operand.variable($0) }
      if let left = texts.randomElement(using: &random), let right = texts.randomElement(using: &random) {
        draft.body.append(.comparison(one([.less, .lessOrEqual, .greater]), left, right))
      }
    } else {
      let part = random.happens(50) ? self.text(draft) ?? text : .constant(.string(one(["a", "Ž", "e", "", "Ana"])))
      demand(one([.contains, .startsWith, .endsWith]), [text, part], &draft)
    }
  }

  // MARK: Dates

  mutating func addDate(to draft: inout Draft) {
    guard let variable = draft.variables(.date).randomElement(using: &random) else { return }
    let date = Operand.variable(variable)
    let written = one(Self.dates)
    let constant = random.happens(30) ? Value.string(written) : self.date(written)
    let other = random.happens(60) ? Operand.variable(one(draft.variables(.date))) : .constant(constant)
    switch random.number(0...7) {
    case 0: bind(.call(one([.start, .end, .earliest, .latest]), [date]), .date, &draft)
    case 1: bind(.call(.year, [date]), .number, &draft)
    // A month or a year has no day: that would be an error.
    case 2: bind(.call(one([.month, .day]), [.call(one([.start, .end]), [date])]), .number, &draft)
    case 3: bind(.call(.daysBetween, [date, other]), .number, &draft)
    case 4: draft.body.append(.comparison(one([.less, .greaterOrEqual]), date, .variable(one(draft.variables(.date)))))
    case 5: demand(one([.isUncertain, .isApproximate]), [date], &draft)
    default: demand(one([.before, .after, .during, .overlaps]), [date, other], &draft)
    }
  }
}
