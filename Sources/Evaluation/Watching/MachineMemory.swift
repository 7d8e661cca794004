import Glibc

/// How much memory the machine has for this process: its own, what the control groups of the process are allowed, in the first
/// and the second version of these, and what `ulimit` leaves of it.
public enum MachineMemory {
  /// A program may use so much of it if it is not told otherwise, in bytes: three quarters. `nil` if the system does not tell.
  public static let share: Int? = bytes().map { $0 / 4 * 3 }

  /// - Parameters:
  ///   - root: where `/proc` and `/sys` are looked for.
  ///   - machine: what the machine has.
  package static func bytes(root: String = "", machine: Int? = machine) -> Int? {
    (groupLimits(root) + [machine] + (root.isEmpty ? [rlimit(RLIMIT_AS), rlimit(RLIMIT_DATA)] : [])).compactMap(\.self)
      .min()
  }

  package static var machine: Int? {
    let (pages, size) = (sysconf(Int32(_SC_PHYS_PAGES)), sysconf(Int32(_SC_PAGESIZE)))
    return pages > 0 && size > 0 ? pages * size : nil
  }

  /// The limits of the groups that the process is in and of those around them: of `0::/a/b` in the second version, and of
  /// `4:memory:/a/b` in the first. In a container the paths may be those outside of it, of which only the ends are there.
  private static func groupLimits(_ root: String) -> [Int?] {
    lines(of: root + "/proc/self/cgroup").flatMap { line -> [Int?] in
      let parts = line.split(separator: UInt8(ascii: ":"), maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { return [] }
      if parts[0].elementsEqual("0".utf8) && parts[1].isEmpty {
        return limits(root + "/sys/fs/cgroup", parts[2], "memory.max")
          + limits(root + "/sys/fs/cgroup/unified", parts[2], "memory.max")
      }
      let kinds = parts[1].split(separator: UInt8(ascii: ","))
      guard kinds.contains(where: { $0.elementsEqual("memory".utf8) }) else { return [] }
      return limits(root + "/sys/fs/cgroup/memory", parts[2], "memory.limit_in_bytes")
    }
  }

  private static func limits(_ folder: String, _ path: ArraySlice<UInt8>, _ name: String) -> [Int?] {
    var names = path.split(separator: UInt8(ascii: "/"))
    var found: [Int?] = []
    while true {
      let group = names.reduce(folder) { $0 + "/" + String(decoding: $1, as: UTF8.self) }
      found.append(lines(of: group + "/" + name).first.flatMap { Int(String(decoding: $0, as: UTF8.self)) })
      if names.isEmpty { return found }
      names.removeLast()
    }
  }

  /// What `ulimit` leaves of something, in bytes; `nil` if it sets no limit.
  package static func rlimit(_ resource: __rlimit_resource) -> Int? {
    var limits = Glibc.rlimit()
    guard getrlimit(__rlimit_resource_t(resource.rawValue), &limits) == 0, limits.rlim_cur < rlim_t(Int.max) else {
      return nil
    }
    return Int(limits.rlim_cur)
  }

  // Bytes, since to part a string by its characters takes long for what each start of the program does.
  private static func lines(of path: String) -> [ArraySlice<UInt8>] {
    guard let file = fopen(path, "r") else { return [] }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 12)
    let count = fread(&bytes, 1, bytes.count, file)
    return bytes[..<count].split(separator: UInt8(ascii: "\n"))
  }
}
