internal import OpenPGP
internal import Screen
internal import Stores
internal import TrustChange
internal import TrustModel
internal import TrustVerify

/// A change as lines of text: the keys, the files, the effects, and how it is taken back.
struct PlanDescription {
  let change: Change
  let context: Context
  /// User ids of the keys that the change brings.
  let names: [Fingerprint: String]

  var lines: [DescribedLine] {
    var lines = change.verb == .rotate ? rotation : change.edits.flatMap { self.lines(of: $0) }
    if change.verb == .undo { lines.insert(DescribedLine("", change.summary), at: 0) }
    for effect in change.effects {
      let text = "\(effect.scope.words): accepted keys \(effect.acceptedBefore) -> \(effect.acceptedAfter)"
      let isLess = effect.acceptedAfter < effect.acceptedBefore
      lines.append(DescribedLine("EFFECT", text, isLess ? .warning : .normal))
    }
    lines += change.notes.map { DescribedLine("NOTE", $0) }
    lines += change.warnings.map { DescribedLine("NOTE", $0, .warning) }
    lines.append(DescribedLine("UNDO", "u takes it back; so does keyreeve undo"))
    return lines
  }

  /// The key whose images will be refused where no other key has signed them; nil where there is none.
  static func withdrawn(by change: Change) -> Fingerprint? {
    guard change.withdrawsTrust || change.verb == .rotate else { return nil }
    let keys = change.edits.filter { $0.location != nil }
    let gone = keys.first { $0.after.isEmpty } ?? (change.withdrawsTrust ? keys.first : nil)
    return gone?.location?.fingerprint
  }

  private func lines(of edit: FileEdit) -> [DescribedLine] {
    let key = edit.location.map { location in
      [
        DescribedLine("KEY", "\(location.fingerprint.shortGrouped)   \(who(location.fingerprint))", .heading),
        DescribedLine("FOR", location.scope.words),
      ]
    }
    return (key ?? []) + [DescribedLine("WILL DO", what(edit)), DescribedLine("", edit.file, .dim)]
  }

  private func what(_ edit: FileEdit) -> String {
    "\(edit.verb) a file: \(edit.words(for: edit.before)) -> \(edit.words(for: edit.after))"
  }

  /// Which key goes and which one comes, and when.
  private var rotation: [DescribedLine] {
    let old = change.retirement?.fingerprint ?? Self.withdrawn(by: change)
    let new = change.retirement?.successor ?? change.edits.first { !$0.after.isEmpty }?.location?.fingerprint
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
    let finish = "the audit reminds; r, or keyreeve rotate --finish, retires the old key"
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

extension FileState {
  /// Whether no key stands there: no file, or an empty one.
  fileprivate var isEmpty: Bool {
    switch self {
    case .absent, .present([]): true
    case .present: false
    }
  }
}
