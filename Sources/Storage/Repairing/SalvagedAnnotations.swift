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

  /// A set of which nothing can be read.
  static let lost = Set(new: .empty, isWhole: false)

  init(_ file: SalvageFile, _ reader: SnapshotReader, _ terms: SalvagedTerms, into graph: Graph) throws {
    func set(_ entries: [(key: UInt32, value: UInt32)?]) -> Set {
      var kept: [AnnotationSets.Entry] = []
      var keys: Swift.Set<UInt32> = []
      for entry in entries {
        guard let entry, let key = terms.number(entry.key), let value = terms.number(entry.value),
          graph.terms.isName(Term(key)), keys.insert(key).inserted
        else { continue }
        kept.append(AnnotationSets.Entry(key: Term(key), value: Term(value)))
      }
      return Set(new: graph.annotationSets.intern(kept), isWhole: kept.count == entries.count)
    }
    if let old = try? reader.annotationSets() {
      sets = (0..<UInt32(old.count)).map { number in
        set(old.entries(AnnotationSet(number)).map { ($0.key.number, $0.value.number) })
      }
      return
    }
    let layout = reader.layout
    guard let starts = try SalvagedPages(file, layout, layout.section(.annotationOffsets)),
      let pairs = try SalvagedPages(file, layout, layout.section(.annotationEntries))
    else { return }
    var rest = 0..<pairs.byteCount / 8
    sets = (0..<max(0, starts.byteCount / 4 - 1)).map { number in
      guard let range = starts.range(number, takenOff: &rest) else { return Self.lost }
      return set(
        range.map { place in
          guard let key = pairs.number(2 * place), let value = pairs.number(2 * place + 1) else { return nil }
          return (key, value)
        })
    }
  }

  /// How many sets there are; as many as there can be where that is not known.
  var count: Int { sets?.count ?? Int(UInt32.max) + 1 }

  func set(_ old: AnnotationSet) -> Set {
    sets.map { $0[Int(old.number)] } ?? Self.lost
  }
}
