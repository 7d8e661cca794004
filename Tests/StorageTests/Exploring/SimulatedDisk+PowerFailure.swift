extension SimulatedDisk {
  /// The files that someone finds who comes after all have gone: the snapshot and its journal. The bytes have a number that stands
  /// for them, so that what was looked at once is not looked at again.
  struct Leavings: Hashable {
    var files: [String: [UInt8]] = [:]
    private var digest = 0

    mutating func add(_ name: String, _ bytes: [UInt8], _ digest: Int) {
      files[name] = bytes
      self.digest ^= [name.hashValue, digest].hashValue
    }
    static func == (left: Leavings, right: Leavings) -> Bool { left.digest == right.digest }
    func hash(into hasher: inout Hasher) { hasher.combine(digest) }
  }

  /// What all processes leave that end now, while the machine goes on.
  var leavings: Leavings {
    var found = Leavings()
    for (name, file) in names where !name.hasSuffix(".tmp") {
      if let file = files[file] { found.add(name, file.bytes, file.digest) }
    }
    return found
  }

  /// What a power failure may leave now. Of the names that were not synced each may be there as it was or as it is. Of the changes of
  /// a file that were not synced each may be there or not, and be there in half, or with zeros in place of half of it or of all.
  var powerFailures: Set<Leavings> {
    var found: Set<Leavings> = []
    for names in namesAfterPowerFailure {
      var all = [Leavings()]
      for (name, file) in names where !name.hasSuffix(".tmp") {
        guard let file = files[file] else { continue }
        let contents = Self.contentsAfterPowerFailure(file)
        all = all.flatMap { before in
          contents.map { bytes in
            var after = before
            after.add(name, bytes, bytes == file.bytes ? file.digest : bytes.hashValue)
            return after
          }
        }
      }
      found.formUnion(all)
    }
    return found
  }

  private var namesAfterPowerFailure: Set<[String: Int]> {
    var found: Set<[String: Int]> = [durableNames]
    for change in pendingNames {
      found.formUnion(
        found.map { names in
          var names = names
          Self.apply(change, to: &names)
          return names
        })
    }
    return found
  }

  private static func contentsAfterPowerFailure(_ file: File) -> Set<[UInt8]> {
    var found: Set<[UInt8]> = [file.durable]
    // Of many changes all that come before the last one that is there are.
    let areMany = file.pending.count > mostChangesInAnyOrder
    var whole = file.durable
    for change in file.pending {
      let variants = [change] + parts(of: change)
      let before = areMany ? [whole] : found
      for bytes in before {
        for change in variants {
          var bytes = bytes
          apply(change, to: &bytes)
          found.insert(bytes)
        }
      }
      apply(change, to: &whole)
    }
    return found
  }

  private static let mostChangesInAnyOrder = 3

  private static func parts(of change: FileChange) -> [FileChange] {
    guard case .write(let offset, let bytes) = change, bytes.count > 1 else { return [] }
    let half = bytes.count / 2
    let zeros = [UInt8](repeating: 0, count: bytes.count)
    return [
      .write(offset: offset, Array(bytes[..<half])), .write(offset: offset, zeros),
      .write(offset: offset, Array(zeros[..<half]) + bytes[half...]),
    ]
  }

  /// A number that stands for all that can matter from now on, but for what the processes know.
  func fingerprint(_ hasher: inout Hasher) {
    let order = files.sorted { ($0.value.number, $0.key) < ($1.value.number, $1.key) }.map(\.key)
    let places = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
    func combine(_ names: [String: Int]) {
      // The names of unfinished files are made up at random.
      let known = names.map { ($0.hasSuffix(".tmp") ? ".tmp" : $0, places[$1] ?? -1) }.sorted { $0 < $1 }
      for (name, place) in known {
        hasher.combine(name)
        hasher.combine(place)
      }
      hasher.combine(known.count)
    }
    combine(names)
    combine(durableNames)
    for change in pendingNames {
      switch change {
      case .give(let name, let file):
        hasher.combine(name.hasSuffix(".tmp") ? ".tmp" : name)
        hasher.combine(places[file])
      case .rename(_, let new): hasher.combine(new)
      case .remove(let name): hasher.combine(name.hasSuffix(".tmp") ? "-.tmp" : "-" + name)
      }
    }
    for key in order {
      guard let file = files[key] else { continue }
      hasher.combine(file.number)
      hasher.combine(file.digest)
      hasher.combine(file.pending)
      if !file.pending.isEmpty { hasher.combine(file.durable) }
      hasher.combine(locks[key].flatMap { descriptors[$0]?.owner })
    }
  }
}
