internal import TrustModel

/// The commands that act on one key, the same in the list and in the detail.
enum KeyActions {
  static func perform(_ command: Command, on row: KeyRow, _ context: Context) -> [Effect] {
    switch command {
    case .undo: return change(context, "undo", .undo(nil))
    case .copy:
      guard let fingerprint = row.fingerprint else { return [.say("This file has no fingerprint to copy.")] }
      return [.copy(fingerprint.description), .say("Copied \(fingerprint)")]
    default: break
    }
    guard let fingerprint = row.fingerprint else {
      return [.say("\(VisibleText(row.name)) is not a key file: look at it with the shell and move it away.")]
    }
    let words = "\(fingerprint) \(row.scope == .root ? "--root" : "--prefix \(row.scope)")"
    switch command {
    case .disable where row.vendor == nil && row.local != nil && row.state != .mask:
      return [.say("This key is the administrator's own: D removes it.")]
    case .disable: return change(context, "disable \(words)", .disable(fingerprint, row.scope))
    case .enable:
      // A mask of a wider scope is another row's file: enabling means taking that one away.
      let mask = context.machine?.rows.first {
        $0.fingerprint == fingerprint && $0.local?.status == .mask && $0.scope.covers(row.scope)
      }
      return change(context, "enable \(words)", .enable(fingerprint, mask?.scope ?? row.scope))
    case .remove: return change(context, "remove \(words)", .remove(fingerprint, row.scope))
    default: return []
    }
  }

  private static func change(_ context: Context, _ words: String, _ request: PlanRequest) -> [Effect] {
    guard !context.isReadOnly else {
      return [.say("Read-only here: " + context.commandLine(words))]
    }
    return [.work(.plan(request))]
  }
}
