public import SignedMetadata
internal import StrictJSON

/// A snapshot that is to be signed: which documents belong together.
///
/// Source: reference/docker-content-trust.md, section 2, "Snapshot".
public struct SnapshotDraft: Hashable, Sendable {
  /// Version and expiry.
  public var head: DraftHead
  /// What it lists: the root, the targets and every delegated role.
  public var documents: [RoleName: DocumentDigest]

  /// A snapshot.
  public init(_ head: DraftHead, _ documents: [RoleName: DocumentDigest]) {
    (self.head, self.documents) = (head, documents)
  }

  /// A snapshot that was read, to be changed.
  public init(_ snapshot: SnapshotDocument) {
    head = DraftHead(snapshot.head)
    documents = [:]
    for (name, file) in snapshot.files { documents[RoleName(name)] = DocumentDigest(file) }
  }

  /// What is signed.
  public var signed: SignedText { SignedText(head.members(type: "Snapshot", [listing(documents)])) }
}

/// A timestamp that is to be signed: which snapshot is current.
///
/// Source: reference/docker-content-trust.md, section 2, "Timestamp".
public struct TimestampDraft: Hashable, Sendable {
  /// Version and expiry.
  public var head: DraftHead
  /// The snapshot.
  public var snapshot: DocumentDigest

  /// A timestamp.
  public init(_ head: DraftHead, _ snapshot: DocumentDigest) {
    (self.head, self.snapshot) = (head, snapshot)
  }

  /// What is signed.
  public var signed: SignedText { SignedText(head.members(type: "Timestamp", [listing([.snapshot: snapshot])])) }
}

private func listing(_ documents: [RoleName: DocumentDigest]) -> JSON.Member {
  JSON.Member("meta", .object(documents.sorted { $0.key < $1.key }.map { JSON.Member($0.key.text, $0.value.form) }))
}
