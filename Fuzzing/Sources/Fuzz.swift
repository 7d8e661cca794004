import Glibc
import Tiltas

/// Gives one input of the fuzzer to what `TILTAS_TARGET` names. Whatever the bytes are, it answers or throws, and ends.
@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  target.run(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}

private let target: Target = {
  if let seeds = getenv("TILTAS_SEEDS") {
    Target.writeSeeds(to: String(cString: seeds))
    exit(0)
  }
  let name = getenv("TILTAS_TARGET").map { String(cString: $0) } ?? ""
  guard let target = Target(rawValue: name) else {
    let names = Target.allCases.map(\.rawValue).joined(separator: ", ")
    fatalError("TILTAS_TARGET is to be one of \(names)")
  }
  return target
}()
