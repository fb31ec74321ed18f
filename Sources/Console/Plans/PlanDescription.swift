internal import OpenPGP
internal import Screen
internal import Stores
internal import TrustChange
internal import TrustModel
internal import TrustVerify

/// A change as lines of text: the keys, the files, the effects, how it is taken back, and the command that does the same.
struct PlanDescription {
  let change: Change
  let context: Context
  /// User ids of the keys that the change brings.
  let names: [Fingerprint: String]
  /// The command lines that do the same.
  var commands: [String] = []
  /// The file that was another when the plan was made before.
  var changed: String?
  /// Whether a wider plan is offered.
  var isNarrow = false

  /// How many scopes are shown with what becomes of them: those that lose keys first.
  private static let effectLimit = 8
  /// How many command lines are shown: the others are copied with them.
  private static let commandLimit = 4

  var lines: [DescribedLine] {
    var lines: [DescribedLine] = []
    if let changed {
      let text = "\(VisibleText(changed)) has changed since: this is the new plan"
      lines.append(DescribedLine("NEW PLAN", text, .warning))
    }
    lines += (isTable ? [DescribedLine("WILL DO", change.summary)] : what) + effects
    lines += change.notes.map { DescribedLine("NOTE", $0) }
    lines += change.warnings.map { DescribedLine("NOTE", $0, .warning) }
    if isNarrow { lines.append(DescribedLine("", "[ Everywhere ] plans it for every scope of the key")) }
    lines.append(DescribedLine("UNDO", "\(context.key(.undo)) takes it back; so does keyreeve undo"))
    // Of many keys what they come to is seen first, then each of them.
    if isTable { lines += table }
    lines += commands.prefix(Self.commandLimit).enumerated().map {
      DescribedLine($0.offset == 0 ? "COMMAND" : "", VisibleText($0.element).description, .dim)
    }
    let more = commands.count - Self.commandLimit
    if more > 0 { lines.append(DescribedLine("", "and \(more) more; y copies them all", .dim)) }
    return lines
  }

  private var what: [DescribedLine] {
    switch change.verb {
    case .rotate: return rotation
    case .undo: return [DescribedLine("", change.summary)] + change.edits.flatMap { lines(of: $0) }
    default: return change.edits.enumerated().flatMap { lines(of: $0.element, withKey: $0.offset == 0) }
    }
  }

  private var effects: [DescribedLine] {
    func isLess(_ effect: Change.Effect) -> Bool { effect.acceptedAfter < effect.acceptedBefore }
    let ordered = change.effects.filter(isLess) + change.effects.filter { !isLess($0) }
    let shown = ordered.count > Self.effectLimit ? Array(ordered.prefix(Self.effectLimit)) : change.effects
    var lines = shown.enumerated().map { offset, effect in
      DescribedLine(offset == 0 ? "EFFECT" : "", effect.words, isLess(effect) ? .warning : .normal)
    }
    let more = change.effects.count - shown.count
    if more > 0 { lines.append(DescribedLine("", "and \(more) more scopes")) }
    if let refused = change.refusedImages { lines.append(DescribedLine("IMAGES", refused, .warning)) }
    if let accepted = change.acceptedImages { lines.append(DescribedLine("IMAGES", accepted)) }
    return lines
  }

  private func lines(of edit: FileEdit, withKey: Bool = true) -> [DescribedLine] {
    var lines: [DescribedLine] = []
    if let location = edit.location {
      let key = "\(location.fingerprint.shortGrouped)   \(who(location.fingerprint))"
      lines += withKey ? [DescribedLine("KEY", key, .heading)] : []
      lines.append(DescribedLine("FOR", location.scope.words))
    }
    return lines + [DescribedLine("WILL DO", what(edit)), DescribedLine("", edit.file, .dim)]
  }

  /// Whether several keys are switched on or off: their list comes last.
  private var isTable: Bool {
    guard [.disable, .enable, .remove].contains(change.verb) else { return false }
    return Set(change.edits.compactMap { $0.location?.fingerprint }).count > 1
  }

  /// Many files: a line for each key, and one for its file.
  private var table: [DescribedLine] {
    change.edits.flatMap { edit in
      let key = edit.location.map { "\($0.fingerprint.shortGrouped)  \($0.scope.words)  \(who($0.fingerprint))" }
      return [
        DescribedLine(edit.verb.uppercased(), key ?? "", .heading), DescribedLine("", edit.file, .dim),
      ]
    }
  }

  private func what(_ edit: FileEdit) -> String {
    "\(edit.verb) a file: \(edit.words(for: edit.before)) -> \(edit.words(for: edit.after))"
  }

  /// Which key goes and which one comes, and when.
  private var rotation: [DescribedLine] {
    let leaving = change.edits.first { $0.after.holdsNoKey }?.location?.fingerprint
    let old = change.retirement?.fingerprint ?? leaving
    let new = change.retirement?.successor ?? change.edits.first { !$0.after.holdsNoKey }?.location?.fingerprint
    var lines: [DescribedLine] = []
    if let old { lines.append(DescribedLine("OLD", "\(old.shortGrouped)   \(who(old))", .heading)) }
    if let new { lines.append(DescribedLine("NEW", "\(new.shortGrouped)   \(who(new))", .heading)) }
    if let scope = change.edits.first?.location?.scope { lines.append(DescribedLine("FOR", scope.words)) }
    for edit in change.edits {
      let which = edit.location?.fingerprint == new ? "the new key" : "the old key"
      lines += [DescribedLine("NOW", "\(which): \(what(edit))"), DescribedLine("", edit.file, .dim)]
    }
    guard let end = change.retirement else { return lines }
    lines.append(DescribedLine("BETWEEN", "both keys count: images signed by either are accepted"))
    let finish = "the audit reminds; \(context.key(.rotate)), or keyreeve rotate --finish, retires the old key"
    lines.append(DescribedLine("THEN", "from \(end.due.date) on \(finish)"))
    return lines
  }

  private func who(_ fingerprint: Fingerprint) -> String {
    let here = context.machine?.rows.first { $0.fingerprint == fingerprint && $0.record?.userIDs.isEmpty == false }
    return names[fingerprint] ?? here?.who ?? ""
  }

  /// The user ids of the keys that a change brings, as they stand in what it writes.
  static func names(in change: Change) -> [Fingerprint: String] {
    var names: [Fingerprint: String] = [:]
    for edit in change.edits {
      guard let fingerprint = edit.location?.fingerprint, case .present(let octets) = edit.after, !octets.isEmpty,
        let user = (try? Certificate.read(octets))?.userIDs.first
      else { continue }
      names[fingerprint] = user.visible.description
    }
    return names
  }
}
