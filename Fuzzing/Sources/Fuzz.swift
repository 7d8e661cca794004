import Glibc

@_silgen_name("LLVMFuzzerRunDriver")
private func runFuzzer(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// The fuzzer, whose inputs go to what `TILTAS_TARGET` names. Where `TILTAS_SEEDS` names a folder, writes seeds there and ends.
///
/// The package manager gives the entry of a program this name.
@_cdecl("Fuzz_main")
func fuzz(
  _ argumentCount: CInt, _ argumentValues: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
) -> CInt {
  if let seeds = getenv("TILTAS_SEEDS") {
    Target.writeSeeds(to: String(cString: seeds))
    return 0
  }
  var (count, arguments) = (argumentCount, argumentValues)
  return runFuzzer(&count, &arguments) { start, count in
    chosen.run(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
  }
}

/// Whatever the bytes are, it answers or throws, and ends.
private let chosen: Target = {
  let name = getenv("TILTAS_TARGET").map { String(cString: $0) } ?? ""
  guard let target = Target(rawValue: name) else {
    let names = Target.allCases.map(\.rawValue).joined(separator: ", ")
    fatalError("TILTAS_TARGET is to be one of \(names)")
  }
  return target
}()
