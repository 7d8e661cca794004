import CICU

extension Text {
  /// What each byte stands for in an encoding that has a byte for each letter, such as `windows-1257`; `nil` of a byte that stands
  /// for nothing. `nil` where the name is of no such encoding.
  public static func letters(of encoding: String) -> [Unicode.Scalar?]? {
    var table = [UInt16](repeating: 0, count: 256)
    guard encoding.utf8.count < 64, tiltas_ucnv_table(encoding, &table) else { return nil }
    return table.map { $0 == 0xFFFF ? nil : Unicode.Scalar($0) }
  }
}
