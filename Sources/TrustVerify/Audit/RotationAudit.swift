internal import Stores
internal import TrustModel

/// Findings about rotations whose old key is still trusted beside the new one.
struct RotationAudit {
  private let open: [JournalEntry]
  private let inventory: KeyInventory
  private let sysroot: Sysroot
  private let now: Timestamp

  init(_ journal: Journal, inventory: KeyInventory, sysroot: Sysroot, now: Timestamp) {
    open = journal.entries.filter { $0.retirement != nil && $0.canBeUndone }
    (self.inventory, self.sysroot, self.now) = (inventory, sysroot, now)
  }

  var findings: [Finding] { open.compactMap(finding) }

  /// None once the old key no longer counts where it was to be retired.
  private func finding(_ entry: JournalEntry) -> Finding? {
    guard let retirement = entry.retirement,
      let key = inventory.keys.first(where: { key in
        key.file.fingerprint == retirement.fingerprint && key.file.scope == retirement.scope
          && inventory.record(of: key, at: now).status == .trusted
      })
    else { return nil }
    let isDue = retirement.due <= now
    let what =
      isDue
      ? "should have been retired for \(retirement.scope) on \(retirement.due.date)"
      : "is to be retired for \(retirement.scope) on \(retirement.due.date)"
    return Finding(
      id: isDue ? "rotation-overdue" : "rotation-open", severity: isDue ? .warning : .note, file: key.file.path,
      fingerprint: retirement.fingerprint,
      message: "key \(retirement.fingerprint) in \(key.file.path) \(what): change \(entry.id) put"
        + " \(retirement.successor) in its place",
      fix: fix(retirement))
  }

  private func fix(_ retirement: JournalEntry.Retirement) -> [String] {
    let scope =
      switch retirement.scope {
      case .root: ["--root"]
      case .prefix(let prefix): ["--prefix", prefix.description]
      }
    return ["keyreeve", "rotate"] + scope + ["--from", retirement.fingerprint.description, "--finish"]
      + (sysroot.isMachine ? [] : ["--sysroot", sysroot.path])
  }
}
