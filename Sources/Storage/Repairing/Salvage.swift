import Graphs

/// Makes a new graph of all that can be read of a snapshot and its journal, either of which may be damaged, and tells what can't.
struct Salvage {
  let graph = Graph()
  private(set) var rules: [(name: String, text: String)] = []
  private(set) var report = RepairReport()
  private let file: SalvageFile
  private let path: String
  /// Whether the snapshot had texts of rules that cannot be read.
  private var lacksRules = false

  /// Throws ``SnapshotLayout/NotASnapshot`` if there is nothing to keep, and ``SnapshotLayout/NewerVersion``.
  /// - Parameter journal: the bytes of the journal beside the file; `nil` if there is none.
  init(_ input: InputFile, journal: [UInt8]?) throws {
    file = SalvageFile(input: input)
    path = input.path
    let found = try SalvagedLayout(file)
    var isEmpty = true
    if let found {
      isEmpty = try !takeSnapshot(found)
    } else {
      lose("all that the snapshot held: neither its header nor a copy of it is whole")
    }
    if let journal { takeJournal(journal, found) }
    if lacksRules {
      report.losses.insert(RepairReport.Loss(text: "the texts of the rules, parameters and constraints"), at: 0)
    }
    if isEmpty && report.changes == 0 { throw SnapshotLayout.NotASnapshot() }
    report.facts = graph.factCount
    report.relations = graph.relationNames.count
  }

  private mutating func lose(_ text: String) { report.losses.append(RepairReport.Loss(text: text)) }

  // MARK: The snapshot

  /// Takes what can be read of the snapshot; whether that is anything.
  private mutating func takeSnapshot(_ found: SalvagedLayout) throws -> Bool {
    tellOf(found)
    var layout = found.layout
    let rulesAreRead = try takeRules(layout)
    guard let catalogue = try catalogue(layout) else {
      let count = RepairReport.count(layout.relationCount, "relation", "relations")
      lose("\(count), with all their facts: the catalogue is damaged, and tells their names")
      return rulesAreRead
    }
    let terms = try SalvagedTerms(file, layout, into: graph.terms)
    layout.setTermCount(terms.count)
    let reader = SnapshotReader(file.input, layout: layout, catalogue: catalogue)
    let annotations = try SalvagedAnnotations(file, reader, terms, into: graph)
    for type in catalogue.types {
      graph.declareType(type.name, supertypes: type.supertypes.map { catalogue.types[$0].name })
    }
    if terms.lost > 0 {
      report.notes.append("\(terms.lost) of \(RepairReport.count(terms.count, "term", "terms")) cannot be read")
    }
    for number in catalogue.relations.indices {
      tell(of: try SalvagedRelation(file, reader, number, terms, annotations, into: graph))
    }
    return true
  }

  private mutating func tellOf(_ found: SalvagedLayout) {
    switch found.source {
    case .header: break
    case .copy: report.notes.append("the header is damaged; its copy is whole")
    case .table: report.notes.append("the header is damaged; what its table tells rightly was used")
    }
  }

  /// The bytes of a section of which there is a copy.
  private mutating func section(_ kind: SnapshotLayout.Kind, _ layout: SnapshotLayout) throws -> Memory? {
    let section = layout.section(kind)
    if try file.isWhole(section), let memory = try file.bytes(section.range) { return memory }
    guard let copy = layout.copy(of: kind), try file.isWhole(copy), let memory = try file.bytes(copy.range) else {
      return nil
    }
    report.notes.append("the section \(SnapshotReader.name(kind)) is damaged; its copy is whole")
    return memory
  }

  private mutating func catalogue(_ layout: SnapshotLayout) throws -> Catalogue? {
    guard let memory = try section(.catalogue, layout) else { return nil }
    return try? memory.withBytes {
      try Catalogue($0, relationCount: layout.relationCount, version: layout.version)
    }
  }

  /// Takes the texts of the rules; whether there are any.
  private mutating func takeRules(_ layout: SnapshotLayout) throws -> Bool {
    if let memory = try section(.sources, layout), let sources = try? SnapshotReader.sources(memory) {
      rules = sources
    } else {
      lacksRules = true
    }
    return !rules.isEmpty
  }

