import Graphs
import Terms

/// The sets of annotations of a snapshot that can be read, as sets of another graph.
struct SalvagedAnnotations {
  /// What is left of a set.
  struct Set {
    var new: AnnotationSet
    var isWhole: Bool
  }

  /// The sets by their old numbers; `nil` where the sections are damaged.
  private var sets: [Set]?

  init(_ reader: SnapshotReader, _ terms: SalvagedTerms, into graph: Graph) {
    guard let old = try? reader.annotationSets() else { return }
    sets = (0..<UInt32(old.count)).map { number in
      let entries = old.entries(AnnotationSet(number))
      var kept: [AnnotationSets.Entry] = []
      for entry in entries {
        guard let key = terms.number(entry.key.number), let value = terms.number(entry.value.number),
          graph.terms.isName(Term(key)), !kept.contains(where: { $0.key.number == key })
        else { continue }
        kept.append(AnnotationSets.Entry(key: Term(key), value: Term(value)))
      }
      return Set(new: graph.annotationSets.intern(kept), isWhole: kept.count == entries.count)
    }
  }

  /// How many sets there are; as many as there can be where that is not known.
  var count: Int { sets?.count ?? Int(UInt32.max) + 1 }

  func set(_ old: AnnotationSet) -> Set {
    sets.map { $0[Int(old.number)] } ?? Set(new: .empty, isWhole: false)
  }
}
