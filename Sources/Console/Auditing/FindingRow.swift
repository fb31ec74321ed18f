internal import Screen
internal import TrustModel

extension Finding {
  /// The level in one word and a sign: never by colour alone.
  var level: (text: String, role: Theme.Role) {
    if ignored != nil { return ("ignored", .dim) }
    switch severity {
    case .error: return ("! ERROR", .refused)
    case .warning: return ("! WARN", .warning)
    case .note: return (". note", .normal)
    }
  }

  /// Its file below the directory of keys, as short as it can be said.
  var place: String {
    guard let file else { return "" }
    for (directory, name) in [("/etc/rkt/trustedkeys/", "etc "), ("/usr/lib/rkt/trustedkeys/", "usr ")]
    where file.hasPrefix(directory) {
      let path = String(file.dropFirst(directory.count))
      guard let fingerprint, path.hasSuffix(fingerprint.description) else {
        return VisibleText(name + path).description
      }
      return name + path.dropLast(fingerprint.description.count + 1) + " " + fingerprint.shortGrouped.suffix(9)
    }
    return VisibleText(file).description
  }

  /// The message without the path that it begins with, which stands beside it.
  var sentence: String {
    guard let file, message.hasPrefix(VisibleText(file).description) else { return message }
    var rest = message.dropFirst(VisibleText(file).description.count)
    if rest.hasPrefix(" ('"), let end = rest.firstRange(of: "') ") { rest = rest[end.upperBound...] }
    return String(rest.drop { $0 == " " || $0 == ":" })
  }

  /// What tells it from other findings in a list.
  var identity: String { "\(id) \(file ?? "") \(fingerprint?.description ?? "")" }
}
