internal import ContentSigning
public import ContentTrust
internal import SignedMetadata
public import TrustModel

/// Puts keys of a repository in the place of others, so that at every moment somebody has a key for what the server holds.
///
/// What is done is written down before anything else, then come the files of the new keys, then the upload; only when reading back has
/// shown the new state are the old keys superseded. Their files stay. Source: reference/docker-content-trust.md, section 7.
public struct KeyRotation {
  private let ledger: RotationLedger
  private let folder: SigningKeyFolder
  private let host: any RepositoryHost
  private let keys: any SigningKeySource
  private let read: () throws -> RepositoryReading
  private let say: (String) -> Void

  /// A rotation on `host`, whose record is in `ledger` and whose new keys come into `folder`.
  ///
  /// - Parameters:
  ///   - read: reads the repository anew, whole, from the host.
  ///   - say: told what is removed, a sentence each, before it is.
  public init(
    _ ledger: RotationLedger, _ folder: SigningKeyFolder, to host: any RepositoryHost, with keys: any SigningKeySource,
    reading read: @escaping () throws -> RepositoryReading, say: @escaping (String) -> Void
  ) {
    (self.ledger, self.folder, self.host, self.keys) = (ledger, folder, host, keys)
    (self.read, self.say) = (read, say)
  }

  /// Makes a change and has it read back.
  ///
  /// - Parameter review: sees every plan before anything is written or signed, and throws where nobody agrees.
  /// - Throws: `RotationError.takenBack` where nothing was published, `open` where that is not known; what `review` and `read` throw
  ///   before anything was written.
  @discardableResult
  public func run(
    _ change: KeyChange, at now: Timestamp, review: (RepositoryPublisher.Proposal) throws -> Void
  ) throws -> Publication? {
    guard !change.replacements.isEmpty else {
      // Where no key changes, none can be lost.
      let publisher = RepositoryPublisher(to: host, with: keys, reading: read)
      return try publisher.publish(at: now, { try change.apply(to: &$0) }, review: review)
    }
    return try ledger.exclusively { try replace(change, at: now, review: review) }
  }

  /// The plan of a change, of which nothing is made: no record, no file, no lock.
  ///
  /// - Returns: nil where the change changes nothing.
  /// - Throws: what `run` throws before anything is written.
  public func plan(_ change: KeyChange, at now: Timestamp) throws -> RepositoryPublisher.Proposal? {
    struct Shown: Error {}
    var proposal: RepositoryPublisher.Proposal?
    do {
      try RepositoryPublisher(to: host, with: signing(change), reading: read).publish(at: now) {
        try change.apply(to: &$0)
      } review: {
        proposal = $0
        throw Shown()
      }
    } catch is Shown {
      return proposal
    }
    return nil
  }

  private func signing(_ change: KeyChange) -> RotationKeys {
    let unfiled = change.replacements.compactMap { $0.unfiled.map { ($0.key.id, $0.key) } }
    return RotationKeys(base: keys, unfiled: Dictionary(unfiled) { first, _ in first })
  }

  private func replace(
    _ change: KeyChange, at now: Timestamp, review: (RepositoryPublisher.Proposal) throws -> Void
  ) throws -> Publication? {
    let open = OpenRotation(change, ledger, folder, host: host.name, at: now, say: say)
    let recorded = RotationHost(real: host) { () throws(RotationError) in try open.willSend() }
    let publisher = RepositoryPublisher(to: recorded, with: signing(change), reading: read)
    let publication: Publication?
    do {
      publication = try publisher.publish(at: now) {
        try change.apply(to: &$0)
      } review: {
        try review($0)
        try open.begin($0.plan)
      }
    } catch {
      throw open.end(error)
    }
    try open.confirm(at: now)
    return publication
  }
}
