public import ContentSigning
public import ContentTrust
public import SignedMetadata
public import TrustModel

/// Whoever has the private keys of a repository.
public protocol SigningKeySource {
  /// Whether the private half of a key is here, by the identifier that names its file.
  func holds(_ id: KeyID) -> Bool

  /// The private half of a listed key, opened for one document.
  func open(_ key: ListedKey, for entry: SigningPlan.Entry, of repository: Repository) throws -> PrivateSigningKey
}

/// Publishes changes of a repository: read, plan, review, sign, send, and read back.
///
/// What somebody else publishes meanwhile is taken first, and the change made once more on top of it. Source:
/// reference/docker-content-trust.md, section 4, "Upload check".
public struct RepositoryPublisher {
  /// How often a change is made again because somebody else was faster.
  public static let tryLimit = 5

  /// A plan with what it stands on, for whoever agrees to it.
  public struct Proposal {
    /// The repository as it is to be.
    public let draft: RepositoryDraft
    /// What is signed, and by whom.
    public let plan: SigningPlan
    /// Whether an earlier plan was overtaken by somebody else, in the host's words.
    public let overtaken: String?
  }

  private let host: any RepositoryHost
  private let keys: any SigningKeySource
  private let read: () throws -> RepositoryReading

  /// A publisher to `host`, with these keys; `read` reads the repository anew, whole.
  public init(
    to host: any RepositoryHost, with keys: any SigningKeySource, reading read: @escaping () throws -> RepositoryReading
  ) {
    (self.host, self.keys, self.read) = (host, keys, read)
  }

  /// Publishes a change of a repository that is there.
  ///
  /// - Parameters:
  ///   - change: made on the repository as it was read; again on a newer one where somebody else was faster.
  ///   - review: sees every plan before anything is signed, and throws where nobody agrees.
  /// - Returns: the repository as it was read back, and what was published; nil where the change changes nothing.
  /// - Throws: `PublicationError`, and what `read`, `change`, `review` and the keys throw.
  @discardableResult
  public func publish(
    at now: Timestamp, _ change: (inout RepositoryDraft) throws -> Void, review: (Proposal) throws -> Void
  ) throws -> Publication? {
    var overtaken: String?
    for _ in 0..<Self.tryLimit {
      var draft = try RepositoryDraft(try read(), at: now)
      try change(&draft)
      guard !draft.changed.isEmpty else { return nil }
      for role in draft.newRoles {
        if let held = try host.heldVersion(of: role) { draft.raise(role, above: held) }
      }
      do {
        return try publish(draft, overtaken: overtaken, review: review)
      } catch PublishingError.overtaken(let words) {
        overtaken = words
      }
    }
    throw PublicationError.alwaysOvertaken(host.name, tries: Self.tryLimit)
  }

  /// Publishes a repository that is new.
  ///
  /// - Throws: `PublicationError`, `PublishingError.overtaken` where there is one already, and what `review` and the keys throw.
  @discardableResult
  public func publish(
    _ draft: RepositoryDraft, overtaken: String? = nil, review: (Proposal) throws -> Void
  ) throws -> Publication {
    if let role = draft.changed.intersection(draft.unread).min() {
      throw PublicationError.unread(role, draft.repository)
    }
    let plan: SigningPlan
    do throws(SigningPlan.Missing) {
      plan = try SigningPlan(draft, holding: keys.holds)
    } catch {
      throw PublicationError.missing(error, draft.repository)
    }
    try review(Proposal(draft: draft, plan: plan, overtaken: overtaken))
    let signed = try SignedRepository(plan, of: draft) { try keys.open($0, for: $1, of: draft.repository) }
    let documents = signed.documents.map { PublishedDocument($0.role, $0.octets) }
    do throws(PublishingError) {
      try host.publish(documents)
    } catch {
      if case .refused("INVALID_UPDATE", let words) = error, plan.isSnapshotByHost, let key = draft.strangeSnapshotKey {
        throw PublicationError.snapshotKey(host.name, key, words)
      }
      guard case .uncertain(let words) = error else { throw error }
      return try settle(documents, plan, after: words)
    }
    return try proved(documents, plan)
  }

  /// What was sent and not answered: reading back tells.
  private func settle(
    _ documents: [PublishedDocument], _ plan: SigningPlan, after words: String
  ) throws -> Publication {
    let publication: Publication
    do {
      publication = try proved(documents, plan)
    } catch PublicationError.notThere {
      throw PublicationError.notTaken(host.name, words)
    } catch {
      throw PublicationError.uncertain(host.name, words, "\(error)")
    }
    return publication
  }

  /// Nothing counts as published before it was read back as it was sent.
  private func proved(_ documents: [PublishedDocument], _ plan: SigningPlan) throws -> Publication {
    let reading = try read()
    for document in documents where !reading.holds(document) {
      throw PublicationError.notThere(host.name, document.role, reading.repository)
    }
    return Publication(reading: reading, entries: plan.entries)
  }
}

extension RepositoryDraft {
  /// The snapshot key of a repository that is there: of the host, or on another machine.
  fileprivate var strangeSnapshotKey: KeyID? { formerRoot?.keys(of: .snapshot).keys.first?.canonicalID }
}

/// What was published.
public struct Publication {
  /// The repository as it was read back.
  public let reading: RepositoryReading
  /// The documents.
  public let entries: [SigningPlan.Entry]
}

extension RepositoryReading {
  /// Whether a document is what was read.
  func holds(_ document: PublishedDocument) -> Bool {
    switch document.role {
    case .root: return update.rootOctets == document.octets
    case .snapshot: return trusted.snapshot?.octets == document.octets
    default: return roles.first { $0.name == document.role }?.document.octets == document.octets
    }
  }
}
