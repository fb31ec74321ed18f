internal import ArgumentParser
internal import ContentChange
internal import ContentSigning
internal import ReadCommands
internal import SignedMetadata
internal import TrustModel

/// Whether a role may be left so that what it signs counts no more.
struct StandingOptions: ParsableArguments {
  @Flag(
    name: .customLong("leave-uncounted"),
    help:
      "Go on although a role falls below its threshold, cannot be signed anew here, or may not sign its tags any more.")
  var mayNotCount = false
}

extension DraftedChange {
  /// Signs a role anew where that is needed, and says what becomes of it.
  ///
  /// - Throws: `CommandFailure` `declined` where it, or a tag of it, would not count any more, and nobody has said that it may be so.
  mutating func settle(_ role: RoleName, _ standing: StandingOptions, holding holds: (KeyID) -> Bool) throws {
    let outcome = draft.settle(role, holding: holds)
    let sentence = outcome.sentence(role, of: draft.repository, tags: draft.roles[role]?.count ?? 0)
    guard outcome.counts || standing.mayNotCount else {
      throw CommandFailure(
        .declined, "warning: \(sentence); nothing was changed; to go on all the same: --leave-uncounted")
    }
    let lost = draft.uncovered(in: role, since: reading)
    guard lost.isEmpty || standing.mayNotCount else {
      throw CommandFailure(
        .declined,
        "warning: \(lost.map(\.sentence).joined(separator: "; ")); nothing was changed; to go on all the same: --leave-uncounted"
      )
    }
    noteUncovered(role)
    if outcome != .stands { notes.append(outcome.counts ? sentence : "warning: \(sentence)") }
  }
}
