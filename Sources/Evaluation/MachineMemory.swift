import Glibc

/// How much memory the machine has for this process: its own, what the control groups of the process are allowed, in the first
/// and the second version of these, and what `ulimit` leaves of it.
public enum MachineMemory {
  /// A program may use so much of it if it is not told otherwise, in bytes: three quarters. `nil` if the system does not tell.
  public static let share: Int? = bytes().map { $0 / 4 * 3 }

  /// - Parameter root: where `/proc` and `/sys` are looked for.
  package static func bytes(root: String = "") -> Int? {
    (groupLimits(root) + [total(root)] + (root.isEmpty ? [rlimit(RLIMIT_AS), rlimit(RLIMIT_DATA)] : [])).compactMap(
      \.self
    )
    .min()
  }

  /// What the machine has, from `MemTotal:  24731648 kB`.
  private static func total(_ root: String) -> Int? {
    for line in lines(of: root + "/proc/meminfo") where line.hasPrefix("MemTotal:") {
      return line.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 << 10 }
    }
    return nil
  }

  /// The limits of the groups that the process is in and of those around them: of `0::/a/b` in the second version, and of
  /// `4:memory:/a/b` in the first. In a container the paths may be those outside of it, of which only the ends are there.
  private static func groupLimits(_ root: String) -> [Int?] {
    lines(of: root + "/proc/self/cgroup").flatMap { line -> [Int?] in
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { return [] }
      if parts[0] == "0" && parts[1].isEmpty {
        return limits(root + "/sys/fs/cgroup", parts[2], "memory.max")
          + limits(root + "/sys/fs/cgroup/unified", parts[2], "memory.max")
      }
      guard parts[1].split(separator: ",").contains("memory") else { return [] }
      return limits(root + "/sys/fs/cgroup/memory", parts[2], "memory.limit_in_bytes")
    }
  }

  private static func limits(_ folder: String, _ path: Substring, _ name: String) -> [Int?] {
    var names = path.split(separator: "/")
    var found: [Int?] = []
    while true {
      found.append(lines(of: ([folder[...]] + names + [name[...]]).joined(separator: "/")).first.flatMap { Int($0) })
      if names.isEmpty { return found }
      names.removeLast()
    }
  }

  private static func rlimit(_ resource: __rlimit_resource) -> Int? {
    var limits = Glibc.rlimit()
    guard getrlimit(__rlimit_resource_t(resource.rawValue), &limits) == 0, limits.rlim_cur < rlim_t(Int.max) else {
      return nil
    }
    return Int(limits.rlim_cur)
  }

  private static func lines(of path: String) -> [Substring] {
    guard let file = fopen(path, "r") else { return [] }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 12)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes[..<count], as: UTF8.self).split(separator: "\n")
  }
}
