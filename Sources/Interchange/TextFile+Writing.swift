import Storage

extension TextFile {
  /// Writes a file, whole or not at all. A link stays, and the file that it leads to is replaced. A device or pipe is written to
  /// as it is.
  public static func write(_ bytes: [UInt8], to path: String) throws {
    let file = try WrittenFile(path)
    do {
      try file.write(bytes, named: path)
      try file.commit()
    } catch {
      file.giveUp()
      throw error
    }
  }
}
