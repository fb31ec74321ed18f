internal import ContentSigning
internal import ContentTrust
internal import SignedMetadata
internal import Stores
internal import TrustModel

/// Documents of a publication with what the host signs: the timestamp, and the snapshot where nobody else has signed one.
struct HostSignatures {
  /// What was sent, then what the host has signed; the timestamp last.
  let documents: [PublishedDocument]
  private let sent: [PublishedDocument]
  private let repository: Repository

  init(_ host: FolderHost, _ published: PublishedState, _ sent: [PublishedDocument]) throws(PublishingError) {
    let root = try Self.root(host, published, sent)
    var documents = sent
    if !sent.isEmpty, !sent.contains(where: { $0.role == .snapshot }) {
      documents.append(try Self.snapshot(host, root, published, sent))
    }
    let snapshot = documents.first { $0.role == .snapshot }?.octets ?? published.reading?.trusted.snapshot?.octets
    guard let snapshot else {
      throw .refused(
        code: "INVALID_UPDATE", "what is published is not whole, and there is no snapshot among the documents")
    }
    let version = published.version(of: .timestamp) + 1
    let draft = TimestampDraft(Self.head(.timestamp, version, host.now), DocumentDigest(of: snapshot))
    documents.append(try Self.signed(.timestamp, draft.head, draft.signed, root.document.keys(of: .timestamp), host))
    (self.documents, self.sent, repository) = (documents, sent, host.repository)
  }

  private static func root(
    _ host: FolderHost, _ published: PublishedState, _ sent: [PublishedDocument]
  ) throws(PublishingError) -> FirstRoot {
    guard let new = sent.first(where: { $0.role == .root }) else {
      guard let root = published.root else { throw .refused(code: "INVALID_UPDATE", "there is no root") }
      return root
    }
    do throws(MetadataError) {
      return try FirstRoot(new.octets, of: host.repository, at: host.now)
    } catch {
      throw .refused(code: "INVALID_UPDATE", "\(error)")
    }
  }

  private static func head(_ role: RoleName, _ version: Int64, _ now: Timestamp) -> DraftHead {
    DraftHead(version: version, expires: now.advanced(by: Lifetime.seconds(of: role)))
  }

  private static func snapshot(
    _ host: FolderHost, _ root: FirstRoot, _ published: PublishedState, _ sent: [PublishedDocument]
  ) throws(PublishingError) -> PublishedDocument {
    if published.root != nil, published.reading == nil {
      throw .refused(code: "INVALID_UPDATE", "what is published is not whole: a snapshot must be among the documents")
    }
    let former = published.reading?.trusted.snapshot
    var draft = former.map { SnapshotDraft($0) } ?? SnapshotDraft(head(.snapshot, 0, host.now), [:])
    draft.head = head(.snapshot, draft.head.version + 1, host.now)
    for document in sent { draft.documents[document.role] = DocumentDigest(of: document.octets) }
    return try signed(.snapshot, draft.head, draft.signed, root.document.keys(of: .snapshot), host)
  }

  /// A document of a role, by those of its keys that are at hand.
  static func signed(
    _ role: RoleName, _ head: DraftHead, _ text: SignedText, _ holders: RoleKeys, _ host: FolderHost
  ) throws(PublishingError) -> PublishedDocument {
    let signers = holders.keys.map { ListedKey($0) }.filter { host.keys.holds($0.canonicalID) }
    guard signers.count >= holders.threshold else {
      throw .notSent(AbsentHostKeys([role: holders], of: host.repository, holding: host.keys.holds).words)
    }
    let entry = SigningPlan.Entry(byHost: role, head, signers: signers, threshold: holders.threshold)
    do {
      let signatures = try signers.map { key in
        SignedText.Signature(
          key.id, try host.keys.open(key, for: entry, of: host.repository).signature(over: text.canonical))
      }
      return PublishedDocument(role, text.document(signatures))
    } catch {
      throw .notSent("\(role) was not signed: \(error)")
    }
  }

  /// Reads what was made as everybody will: from the root that they have to every document that was sent.
  func prove(
    in tree: String, of folder: RepositoryFolder, after published: PublishedState, at now: Timestamp
  ) throws(PublishingError) {
    var pins = TrustPins()
    pins.allowsFirstUse = published.root == nil
    let kept = published.root.map { KeptMetadata(root: $0.octets) } ?? KeptMetadata { _ in nil }
    let reader = RepositoryReader(
      repository, from: kept, pins: pins, at: now, answer: { folder.answer($0, of: repository, tree: tree) })
    let reading: RepositoryReading
    do throws(MetadataError) {
      reading = try reader.read()
    } catch {
      throw .refused(code: "INVALID_UPDATE", "\(error)")
    }
    for document in sent where !reading.holds(document) {
      let cause = reading.passedOver.first { $0.role == document.role }
      throw .refused(code: "INVALID_UPDATE", cause.map { "\($0)" } ?? "nothing leads to the role \(document.role)")
    }
  }
}
