public import Stores
internal import TrustModel
public import TrustVerify

/// Whether a change of the log could be taken back now: what its files hold, compared with what it left.
public enum UndoOutlook: Sendable, Equatable {
  /// Every file is as the change left it.
  case safe
  /// These files are not, and undo would refuse.
  case changed([String])
  /// It was not looked at: the file or its place cannot be read, or there are too many.
  case unknown

  /// The most files that are read to tell it, those of the newest changes first.
  public static let fileLimit = 1000

  /// The outlook for each change that is still in force, by its number.
  public static func all(of journal: Journal, under sysroot: Sysroot, limit: Int = fileLimit) -> [Int: UndoOutlook] {
    let files = TrustWriter(sysroot: sysroot)
    var digests: [String: String?] = [:]
    var outlooks: [Int: UndoOutlook] = [:]
    for entry in journal.entries.reversed() where entry.canBeUndone {
      var (changed, isKnown): ([String], Bool) = ([], true)
      for edit in entry.edits {
        if digests[edit.file] == nil {
          guard digests.count < limit, let place = edit.place, let state = try? files.state(of: place) else {
            isKnown = false
            continue
          }
          digests.updateValue(state.digest, forKey: edit.file)
        }
        if digests[edit.file] != .some(edit.after) { changed.append(edit.file) }
      }
      outlooks[entry.id] = !changed.isEmpty ? .changed(changed) : isKnown ? .safe : .unknown
    }
    return outlooks
  }

  /// What undo would do with the files of a change, and whether it could, in one sentence.
  public func sentence(for entry: JournalEntry) -> String {
    let verbs = Set(entry.edits.map(\.verb))
    let things = entry.edits.count == 1 ? "that file" : "those files"
    let what =
      switch verbs {
      case ["create"]: "remove \(things)"
      case ["remove"]: "bring \(things) back"
      case ["replace"]: "bring back what \(things) held before"
      default: "bring back what was there before"
      }
    switch self {
    case .safe where entry.edits.isEmpty: return "Undo would touch no file: safe."
    case .safe:
      return "Undo would \(what). \(entry.edits.count == 1 ? "It has" : "They have") not changed since: safe."
    case .changed(let files):
      return "Undo would \(what), and will refuse: \(files.map { VisibleText($0).description }.joined(separator: ", "))"
        + " has changed since."
    case .unknown: return "Undo would \(what). Whether that was changed since is seen when it is planned."
    }
  }
}
