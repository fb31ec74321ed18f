internal import Stores
internal import TrustModel
internal import TrustVerify

/// Brings a change whose end is missing to one: finished, taken back, or left where others have been at work.
struct Recovery {
  let entry: JournalEntry
  let files: TrustWriter

  /// Looks at every file of the change and finishes it where each is in its state before or after.
  func run(contents: (String) -> [UInt8]?) throws(ChangeError) -> JournalEntry.Outcome {
    // The log does not hold what would finish it or take it back.
    guard entry.lasting == nil else { return .abandoned }
    var pending: [FileEdit] = []
    var isStarted = false
    for edit in entry.edits {
      guard let place = edit.place else { return .abandoned }
      guard let now = try? files.state(of: place) else { return .abandoned }
      if now.digest == edit.after {
        isStarted = true
      } else if now.digest == edit.before {
        guard let after = Self.state(edit.after, contents) else { return .abandoned }
        pending.append(FileEdit(place, before: now, after: after, isPrivate: edit.isPrivate))
      } else {
        return .abandoned
      }
    }
    // Nothing was written: the person saw no success, so nothing is what they get.
    guard isStarted else { return .rolledBack }
    for edit in pending { try files.apply(edit, id: entry.id) }
    return .done
  }

  /// What became of a change, after its name.
  static func sentence(_ outcome: JournalEntry.Outcome, of entry: JournalEntry) -> String {
    if entry.lasting != nil { return "keyreeve content key list shows whether it was done" }
    return switch outcome {
    case .done: "it has been finished"
    case .rolledBack, .begun: "nothing of it had been written, and nothing is"
    case .abandoned: "its files have been changed by others since, and are left as they are"
    }
  }

  private static func state(_ digest: String?, _ contents: (String) -> [UInt8]?) -> FileState? {
    guard let digest else { return .absent }
    return contents(digest).map(FileState.present)
  }
}
