internal import ContentSigning
internal import ContentTrust
internal import SignedMetadata
internal import TrustModel

/// What notary-server looks at before it takes documents: roles and versions.
///
/// Signatures are proved on the whole.
///
/// Source: reference/docker-content-trust.md, section 4, "Upload check".
struct UploadCheck {
  private let published: PublishedState

  init(_ published: PublishedState) { self.published = published }

  /// Throws where a document is not to be published.
  func check(_ documents: [PublishedDocument]) throws(PublishingError) {
    if let problem = published.rootProblem {
      throw .refused(code: "NO_STORAGE", "the root that is published cannot be used: \(problem)")
    }
    guard published.root != nil || documents.contains(where: { $0.role == .root }) else {
      throw .refused(code: "INVALID_UPDATE", "nothing is published yet, and there is no root among the documents")
    }
    var seen: Set<RoleName> = []
    for document in documents {
      guard document.role != .timestamp, seen.insert(document.role).inserted,
        document.role.isTopLevel || document.role.isBelow(.targets), KeptDocuments.path(of: document.role) != nil
      else { throw .refused(code: "INVALID_ROLE", "\(document.role) is not taken, or comes twice") }
      try check(document, version: try Self.version(document))
    }
  }

  private func check(_ document: PublishedDocument, version: Int64) throws(PublishingError) {
    let current = published.version(of: document.role)
    guard document.role == .root, let root = published.root else {
      guard version > current else { throw Self.overtaken(document.role, version, current) }
      return
    }
    if document.octets == root.octets { return }
    let last = root.document.head.version
    guard version > last else { throw Self.overtaken(.root, version, last) }
    guard version == last + 1 else {
      throw .refused(code: "INVALID_UPDATE", "version \(version) of the root does not follow version \(last)")
    }
  }

  private static func overtaken(_ role: RoleName, _ version: Int64, _ current: Int64) -> PublishingError {
    .overtaken("version \(version) of \(role) is not newer than version \(current)")
  }

  private static func version(_ document: PublishedDocument) throws(PublishingError) -> Int64 {
    guard let version = StatedHead(document.octets, limit: MetadataLimits().stated)?.version, version > 0
    else { throw .refused(code: "MALFORMED_JSON", "\(document.role) is no signed document with a version") }
    return version
  }
}
