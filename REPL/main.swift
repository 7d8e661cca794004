import Glibc

StandardFiles.fillGaps()
Heap.setUp()
MemoryReserve.setUp()
exit(Program.run(arguments: Array(CommandLine.arguments.dropFirst())).rawValue)
