internal import Screen
internal import Stores
internal import TrustChange
internal import TrustModel
internal import TrustVerify

/// Backups and restores in words.
enum BackupDescription {
  /// What a backup holds, store by store.
  static func contents(_ manifest: BackupManifest) -> [DescribedLine] {
    let made =
      "\(manifest.created) on \(VisibleText(manifest.host, limit: 60)) by \(VisibleText(manifest.program, limit: 60))"
    return [DescribedLine("Made", made)]
      + manifest.stores.map { store in
        let files = manifest.files(of: store)
        let size = OctetCount.text(files.reduce(0) { $0 + $1.size })
        return DescribedLine(label(store), files.isEmpty ? "nothing" : "\(count(files.count)), \(size)")
      }
  }

  private static func label(_ store: Store) -> String {
    switch store {
    case .trustedKeys: "Trusted keys"
    case .contentTrust: "Docker keys"
    case .configuration: "Settings"
    case .notaryTrust: "Notary keys"
    }
  }

  /// How a machine differs from a backup.
  static func comparison(_ rows: [BackupComparison.Row]) -> [DescribedLine] {
    let differences = rows.filter { $0.difference != .same }
    return DescribedLine.section("THIS MACHINE")
      + [DescribedLine("= the same", count(rows.count - differences.count))]
      + differences.map { row in
        let label =
          switch row.difference {
          case .same: "="
          case .different: "~ differs"
          case .onlyInBackup: "+ in backup"
          case .onlyHere: "- only here"
          case .obstructed: "! unreadable"
          }
        return DescribedLine(label, VisibleText(row.place.file).description)
      }
  }

  /// What a restore would do, store by store.
  static func plan(_ plan: RestorePlan) -> [DescribedLine] {
    [DescribedLine("FROM", plan.source, .heading)] + plan.parts.flatMap(part)
      + plan.absent.map { DescribedLine("STORE", "\($0.rawValue): the backup holds nothing of it") }
  }

  private static func part(_ part: RestorePlan.Part) -> [DescribedLine] {
    let counts: [(RestorePlan.Action, String)] = [
      (.add, "added"), (.replace, "replaced"), (.refuse, "REFUSED"), (.skip, "newer here, stay"),
      (.leave, "as in the backup"), (.extra, "not in the backup, stay"),
    ]
    let words = counts.filter { part.count($0.0) > 0 }.map { "\(part.count($0.0)) \($0.1)" }
    var lines = [
      DescribedLine("STORE", "\(part.store.rawValue) in \(part.directory)", .heading),
      DescribedLine("", words.joined(separator: ", ")),
    ]
    for row in part.rows {
      guard let (label, role) = label(row.action) else { continue }
      lines += [DescribedLine(label, VisibleText(row.file).description), DescribedLine("", row.words, role)]
    }
    for effect in part.change?.effects ?? [] {
      let text = "\(effect.scope.words): accepted keys \(effect.acceptedBefore) -> \(effect.acceptedAfter)"
      lines.append(DescribedLine("EFFECT", text, effect.acceptedBefore == effect.acceptedAfter ? .normal : .warning))
    }
    return lines + (part.change?.warnings ?? []).map { DescribedLine("NOTE", $0, .warning) }
  }

  private static func label(_ action: RestorePlan.Action) -> (String, Theme.Role)? {
    switch action {
    case .add: ("+ add", .dim)
    case .replace: ("~ replace", .warning)
    case .skip: ("! stays", .warning)
    case .refuse: ("! REFUSED", .refused)
    case .leave, .extra: nil
    }
  }

  /// A number of files in words.
  static func count(_ files: Int) -> String { files == 1 ? "1 file" : "\(files) files" }
}
