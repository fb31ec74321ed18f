internal import Stores
internal import TrustModel

/// Findings about rotations whose old key is still trusted beside the new one.
struct RotationAudit {
  let journal: Journal
  let inventory: KeyInventory
  let fix: FindingFix
  let now: Timestamp

  /// Of several rotations away from one key the last one counts: a new one moves the date.
  var findings: [Finding] {
    var open: [KeyLocation: (id: Int, retirement: JournalEntry.Retirement)] = [:]
    for entry in journal.entries where entry.canBeUndone && entry.undoes == nil {
      // Once the key was retired, whoever trusts it again does so on purpose.
      for location in entry.edits.compactMap(Self.retired) { open[location] = nil }
      if let retirement = entry.retirement { open[retirement.location] = (entry.id, retirement) }
    }
    return open.values.sorted { $0.id < $1.id }.compactMap { finding($0.id, $0.retirement) }
  }

  /// The place where an edit made a key count no longer.
  private static func retired(_ edit: JournalEntry.Edit) -> KeyLocation? {
    let empty = Journal.digest(of: [])
    guard edit.after == nil || edit.after == empty, edit.before != empty else { return nil }
    return KeyLocation(administratorFile: edit.file)
  }

  /// None once the old key no longer counts where it was to be retired.
  private func finding(_ id: Int, _ retirement: JournalEntry.Retirement) -> Finding? {
    let key = inventory.keys.first { key in
      key.file.fingerprint == retirement.fingerprint && key.file.scope == retirement.scope
        && inventory.record(of: key, at: now).status == .trusted
    }
    guard let key else { return nil }
    let isDue = retirement.due <= now
    let what =
      isDue
      ? "should have been retired for \(retirement.scope) on \(retirement.due.date)"
      : "is to be retired for \(retirement.scope) on \(retirement.due.date)"
    return Finding(
      id: isDue ? "rotation-overdue" : "rotation-open", severity: isDue ? .warning : .note, file: key.file.path,
      fingerprint: retirement.fingerprint,
      message: "key \(retirement.fingerprint) in \(key.file.path) \(what): change \(id) put"
        + " \(retirement.successor) in its place",
      fix: fix.finish(retirement.fingerprint, retirement.scope))
  }
}
