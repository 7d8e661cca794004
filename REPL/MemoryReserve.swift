import CReserve
import Evaluation
import Glibc

import class Storage.Memory
import enum Storage.TemporaryNames

/// Memory that is kept back for when the system refuses more: see `Sources/CReserve`.
enum MemoryReserve {
  /// What an ordered end of any work takes, and not more than a part of what there may be at all.
  private static let most = 32 << 20

  static func setUp() {
    tiltas_reserve_set_actions({ Signals.endWork() }, { TemporaryNames.removeFiles() })
    tiltas_reserve_set_up(min(most, MachineMemory.rlimit(RLIMIT_AS).map { $0 / 8 } ?? most))
    // A file may say that it needs more than there is, which is told as a fault of the file.
    Memory.allocate = { tiltas_reserve_try($0) }
  }

  /// Whether the system would give so many bytes more now.
  static func isGranted(_ bytes: Int) -> Bool { tiltas_reserve_can_take(bytes) }

  /// Before other work: what was let go of is kept back again, and it is forgotten that memory was refused.
  static func restore() { _ = tiltas_reserve_restore() }

  /// Whether an error is one of memory that there was none of.
  static var wasDeclined: Bool { tiltas_reserve_was_declined() }

  /// Whether the work was interrupted since the system refused memory.
  static var wasNeeded: Bool { tiltas_reserve_was_refused() }
}
