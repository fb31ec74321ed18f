public import TrustModel

/// A root that was read and found good in itself, which anybody's own root is: whether it may be trusted is asked of pins.
public struct FirstRoot: Sendable {
  /// The octets, as received.
  public let octets: [UInt8]
  /// The document.
  public let document: RootDocument
  /// The keys of the root role whose certificates are for the repository.
  public let keys: [MetadataKey]
  private let envelope: Envelope

  /// Reads a root of Notary's for a repository: signed by enough keys whose certificates are for it.
  ///
  /// - Parameter now: the moment at which the certificates must count; nil for a root that was trusted before.
  public init(
    _ octets: [UInt8], of repository: Repository, limits: MetadataLimits = MetadataLimits(), at now: Timestamp?
  ) throws(MetadataError) {
    envelope = try Envelope(octets, of: .root, .notary, limit: limits.stated, limits)
    document = try RootDocument(envelope, limits)
    let role = document.keys(of: .root)
    let certificates = try RootCertificates(document, of: repository)
    keys = try now.map { (now) throws(MetadataError) in try certificates.check(role, at: now) } ?? certificates.keys
    // By those keys alone: one whose certificate is for another repository signs nothing here.
    try RoleKeys(keys: keys, threshold: role.threshold).verify(envelope)
    self.octets = octets
  }

  /// What tells its root keys and their threshold from others; the same as in `VersionFloors`.
  public var identity: String { document.keys(of: .root).identity }

  /// One of these identifiers, of a certificate or of a bare key, where the keys that they name have signed the root.
  ///
  /// That a pinned key is listed is not enough: anybody can list it beside a key of his own.
  public func signer(among ids: Set<String>) -> String? {
    func pin(_ key: MetadataKey) -> String? {
      [key.id.description, key.canonicalID.description].first(where: ids.contains)
    }
    let pinned = keys.filter { pin($0) != nil }
    return isSigned(by: pinned) ? pinned.first.flatMap(pin) : nil
  }

  /// Whether keys that sign the root have certificates that lead to one of these authorities.
  public func isVouchedFor(by authorities: [KeyCertificate], at now: Timestamp) -> Bool {
    isSigned(
      by: keys.filter { key in
        guard let leaf = key.certificates.first else { return false }
        return Self.leads(leaf, over: key.certificates.dropFirst().filter(\.isAuthority), to: authorities, now)
      })
  }

  /// Whether as many of these keys have signed as of all root keys must.
  private func isSigned(by some: [MetadataKey]) -> Bool {
    let role = RoleKeys(keys: some, threshold: document.keys(of: .root).threshold)
    return (try? role.verify(envelope)) != nil
  }

  private static func leads(
    _ certificate: KeyCertificate, over others: [KeyCertificate], to authorities: [KeyCertificate], _ now: Timestamp
  ) -> Bool {
    guard certificate.counts(at: now) else { return false }
    let isAnchored = authorities.contains { authority in
      guard authority.octets != certificate.octets else { return true }
      return authority.isAuthority && authority.counts(at: now) && certificate.isSigned(by: authority)
    }
    if isAnchored { return true }
    // Each step uses one certificate up, so that a circle ends.
    for (index, other) in others.enumerated() where certificate.isSigned(by: other) {
      var rest = others
      rest.remove(at: index)
      if leads(other, over: rest, to: authorities, now) { return true }
    }
    return false
  }
}

extension KeyCertificate {
  /// Whether it counts at that moment, as far as it says so itself.
  fileprivate func counts(at now: Timestamp) -> Bool { notBefore <= now && now <= notAfter && !isWeaklySigned }
}
