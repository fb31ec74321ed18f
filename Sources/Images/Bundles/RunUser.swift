internal import Archives
internal import TrustModel

/// Whom the program runs as, found in the image's own `/etc/passwd` and `/etc/group`.
struct RunUser: Equatable {
  let number: UInt32
  let group: UInt32
  /// The name; for a number that the image does not know, the number.
  let name: String
  /// The home directory; `/` for one that the image does not know.
  let home: String

  /// Finds user and group by name, by number, or as the owner of a file of the image; no group is the user's own.
  ///
  /// - Throws: `RunFailure` where the image knows no such name or file.
  init(user: String, group: String, in files: RootFiles) throws(RunFailure) {
    let accounts = (files.lines("/etc/passwd") ?? []).map { $0.split(separator: ":", omittingEmptySubsequences: false) }
    let number = try Self.number(of: user, "user", accounts.map { ($0, 2) }, files) { $0.user }
    let groups = (files.lines("/etc/group") ?? []).map { $0.split(separator: ":", omittingEmptySubsequences: false) }
    self.number = number
    let account = accounts.first { $0.count >= 6 && UInt32($0[2]) == number }
    self.group =
      group.isEmpty
      ? account.flatMap { UInt32($0[3]) } ?? 0
      : try Self.number(of: group, "group", groups.map { ($0, 2) }, files) { $0.group }
    name = account.map { String($0[0]) } ?? (number == 0 ? "root" : "\(number)")
    let home = account.map { String($0[5]) } ?? ""
    self.home = home.hasPrefix("/") ? home : number == 0 ? "/root" : "/"
  }

  private static func number(
    of text: String, _ what: String, _ entries: [(fields: [Substring], place: Int)], _ files: RootFiles,
    _ part: ((user: UInt32, group: UInt32)) -> UInt32
  ) throws(RunFailure) -> UInt32 {
    let shown = VisibleText(text, limit: 80)
    if let number = UInt32(text), number < .max { return number }
    if text.hasPrefix("/") {
      guard let owner = files.owner(of: text) else {
        throw RunFailure(
          .failed,
          "the image runs as the \(what) that \(shown) belongs to, and has no such file; name one with --\(what)")
      }
      return part(owner)
    }
    let entry = entries.first { $0.fields.count > $0.place && $0.fields[0].utf8.elementsEqual(text.utf8) }
    if let entry, let number = UInt32(entry.fields[entry.place]), number < .max { return number }
    // An image of one program often has no /etc/passwd.
    if text == "root" { return 0 }
    throw RunFailure(
      .failed,
      "the image runs as \(what) '\(shown)', whom its /etc/\(what == "user" ? "passwd" : "group") does not name;"
        + " name one with --\(what), by number")
  }
}
