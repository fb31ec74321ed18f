public import TrustModel

/// A root that nobody here has trusted yet: read and found good in itself, which anybody's own root is.
public struct FirstRoot: Sendable {
  /// The octets, as received.
  public let octets: [UInt8]
  /// The document.
  public let document: RootDocument
  /// The keys of the root role whose certificates are for the repository.
  public let keys: [MetadataKey]

  /// Reads a root of Notary's for a repository: signed by its own keys, with certificates that fit and count now.
  public init(
    _ octets: [UInt8], of repository: Repository, limits: MetadataLimits = MetadataLimits(), at now: Timestamp
  ) throws(MetadataError) {
    let envelope = try Envelope(octets, of: .root, .notary, limit: limits.stated, limits)
    document = try RootDocument(envelope, limits)
    let role = document.keys(of: .root)
    try role.verify(envelope)
    let certificates = try RootCertificates(document, of: repository)
    try certificates.check(role, at: now)
    self.octets = octets
    keys = certificates.keys
  }

  /// Whether one of these identifiers is that of a root key: of its certificate, or of the bare key.
  public func hasKey(among ids: Set<String>) -> Bool {
    keys.contains { ids.contains($0.id.description) || ids.contains($0.canonicalID.description) }
  }

  /// Whether the leaf of a root key leads to one of these authorities, over the certificates that come with it.
  public func isVouchedFor(by authorities: [KeyCertificate], at now: Timestamp) -> Bool {
    keys.contains { key in
      guard let leaf = key.certificates.first else { return false }
      return Self.leads(leaf, over: key.certificates.dropFirst().filter(\.isAuthority), to: authorities, now)
    }
  }

  private static func leads(
    _ certificate: KeyCertificate, over others: [KeyCertificate], to authorities: [KeyCertificate], _ now: Timestamp
  ) -> Bool {
    guard certificate.notBefore <= now, now <= certificate.notAfter else { return false }
    if authorities.contains(where: { $0.octets == certificate.octets || certificate.isSigned(by: $0) }) { return true }
    // Each step uses one certificate up, so that a circle ends.
    for (index, other) in others.enumerated() where certificate.isSigned(by: other) {
      var rest = others
      rest.remove(at: index)
      if leads(other, over: rest, to: authorities, now) { return true }
    }
    return false
  }
}
