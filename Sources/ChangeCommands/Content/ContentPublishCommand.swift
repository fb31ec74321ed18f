internal import ArgumentParser
internal import ContentChange
internal import ContentSigning
internal import ReadCommands
internal import SignedMetadata
internal import TrustModel

/// `keyreeve content publish`: publishes the changes that wait, whoever has staged them.
struct ContentPublishCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "publish", abstract: "Publish the changes that wait: of keyreeve, docker and notary.",
    discussion: """
      A change that cannot be made is named and goes on to wait; the others are published. With a file that is no change \
      nothing is. keyreeve content unstage takes one away.
      """)

  @OptionGroup var options: CommonOptions
  @OptionGroup var publishing: PublishingOptions

  func run() throws {
    let session = try PublishingSession(options, publishing)
    let entries = try withReasons { try session.staged.entries() }
    guard !entries.isEmpty else {
      throw CommandFailure(
        .notFound, "no change of \(session.repository) waits in \(VisibleText(session.staged.place))")
    }
    try entries.checkUsable(session.repository)
    var outcome = StagedOutcome()
    try session.publish("publish") { change in
      outcome = StagedOutcome()
      change.notes += outcome.apply(entries, to: &change.draft, holding: session.keys.holds)
      if !outcome.failed.isEmpty { change.idle = "nothing was published: no change that waits changes anything" }
      for role in outcome.edited { change.noteUncovered(role) }
    }
    if !publishing.dryRun { try withReasons { try session.staged.remove(outcome.made) } }
    guard outcome.failed.isEmpty else {
      // The document, where one is asked for, was printed: it has them as notes.
      let count = "\(outcome.failed.count) of \(entries.count) changes could not be made, and wait"
      Output.complain(given.completing("\(count): \(outcome.failed.joined(separator: "; "))"))
      throw CommandEnd(.failed)
    }
  }
}

/// What became of staged changes.
struct StagedOutcome {
  /// The files of those that were made.
  private(set) var made: [String] = []
  /// Those that could not be made, a clause each.
  private(set) var failed: [String] = []
  /// The delegations that were made or changed, in their order.
  private(set) var edited: [RoleName] = []

  /// Makes the changes that can be made, in their order.
  ///
  /// - Returns: what should be known of them, a sentence each.
  mutating func apply(
    _ entries: [StagedChanges.Entry], to draft: inout RepositoryDraft, holding holds: (KeyID) -> Bool
  ) -> [String] {
    var (roles, notes): (Set<RoleName>, [String]) = ([], [])
    for (index, entry) in entries.enumerated() {
      do {
        let staged = try entry.change.get()
        try draft.apply(staged, holding: holds)
        made.append(entry.name)
        if case .delegation(let edit) = staged.content { roles.formUnion(edit.named(in: draft)) }
      } catch {
        let sentence = "change \(index + 1) (\(VisibleText(entry.name, limit: 120))): \(error)"
        failed.append(sentence)
        notes.append("cannot be made, and goes on to wait: \(sentence)")
      }
    }
    edited = roles.filter { draft.holders(of: $0) != nil }.sorted()
    for role in edited {
      notes += draft.keysMissing(role).map { [$0] } ?? []
      let standing = draft.settle(role, holding: holds)
      if standing != .stands {
        notes.append(standing.sentence(role, of: draft.repository, tags: draft.roles[role]?.count ?? 0))
      }
    }
    return notes
  }
}
