/// What the name of a file tells of it.
public enum FileName {
  /// What stands behind the last full stop of the name, in small letters; empty where there is none, and where the name begins
  /// with it.
  public static func ending(of path: String) -> String {
    let name = lastPart(of: path)
    guard let stop = name.lastIndex(of: "."), stop != name.startIndex else { return "" }
    return name[name.index(after: stop)...].lowercased()
  }

  /// The name without its ending.
  public static func stem(of path: String) -> String {
    let name = lastPart(of: path)
    guard let stop = name.lastIndex(of: "."), stop != name.startIndex else { return String(name) }
    return String(name[..<stop])
  }

  /// The ending of a table's name, behind which `.gz` may stand; `nil` if the name is not that of a table.
  public static func endingOfTable(_ path: String) -> String? {
    let ending = ending(of: ending(of: path) == "gz" ? stem(of: path) : path)
    return ["tsv", "csv", "facts"].contains(ending) ? ending : nil
  }

  /// The name of a table without its ending.
  public static func stemOfTable(_ path: String) -> String {
    ending(of: path) == "gz" ? stem(of: stem(of: path)) : stem(of: path)
  }

  private static func lastPart(of path: String) -> Substring { path.split(separator: "/").last ?? "" }
}
