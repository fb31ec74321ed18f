internal import OpenPGP
internal import Stores
internal import TrustModel
internal import TrustVerify

/// One store of a restore while it is planned, file by file.
struct RestoreDraft {
  /// Whether files may be overwritten that are not without being asked for.
  let force: Bool
  private(set) var rows: [RestorePlan.Row] = []
  private(set) var edits: [FileEdit] = []
  private(set) var warnings: [String] = []
  private var staged = 0

  init(force: Bool) {
    self.force = force
  }

  /// Decides about one file.
  mutating func take(_ row: BackupComparison.Row) throws(ChangeError) {
    if let obstacle = row.obstacle { throw ChangeError(obstacle) }
    guard let kept = row.kept else { return note(.extra, row.place, "not in the backup, and left as it is") }
    guard let here = row.here else { return write(.add, row, kept, over: .absent) }
    guard here != kept else { return note(.leave, row.place, "as in the backup") }
    if row.place.isMetadata, let refusal = MetadataRule.refusal(of: .present(kept), over: .present(here)) {
      return note(.skip, row.place, "stays: \(refusal)")
    }
    let rule = OverwriteRule(place: row.place, here: here, kept: kept)
    if let loss = rule.loss {
      guard force else { return note(.refuse, row.place, loss) }
      warnings.append("\(row.place.file) is replaced although \(loss)")
    }
    write(.replace, row, kept, over: .present(here), rule.difference?.lines ?? [])
  }

  /// Adds what is only known once every file has been seen.
  mutating func finish() {
    guard staged > 0 else { return }
    warnings.append(
      "\(staged) changes that waited to be published come back, and the next publishing would sign them: see notary"
        + " status")
  }

  private mutating func write(
    _ action: RestorePlan.Action, _ row: BackupComparison.Row, _ kept: [UInt8], over before: FileState,
    _ difference: [String] = []
  ) {
    let edit = FileEdit(row.place, before: before, after: .present(kept), isPrivate: row.isPrivate)
    edits.append(edit)
    if row.place.isStagedChange { staged += 1 }
    let words = "\(edit.words(for: before)) -> \(edit.words(for: edit.after))"
    note(action, row.place, ([words] + difference).joined(separator: "; "))
  }

  private mutating func note(_ action: RestorePlan.Action, _ place: StorePlace, _ words: String) {
    rows.append(.init(action: action, file: place.file, words: words))
  }
}
