internal import ContentChange
internal import ContentSigning
internal import ContentTrust
internal import ReadCommands
internal import SignedMetadata
internal import TrustModel

/// A repository that is to be begun where there is none: on the server, and in anything that was seen here.
struct RepositoryBeginning {
  private let session: PublishingSession

  init(_ session: PublishingSession) { self.session = session }

  /// Refuses a repository that is there, or was: that a server has nothing any more is no invitation to begin anew.
  ///
  /// - Throws: `CommandFailure`.
  func check() throws {
    let (repository, folder) = (session.repository, RepositoryCopy(session.folder, user: Environment.userID))
    var offered: FirstUseOffer?
    session.agrees = { offer in
      offered = offer
      return false
    }
    defer { session.agrees = nil }
    do {
      _ = try session.read()
    } catch let failure as CommandFailure where failure.reason == .unsigned && offered == nil {
      let kept = try folder.files(of: repository).filter { $0.contains("/metadata/") }
      guard kept.isEmpty else { throw withheld("\(VisibleText(kept[0])) is kept of it") }
      return
    } catch let failure as CommandFailure where offered == nil {
      throw refusal(failure)
    } catch is CommandFailure {
      // There is one, which nobody here has trusted.
    }
    throw CommandFailure(
      .declined,
      "\(session.host.name) has trust data for \(repository) already: keyreeve content inspect \(repository) shows it; nothing was made"
    )
  }

  /// Only where nothing is left of what was seen here is there anything to begin anew; what could not be read, or is there, is left alone.
  private func refusal(_ failure: CommandFailure) -> CommandFailure {
    let (repository, words) = (session.repository, failure.description)
    switch (failure.cause as? MetadataError)?.rule {
    case .withheld,
      .absent where isGone:
      return CommandFailure(failure.reason, "\(words); \(repository) is not begun anew. \(wayOut)")
    case .expired:
      return CommandFailure(
        failure.reason,
        "\(session.host.name) has trust data for \(repository) already: nothing was made; \(words); keyreeve content doctor"
          + " \(repository) says what mends it")
    case .unreachable, nil:
      return CommandFailure(
        failure.reason,
        "\(words); whether \(repository) is there already is not known, and nothing was made: try again, or name another"
          + " server or folder by --server")
    default: return CommandFailure(failure.reason, "\(words); nothing was made")
    }
  }

  /// Whether there is not even a root any more.
  private var isGone: Bool {
    if case .absent = session.answer(.latestRoot(MetadataLimits())) { true } else { false }
  }

  private func withheld(_ what: String) -> CommandFailure {
    CommandFailure(
      .stale,
      "\(session.host.name) has nothing of \(session.repository), and \(what): it was signed before, and is not begun anew. \(wayOut)"
    )
  }

  private var wayOut: String {
    "Ask who runs the server to bring it back. Only if its owner wants to begin anew: keyreeve content delete \(session.repository), then init"
  }

  /// Makes the keys that are missing, the root and the targets, publishes them, and proves that the server has them.
  func publish(_ keys: FoundingKeys, certificate: String?, _ entries: [StagedChanges.Entry]) throws {
    do {
      try publishNow(keys, certificate: certificate, entries)
    } catch {
      guard !keys.made.isEmpty else { throw error }
      let failure = try failure(error)
      throw CommandFailure(
        failure.reason,
        "\(failure.description); made before, and kept for the next try: \(keys.made.joined(separator: "; "))")
    }
  }

  private func failure(_ error: any Error) throws -> CommandFailure {
    do {
      return try withReasons { throw error }
    } catch let failure as CommandFailure {
      return failure
    }
  }

  private func publishNow(_ keys: FoundingKeys, certificate: String?, _ entries: [StagedChanges.Entry]) throws {
    let (founding, write) = try keys.prepare(try certificate.map { try PublicKeyInput.text(in: $0) })
    let rootKey = try founding.rootKey(of: session.repository, at: session.now)
    // Before anything is written here: a server that gives no keys takes no repository.
    let roles = try keys.notingHostKeys {
      try RepositoryFounding.holders(
        root: rootKey, targets: ListedKey(founding.targets.publicKey),
        snapshot: founding.snapshot.map { ListedKey($0.publicKey) }, from: session.host)
    }
    try write()
    let head = DraftHead(version: 1, expires: session.now.advanced(by: Lifetime.seconds(of: .root)))
    let root = RootDraft(head, roles: roles)
    var draft = RepositoryDraft(new: session.repository, root: root, at: session.now)
    var outcome = StagedOutcome()
    let notes = outcome.apply(entries, to: &draft, holding: session.keys.holds)
    // The root that is read back is trusted because it is this one, and for no other reason.
    session.agrees = { offer in offer.keys.map(\.id) == [rootKey.id] }
    try session.publish(new: draft, notes)
    try session.staged.remove(outcome.made)
    guard outcome.failed.isEmpty else {
      throw CommandFailure(
        .failed, "changes that could not be made go on to wait: \(outcome.failed.joined(separator: "; "))")
    }
  }
}
