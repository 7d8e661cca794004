import Foundation
import Testing

@testable import Evaluation

/// What the machine and the groups of the process leave, read from files as the system has them.
@Suite struct MachineMemoryTests {
  private func bytes(_ files: [String: String], machine: Int? = 8_192_000_000) throws -> Int? {
    let root = NSTemporaryDirectory() + "tiltas-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: root) }
    for (name, text) in files {
      let path = root + "/" + name
      try FileManager.default.createDirectory(
        atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }
    return MachineMemory.bytes(root: root, machine: machine)
  }

  @Test("the machine's memory, where no group has less")
  func total() throws {
    #expect(try bytes([:]) == 8_192_000_000)
    #expect(try bytes([:], machine: nil) == nil)
    #expect(MachineMemory.bytes() ?? 0 > 1 << 20)
  }

  @Test("the least of the groups around the process, in the second version")
  func second() throws {
    let files = [
      "proc/self/cgroup": "0::/user/one\n", "sys/fs/cgroup/user/one/memory.max": "max\n",
      "sys/fs/cgroup/user/memory.max": "1000000000\n", "sys/fs/cgroup/memory.max": "2000000000\n",
    ]
    #expect(try bytes(files) == 1_000_000_000)
  }

  @Test("the limit of the group in the first version, also where only its end is to be seen, as in a container")
  func first() throws {
    let groups = "5:devices:/x\n4:memory:/docker/abc\n0::/\n"
    #expect(
      try bytes([
        "proc/self/cgroup": groups,
        "sys/fs/cgroup/memory/docker/abc/memory.limit_in_bytes": "500000000\n",
        "sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n",
      ]) == 500_000_000)
    #expect(
      try bytes([
        "proc/self/cgroup": groups,
        "sys/fs/cgroup/memory/memory.limit_in_bytes": "700000000\n",
      ]) == 700_000_000)
  }
}
