import CMalloc
import CReserve
import Evaluation
import Glibc

import class Storage.Memory
import enum Storage.TemporaryNames

/// How the process gets its memory from the system.
///
/// A graph is a few arrays that grow to megabytes. By default each such array is mapped, grown into another mapping and
/// unmapped, page by page of 4 KiB; a fifth of the time that loading takes went into that. So memory that was freed stays
/// with the process and is used again, and the first gigabyte of the heap, of which nothing is taken until it is used, comes
/// in pages of 2 MiB where the system has them.
enum Heap {
  private static let reserve = 1 << 30

  /// Sets the heap up; to be called before anything large is allocated. Where the system refuses, nothing changes.
  static func setUp() {
    guard isUnlimited(__rlimit_resource_t(RLIMIT_AS.rawValue)), isUnlimited(__rlimit_resource_t(RLIMIT_DATA.rawValue))
    else { return }
    mallopt(M_MMAP_THRESHOLD, Int32(reserve))
    mallopt(M_TRIM_THRESHOLD, Int32.max)
    mallopt(M_TOP_PAD, Int32(reserve))
    guard let start = sbrk(0), start != UnsafeMutableRawPointer(bitPattern: -1) else { return }
    // Larger than what is left of the heap, so that it is made larger by the reserve.
    var block: UnsafeMutableRawPointer?
    posix_memalign(&block, 64, 1 << 20)
    free(block)
    mallopt(M_TOP_PAD, 1 << 24)
    guard let end = sbrk(0), end > start else { return }
    let pageSize = Int(sysconf(Int32(_SC_PAGESIZE)))
    let first = Int(bitPattern: start) / pageSize * pageSize
    madvise(UnsafeMutableRawPointer(bitPattern: first), Int(bitPattern: end) - first, MADV_HUGEPAGE)
  }

  private static func isUnlimited(_ resource: __rlimit_resource_t) -> Bool {
    var limits = rlimit()
    return getrlimit(resource, &limits) == 0 && limits.rlim_cur == rlim_t.max
  }
}

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
