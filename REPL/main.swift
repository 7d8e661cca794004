import Glibc

Heap.setUp()
exit(Program.run(arguments: Array(CommandLine.arguments.dropFirst())).rawValue)
