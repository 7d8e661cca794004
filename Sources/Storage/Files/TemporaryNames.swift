import Glibc
import Synchronization

/// The names of files that are not whole yet, for whatever ends the process to remove: a handler of a signal as well.
public enum TemporaryNames {
  /// One is made for each name and never freed, for a handler on another thread may be looking at it.
  fileprivate struct Entry: ~Copyable {
    let path: UnsafeMutablePointer<CChar>
    let next: UInt
    let isThere = Atomic<Bool>(true)
  }

  /// A name that may be there from now until it is given up.
  struct Name {
    fileprivate let entry: UnsafeMutablePointer<Entry>
    func giveUp() { entry.pointee.isThere.store(false, ordering: .sequentiallyConsistent) }
  }

  private static let latest = Atomic<UInt>(0)

  /// To be called before the file gets the name. `nil` if there is no memory for it.
  static func note(_ path: String) -> Name? {
    guard let copy = strdup(path) else { return nil }
    let entry = UnsafeMutablePointer<Entry>.allocate(capacity: 1)
    var next = latest.load(ordering: .sequentiallyConsistent)
    entry.initialize(to: Entry(path: copy, next: next))
    while true {
      let (exchanged, original) = latest.compareExchange(
        expected: next, desired: UInt(bitPattern: entry), ordering: .sequentiallyConsistent)
      if exchanged { return Name(entry: entry) }
      next = original
      entry.deinitialize(count: 1)
      entry.initialize(to: Entry(path: copy, next: next))
    }
  }

  /// Removes the files that have such names. It allocates nothing and takes no lock.
  public static func removeFiles() {
    var address = latest.load(ordering: .sequentiallyConsistent)
    while let entry = UnsafeMutablePointer<Entry>(bitPattern: address) {
      if entry.pointee.isThere.load(ordering: .sequentiallyConsistent) { unlink(entry.pointee.path) }
      address = entry.pointee.next
    }
  }
}
