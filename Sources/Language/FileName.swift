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

  private static func lastPart(of path: String) -> Substring { path.split(separator: "/").last ?? "" }
}
