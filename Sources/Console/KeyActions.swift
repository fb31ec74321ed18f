internal import TrustChange
internal import TrustModel
internal import TrustVerify

/// The commands that act on one key, the same in the list and in the detail.
enum KeyActions {
  static func perform(_ command: Command, on row: KeyRow, _ context: Context) -> [Effect] {
    switch command {
    case .undo: return change(context, "undo", .undo(nil))
    case .redo: return LogActions.redo(context)
    case .copy:
      guard let fingerprint = row.fingerprint else { return [.say("This file has no fingerprint to copy.")] }
      return [.copy(fingerprint.description), .say("Copied \(fingerprint)")]
    default: break
    }
    guard let fingerprint = row.fingerprint else { return perform(command, onStray: row, context) }
    let words = "\(fingerprint) \(row.scope == .root ? "--root" : "--prefix \(row.scope)")"
    switch command {
    case .disable where row.vendor == nil && row.local != nil && row.state != .mask:
      return [.say("This key is the administrator's own: \(context.key(.remove)) removes it.")]
    case .disable: return change(context, "disable \(words)", .disable(fingerprint, row.scope))
    case .enable:
      // A mask of a wider scope is another row's file: enabling means taking that one away.
      let mask = context.machine?.rows.first {
        $0.fingerprint == fingerprint && $0.local?.status == .mask && $0.scope.covers(row.scope)
      }
      return change(context, "enable \(words)", .enable(fingerprint, mask?.scope ?? row.scope))
    case .rotate: return rotate(row, fingerprint, context)
    case .remove: return change(context, "remove \(words)", .remove(fingerprint, row.scope))
    default: return []
    }
  }

  /// A file that is no key can only be taken away, and only the administrator's own.
  private static func perform(_ command: Command, onStray row: KeyRow, _ context: Context) -> [Effect] {
    let name = VisibleText(row.name)
    guard command == .remove, let file = row.local?.file else {
      let next =
        row.local == nil
        ? "the package that ships it has to drop it"
        : "\(context.key(.remove)) removes it, \(context.key(.undo)) puts it back"
      return [.say("\(name) is not a key file: \(next).")]
    }
    return change(context, ShellText.line(["remove", "--file", file]), .removeStray(file: file))
  }

  /// The same change in every scope that has the key.
  static func everywhere(_ verb: Several.Verb, _ fingerprint: Fingerprint, _ context: Context) -> [Effect] {
    change(context, "\(verb.rawValue) \(fingerprint) --everywhere", .everywhere(verb, fingerprint))
  }

  /// Begins a rotation, or ends the one that is under way.
  private static func rotate(_ row: KeyRow, _ fingerprint: Fingerprint, _ context: Context) -> [Effect] {
    let option = row.scope.option
    if row.retirement(context) != nil {
      return change(context, "rotate \(option) --from \(fingerprint) --finish", .retire(fingerprint, row.scope))
    }
    switch row.state {
    case .masked, .mask, .broken:
      return [.say("This key counts for nothing here: \(context.key(.trust)) trusts another one.")]
    case .vendor, .local, .override, .same: break
    }
    guard !context.isReadOnly else {
      return [.say("Read-only here: " + context.commandLine("rotate \(option) --from \(fingerprint) --to KEY"))]
    }
    return [.open(RotateScreen(row, fingerprint))]
  }

  private static func change(_ context: Context, _ words: String, _ request: PlanRequest) -> [Effect] {
    guard !context.isReadOnly else {
      return [.say("Read-only here: " + context.commandLine(words))]
    }
    return [.work(.plan(request))]
  }
}

extension KeyRow {
  /// The end that a rotation has set for this key, while it still counts.
  func retirement(_ context: Context) -> JournalEntry.Retirement? {
    guard isAccepted else { return nil }
    return context.machine?.journal.entries.last { entry in
      entry.canBeUndone && entry.retirement?.fingerprint == fingerprint && entry.retirement?.scope == scope
    }?.retirement
  }
}
