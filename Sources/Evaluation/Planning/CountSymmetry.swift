/// Variables of a conjunction that take one another's places in turn without changing what it says, as all three do of
/// `edge(X, Y), edge(Y, Z), edge(Z, X)`.
///
/// From each solution others follow, in which the values have moved on to the next variable. So it is enough to go through those in
/// which the first variable has the least term, and to count each as often as its least term can be moved on: where some terms
/// have most of the rows, these solutions are far fewer than a share. Where several variables have the least term, these are
/// one variable, in a conjunction that is counted by itself. (Grochow and Kellis, "Network Motif Discovery Using Subgraph
/// Enumeration and Symmetry-Breaking", 2007, do so for subgraphs of a graph.)
struct CountSymmetry: Hashable {
  /// The variables, each before the one that takes its place.
  let cycle: [Int]

  /// Which of the variables have the least term, and how many solutions each solution of this kind stands for.
  struct Tie: Equatable {
    var times: Int
    /// The first variable is one of them.
    var least: [Int]
    /// The others, whose terms are greater.
    var greater: [Int]
  }

  /// The ties that there can be, of those that follow from one another one: first that there is none, then that all are the same,
  /// without which there is often none of the others.
  var ties: [Tie] {
    let all = (1 << cycle.count) - 1
    return ([1] + (2...all).reversed()).compactMap { places in
      let moved = cycle.indices.map { (places << $0 | places >> (cycle.count - $0)) & all }
      guard moved.min() == places else { return nil }
      return Tie(
        times: Set(moved).count, least: cycle.indices.filter { places >> $0 & 1 != 0 }.map { cycle[$0] },
        greater: cycle.indices.filter { places >> $0 & 1 == 0 }.map { cycle[$0] })
    }
  }

  /// With more variables there are more ties to be counted than are worth it.
  private static let longest = 4

  /// The symmetries of a conjunction of atoms, the longest first; none where there is anything else in it.
  static func all(of body: [Literal]) -> [CountSymmetry] {
    var search = Search(body)
    search.extend(0)
    let symmetries = search.found.flatMap(cycles).filter { 2...longest ~= $0.cycle.count }
    return Set(symmetries).sorted { one, other in
      one.cycle.count == other.cycle.count
        ? one.cycle.lexicographicallyPrecedes(other.cycle) : one.cycle.count > other.cycle.count
    }
  }

  private static func cycles(of images: [Int: Int]) -> [CountSymmetry] {
    var seen: Set<Int> = []
    return images.keys.sorted().compactMap { start in
      var cycle: [Int] = []
      var variable = start
      while seen.insert(variable).inserted, let image = images[variable] {
        cycle.append(variable)
        variable = image
      }
      return cycle.count < 2 ? nil : CountSymmetry(cycle: cycle)
    }
  }

  /// Looks for the ways to put variables in the places of others so that the atoms are the same ones.
  private struct Search {
    private let atoms: [ClauseAtom]
    private(set) var found: [[Int: Int]] = []
    private var images: [Int: Int] = [:]
    private var used: Set<Int> = []
    private var stepsLeft = 2_000

    /// With more atoms there may be more ways to try than are worth it.
    private static let mostAtoms = 8

    init(_ body: [Literal]) {
      let atoms = body.compactMap { literal -> ClauseAtom? in
        // Distances are computed from the terms that are asked for.
        guard case .atom(let atom) = literal else { return nil }
        if case .distance = atom.relation { return nil }
        return atom
      }
      self.atoms = atoms.count == body.count && 2...Self.mostAtoms ~= atoms.count ? atoms : []
    }

    /// Finds an image for each atom from one on.
    mutating func extend(_ number: Int) {
      if number == atoms.count {
        if !atoms.isEmpty { found.append(images) }
        return
      }
      for other in atoms.indices where !used.contains(other) && stepsLeft > 0 {
        stepsLeft -= 1
        let before = images
        if map(atoms[number], to: atoms[other]) {
          used.insert(other)
          extend(number + 1)
          used.remove(other)
        }
        images = before
      }
    }

    private mutating func map(_ atom: ClauseAtom, to other: ClauseAtom) -> Bool {
      guard atom.relation == other.relation else { return false }
      return zip(atom.arguments, other.arguments).allSatisfy { own, image in
        guard let variable = own.variable, let target = image.variable else { return own == image }
        if let known = images[variable] { return known == target }
        if images.values.contains(target) { return false }
        images[variable] = target
        return true
      }
    }
  }
}
