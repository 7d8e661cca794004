/// What the processes were told, in numbers of changes: by it is judged what someone finds afterwards.
struct Claims: Hashable {
  /// The changes that someone has begun to make, and those of which someone was told that they are kept.
  var stated: Set<Int> = []
  var acknowledged: Set<Int> = []
  /// Those that someone has begun to take back, and of which someone was told that they are gone.
  var beingTakenBack: Set<Int> = []
  var takenBack: Set<Int> = []

  /// What someone finds, by number: a change is two facts, which are there together or not at all.
  struct Found: Hashable {
    var changes: Set<Int> = []
    var halves: Set<Int> = []
  }

  /// What is wrong with what was found, in words; `nil` if nothing is.
  func fault(in found: Found) -> String? {
    let missing = acknowledged.subtracting(beingTakenBack).subtracting(found.changes)
    if !missing.isEmpty { return "acknowledged and not there: \(missing.sorted())" }
    if !found.halves.isEmpty { return "there in half: \(found.halves.sorted())" }
    let returned = takenBack.intersection(found.changes)
    if !returned.isEmpty { return "taken back and there: \(returned.sorted())" }
    let made = found.changes.subtracting(stated)
    return made.isEmpty ? nil : "stated by nobody: \(made.sorted())"
  }

  /// Another graph takes the place of this one, as was asked for: what was in it need not be there any more.
  mutating func replace() { acknowledged = [] }
}
