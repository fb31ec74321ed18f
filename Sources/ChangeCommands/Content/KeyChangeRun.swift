internal import ContentChange
internal import ContentSigning
internal import ContentTrust
internal import ReadCommands
internal import SignedMetadata
internal import StrictJSON
internal import TrustModel

/// A change of keys as commands make it: its plan shown and agreed to, published, read back, and the outcome printed.
struct KeyChangeRun {
  let verb: String
  let session: PublishingSession
  /// What is mended and why, or what else should be known, a sentence each.
  let notes: [String]

  /// Makes the change.
  ///
  /// - Returns: whether it was published.
  /// - Throws: `CommandFailure`.
  @discardableResult
  func run(_ change: KeyChange) throws -> Bool {
    try withReasons {
      var proposal: RepositoryPublisher.Proposal?
      let rotation = KeyRotation(
        session.ledger, session.keyFolder, to: session.host, with: session.keys,
        reading: { try session.readAged() }, say: { Output.complain(session.given.completing("note: \($0)")) })
      guard !session.publishing.dryRun else {
        try print(change, try rotation.plan(change, at: session.now), false)
        return false
      }
      let publication = try rotation.run(change, at: session.now) {
        proposal = $0
        try agree($0, change)
      }
      let isPublished = publication != nil
      if isPublished { for replacement in change.replacements { log(replacement) } }
      try print(change, proposal, isPublished)
      return isPublished
    }
  }

  private func agree(_ proposal: RepositoryPublisher.Proposal, _ change: KeyChange) throws {
    if let words = proposal.overtaken {
      Output.complain(
        "somebody else has published meanwhile (\(VisibleText(words, limit: 200))): the change is made again upon that")
    }
    for line in lines(change, proposal) { Output.complain(line) }
    try session.agree("Publish this?")
  }

  /// What was published stands, whatever the log takes: the record of rotations was there before it.
  private func log(_ replacement: KeyReplacement) {
    let (role, id) = (replacement.role.description, replacement.new.canonicalID)
    let owner = replacement.role == .root ? nil : session.repository.name
    let former = replacement.old.map(\.canonicalID).first { $0 != id && session.keys.holds($0) }
    let back = former.map {
      "the former key puts itself back in its place by: "
        + ShellText.line(
          session.given.completing([
            "keyreeve", "content", "key", "rotate", session.repository.name, role, "--key", "\($0)",
          ]))
    }
    do {
      try SigningKeyLog(session.options, folder: session.publishing.folder).record(
        "rotate", id, SigningKeyHeaders(role: role, repository: owner),
        file: replacement.unfiled.map { session.keyFolder.file(of: $0.key.id) },
        back: "for \(session.repository); " + (back ?? "no former key of it is here")
      ) {}
    } catch {
      Output.complain("warning: the rotation is not in keyreeve log: \(error)")
    }
  }

  // MARK: Text

  private func lines(_ change: KeyChange, _ proposal: RepositoryPublisher.Proposal?) -> [String] {
    let keys = change.replacements.flatMap { replacement in
      replacement.old.map { "  \(replacement.role) key  \($0.canonicalID) goes" }
        + ["  \(replacement.role) key  \(name(replacement)) comes\(origin(replacement))"]
    }
    let roles = (proposal?.plan.entries ?? []).map { entry in
      let signers = (entry.signers + entry.formerSigners).map { "\($0.canonicalID)".prefix(7) }.joined(separator: ", ")
      return
        "  \(VisibleText(entry.role.description)) version \(entry.head.version), until \(entry.head.expires.date), signed by \(signers)"
    }
    let own = proposal.map { ["  " + session.hostLine($0.plan, $0.draft.root)] } ?? []
    return ["\(session.repository) on \(session.host.name):"] + keys + roles + own
      + notes.map { "  note: \(session.given.completing($0))" }
  }

  /// A key that was made for a plan that is only shown has no name that will ever be seen again.
  private func isOnlyShown(_ replacement: KeyReplacement) -> Bool {
    session.publishing.dryRun && !session.keys.holds(replacement.new.canonicalID)
  }

  private func name(_ replacement: KeyReplacement) -> String {
    isOnlyShown(replacement) ? "(a new one)" : "\(replacement.new.canonicalID)"
  }

  private func origin(_ replacement: KeyReplacement) -> String {
    if replacement.unfiled != nil { return ", in a new file here" }
    let isMadeByHost = session.hostKeys?.made.contains { $0.id == replacement.new.canonicalID } == true
    if isMadeByHost || session.hostKeys != nil && isOnlyShown(replacement) { return ", in a new file here" }
    return session.keys.holds(replacement.new.canonicalID) ? ", here already" : ", held by the server"
  }

  private func print(
    _ change: KeyChange, _ proposal: RepositoryPublisher.Proposal?, _ isPublished: Bool
  ) throws {
    let kept = Set(change.replacements.filter { $0.role != .timestamp }.flatMap(\.old).map(\.canonicalID))
      .subtracting(change.replacements.map(\.new.canonicalID)).filter { session.keys.holds($0) }.sorted()
    let outcome =
      isPublished ? "published, and read back as it was sent" : "dry run: nothing was signed, written or published"
    let superseded = isPublished ? try SupersededKey.all(kept, session) : []
    try Output(session.options).result(document(change, proposal?.plan, isPublished, superseded)) { _ in
      lines(change, proposal) + [outcome] + superseded.map { "  " + $0.words }
    }
  }

  // MARK: Document

  private func document(
    _ change: KeyChange, _ plan: SigningPlan?, _ isPublished: Bool, _ superseded: [SupersededKey]
  ) -> JSON {
    [
      "schema": "keyreeve.key-change/1", "verb": JSON(verb), "repository": JSON(session.repository.name),
      "server": JSON(session.host.name), "dryRun": .bool(session.publishing.dryRun), "applied": .bool(isPublished),
      "keys": .array(
        change.replacements.map { replacement in
          [
            "role": JSON(replacement.role.description), "old": JSON(replacement.old.map(\.canonicalID.description)),
            "new": isOnlyShown(replacement) ? .null : JSON(replacement.new.canonicalID.description),
            "id": isOnlyShown(replacement) ? .null : JSON(replacement.new.id.description),
            "file": isOnlyShown(replacement)
              ? .null : JSON(replacement.unfiled.map { session.keyFolder.file(of: $0.key.id) }),
          ]
        }),
      "roles": .array(
        (plan?.entries ?? []).map { entry in
          [
            "role": JSON(entry.role.description), "version": JSON(entry.head.version),
            "expires": JSON(entry.head.expires.description),
            "signers": JSON((entry.signers + entry.formerSigners).map(\.canonicalID.description)),
          ]
        }), "superseded": JSON(superseded.map(\.id.description)),
      "stillUsed": .array(superseded.filter { !$0.others.isEmpty }.map(\.document)), "notes": JSON(notes),
    ]
  }
}
