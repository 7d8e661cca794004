import Graphs

extension JournalContents {
  /// Another process begins the journal anew while it is read.
  struct BegunAnew: Error {}

  /// The journal beside a snapshot; an empty one where there is none. Throws ``BegunAnew`` where it is to be read again.
  init(of snapshot: String, on disk: any Disk = SystemDisk()) throws {
    let path = Journal.path(beside: disk.target(of: snapshot))
    // Who has the lock may remove an empty one at any time.
    guard disk.status(of: path) != nil, let file = try InputFile(ifThere: path, on: disk) else {
      self.init()
      return
    }
    try self.init(of: file)
  }

  /// What a journal's file holds. Throws ``BegunAnew`` if it can't be read so, and others have changed it since it was opened: what was
  /// read may be half of what it was and half of what it is.
  init(of file: InputFile) throws {
    do {
      let memory = try file.read(0..<file.count)
      try self.init(Array(memory.bytes))
    } catch  where file.hasChanged {
      throw BegunAnew()
    }
  }

  /// Makes the changes that a snapshot does not hold on its graph; the texts of the rules where they have changed.
  func apply(to graph: Graph, since snapshot: UInt64) throws -> [(name: String, text: String)]? {
    var rules: [(name: String, text: String)]?
    for record in changes(since: snapshot) ?? [] {
      try Self.forEachChange(of: record) { change in
        if let fault = change.apply(to: graph) {
          throw Damage(section: Self.name, reason: "record \(record.sequence) can't be: \(fault)")
        }
        if case .rules(let texts) = change { rules = texts.map { ($0.name, $0.text) } }
      }
    }
    return rules
  }

  static func forEachChange(of record: JournalLayout.Record, _ body: (ValueChange) throws -> Void) throws {
    if record.kind != .changes { return }
    try record.payload.withUnsafeBytes { payload in
      var reader = ByteReader(payload, section: name)
      while !reader.isAtEnd { try body(try ValueChange(&reader)) }
    }
  }
}
