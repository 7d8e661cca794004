import Glibc

StandardFiles.fillGaps()
Heap.setUp()
exit(Program.run(arguments: Array(CommandLine.arguments.dropFirst())).rawValue)
