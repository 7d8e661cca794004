import Glibc
import Graphs
import TestSupport
import Testing

@testable import Storage

@Suite(.tellsSeed) struct PowerFailureTests {
  @Test(
    "whenever the power fails while a graph is changed and saved, what was acknowledged is there, nothing in half",
    arguments: [false, true])
  func everyMoment(savesAreInDoubt: Bool) throws {
    let folder = try Folder()
    let path = folder / "a.tiltas"
    try JournalWorkload.begin(path)
    let disk = try ForgetfulDisk([path])
    let workload = try JournalWorkload(path, on: disk)
    for number in 1...6 {
      try workload.step(number)
      disk.acknowledge()
      if number % 2 == 1 { continue }
      disk.refusesToSyncFolders = savesAreInDoubt
      #expect((try? workload.save()) != nil || savesAreInDoubt)
      disk.refusesToSyncFolders = false
    }
    workload.close()
    #expect(disk.moments > 60)
    var random = SplitMix64(seed: Seed.anew())
    let place = try Folder()
    for run in 0..<(Long.isOn ? 10_000 : 4 * disk.moments) {
      let moment = run % (disk.moments + 1)
      let (files, acknowledged) = disk.files(at: moment, &random)
      for name in place.names { unlink(place / name) }
      for (file, bytes) in files { try Folder.write(bytes, to: place / String(file.dropFirst(folder.path.count + 1))) }
      let found: Int?
      do {
        found = try JournalWorkload.steps(in: place / "a.tiltas")
      } catch {
        Issue.record("moment \(moment): \(error)")
        continue
      }
      #expect(
        found.map { acknowledged <= $0 && $0 <= acknowledged + 1 } == true,
        "moment \(moment): \(acknowledged) were acknowledged, \(String(describing: found)) found")
    }
  }
}
