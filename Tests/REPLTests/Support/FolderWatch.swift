import Foundation
import TestSupport

/// Notes what is opened, read, made or changed in folders, by any process.
final class FolderWatch {
  private let descriptor = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
  private var names: [Int32: String] = [:]

  /// - Parameter folders: within the folder; those in them are not watched.
  init(_ folder: TemporaryFolder, _ folders: [String]) {
    let events = UInt32(IN_OPEN | IN_ACCESS | IN_CREATE | IN_MODIFY | IN_DELETE | IN_MOVED_TO | IN_ATTRIB)
    for name in folders { names[inotify_add_watch(descriptor, folder.path(name), events)] = name }
  }

  deinit { close(descriptor) }

  /// The paths that were touched since this was last asked, each once.
  func touched() -> [String] {
    var paths: Set<String> = []
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &bytes, bytes.count)
      guard count > 0 else { return paths.sorted() }
      bytes.withUnsafeBytes { buffer in
        var offset = 0
        while offset < count {
          let event = buffer.loadUnaligned(fromByteOffset: offset, as: inotify_event.self)
          let name = buffer[(offset + 16)..<(offset + 16 + Int(event.len))].prefix { $0 != 0 }
          paths.insert((names[event.wd] ?? "") + "/" + String(decoding: name, as: UTF8.self))
          offset += 16 + Int(event.len)
        }
      }
    }
  }
}
