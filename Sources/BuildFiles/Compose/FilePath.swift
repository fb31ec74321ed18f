/// Paths of files that a file names, from its folder.
enum FilePath {
  /// The folder of a file, empty for the one of the compose file.
  static func folder(_ file: String?) -> String {
    guard let file, let slash = file.lastIndex(of: "/") else { return "" }
    return String(file[..<slash])
  }

  /// A path from a folder.
  static func joined(_ folder: String, _ path: String) -> String {
    guard !path.hasPrefix("/"), !folder.isEmpty else { return normal(path) }
    return normal(folder + "/" + path)
  }

  /// Without `.` and what `..` takes back.
  private static func normal(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." { parts.removeLast() } else { parts.append(part) }
    }
    return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }
}