  private mutating func tell(of relation: SalvagedRelation) {
    let entry = relation.entry
    var parts: [String] = []
    func lose(_ lost: Int, _ of: Int, _ singular: String, _ plural: String) {
      if lost > 0 { parts.append("\(lost) of \(RepairReport.count(of, singular, plural))") }
    }
    lose(relation.lostFacts, entry.facts, "fact", "facts")
    lose(relation.lostStatements, entry.statements, "annotated statement", "annotated statements")
    if relation.lostAnnotations > 0 {
      parts.append("annotations of \(RepairReport.count(relation.lostAnnotations, "statement", "statements"))")
    }
    let damaged = relation.damagedSections.joined(separator: ", ")
    if parts.isEmpty {
      if !damaged.isEmpty && entry.facts > 0 {
        report.notes.append("nothing is lost of `\(entry.name)` with its damaged \(damaged)")
      }
      return
    }
    var reasons = damaged.isEmpty ? [] : ["its \(damaged) are damaged"]
    if relation.lacksTerms { reasons.append("terms cannot be read") }
    if relation.lostAnnotations > 0 { reasons.append("annotations cannot be read") }
    report.losses.append(
      RepairReport.Loss(
        text: "of `\(entry.name)` \(parts.joined(separator: ", ")): \(reasons.joined(separator: "; "))",
        facts: relation.lostFacts))
  }

  // MARK: The journal

  private mutating func takeJournal(_ bytes: [UInt8], _ found: SalvagedLayout?) {
    let journal = SalvagedJournal(bytes, identities: found.map { [$0.layout.identity] } ?? [])
    let identity = found.flatMap { $0.hasIdentity ? $0.layout.identity : nil }
    let (records, isForeign) = journal.changes(since: identity)
    let changes = SalvagedChanges(records, on: graph)
    report.changes = changes.made
    if let changed = changes.rules {
      rules = changed
      if lacksRules { report.notes.append("the texts of the rules are damaged; the journal holds those that count") }
      lacksRules = false
    }
    if isForeign {
      report.notes.append("the journal goes on from another snapshot; its changes were made on this one")
    }
    if journal.isHeaderDamaged && !journal.records.isEmpty {
      report.notes.append("the beginning of the journal is damaged; its records are whole without it")
    }
    for (gap, isFolded) in journal.gaps(since: identity) {
      if isFolded {
        report.notes.append("\(Self.damaged(gap.records, gap.bytes)), and the snapshot holds what was in it")
      } else {
        lose(Self.damaged(gap.records, gap.bytes) + ": what was stated there, and what was taken back is there again")
      }
    }
    takeTail(of: journal)
    for fault in changes.faults { lose(fault) }
  }

  private static func damaged(_ gap: ClosedRange<UInt64>, _ bytes: Range<Int>) -> String {
    let records =
      gap.lowerBound == gap.upperBound ? "record \(gap.lowerBound)" : "records \(gap.lowerBound) to \(gap.upperBound)"
    let place = bytes.isEmpty ? "" : " from byte \(bytes.lowerBound) to \(bytes.upperBound - 1)"
    return "\(records) of the journal, which is damaged\(place)"
  }

  /// Tells what the journal ends with that is no whole record. What was never acknowledged is no loss.
  private mutating func takeTail(of journal: SalvagedJournal) {
    let end = JournalTail(byteCount: journal.tail.count, isDoubtful: journal.isTailDoubtful)
    guard let note = end.note(path) else { return }
    guard end.isDoubtful else {
      report.notes.append(note)
      return
    }
    let count =
      journal.tailRecords > 0
      ? "at least \(RepairReport.count(journal.tailRecords, "change", "changes"))" : "how many changes cannot be told"
    lose("\(note); they are from byte \(journal.tail.lowerBound) on, \(count)")
  }
}

extension SnapshotLayout {
  /// Has the section of the kinds, whose length may be damaged, tell the number of terms that there are.
  mutating func setTermCount(_ count: Int) {
    guard let index = Kind.shared(version: version).firstIndex(of: .termKinds) else { return }
    sections[index].length = count
  }
}
