import Glibc

StandardFiles.fillGaps()
Heap.setUp()
MemoryReserve.setUp()
exit(Program.run().rawValue)
