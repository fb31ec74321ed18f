public import SignedMetadata
internal import TrustModel

/// What one place of configuration demands of the root of one repository.
public struct RootPin: Sendable {
  /// What must hold.
  public enum Demand: Sendable {
    /// Keys with these identifiers, of their certificates or bare, have signed the root.
    case keys(Set<String>)
    /// So have keys whose certificates lead to one of these authorities; the file that names them.
    case authorities([KeyCertificate], file: String)
  }

  /// What must hold.
  public let demand: Demand
  /// The file and the key that say so.
  public let place: String

  /// A demand, and who makes it.
  public init(_ demand: Demand, place: String) {
    (self.demand, self.place) = (demand, place)
  }

  /// The grounds that it gives.
  ///
  /// - Throws: `MetadataError` with the rule `anchor`, which names the place and the keys of the root.
  func grounds(for root: FirstRoot, of repository: Repository, at now: Timestamp) throws(MetadataError) -> FirstTrust {
    switch demand {
    case .keys(let ids):
      if let id = root.signer(among: ids) { return .pinned(id) }
      throw refusal(root, "it is not signed by the keys that \(VisibleText(place)) pins for \(repository)")
    case .authorities(let authorities, let file):
      if root.isVouchedFor(by: authorities, at: now) { return .authority(file) }
      throw refusal(
        root,
        "no authority of \(VisibleText(file)), which \(VisibleText(place)) demands for \(repository), vouches for it")
    }
  }

  private func refusal(_ root: FirstRoot, _ why: String) -> MetadataError {
    MetadataError(.root, .anchor("\(why), but has \(root.keyNames)"))
  }
}

/// What makes the root of one repository trusted.
///
/// Every pin must hold, of a root that is new and of one that was kept. Source: reference/docker-content-trust.md, section 3, "Pinning
/// config"; notary itself asks its pins about new roots alone.
public struct TrustPins: Sendable {
  /// What is demanded of the root, each by another place.
  public var pins: [RootPin] = []
  /// A root to begin with where none was kept, from which newer ones are followed; and the file and the key that name it.
  public var startingRoot: (octets: [UInt8], place: String)?
  /// Whether the first root that is seen may be trusted where nothing is pinned.
  public var allowsFirstUse = false
  /// The file and the key that forbid it.
  public var forbidsFirstUse: String?

  /// No pins.
  public init() {}

  /// The grounds that the pins give; nil where nothing is pinned.
  ///
  /// - Throws: `MetadataError` with the rule `anchor` where one of them does not hold.
  func pinned(_ root: FirstRoot, of repository: Repository, at now: Timestamp) throws(MetadataError) -> FirstTrust? {
    var grounds: FirstTrust?
    for pin in pins {
      let found = try pin.grounds(for: root, of: repository, at: now)
      grounds = grounds ?? found
    }
    return grounds
  }

  /// The grounds on which a root may be trusted that nobody here has seen.
  ///
  /// - Parameter agrees: whether somebody trusts it now.
  /// - Throws: `MetadataError` with the rule `anchor` or `unagreed`.
  func grounds(
    for root: FirstRoot, of repository: Repository, at now: Timestamp, agrees: (FirstRoot) -> Bool
  ) throws(MetadataError) -> FirstTrust {
    if let grounds = try pinned(root, of: repository, at: now) { return grounds }
    if let place = forbidsFirstUse {
      throw MetadataError(
        .root,
        .anchor(
          "nothing is pinned for \(repository), and \(VisibleText(place)) forbids trust on first use; it has \(root.keyNames)"
        ))
    }
    guard allowsFirstUse || agrees(root) else {
      throw MetadataError(.root, .unagreed("nothing is pinned for \(repository), which has \(root.keyNames)"))
    }
    return .firstUse
  }
}

extension FirstRoot {
  /// Its keys by both identifiers: of the certificate, as metadata has it, and of the bare key, as files are called.
  var keyNames: String {
    keys.map { key in
      key.id == key.canonicalID ? "key \(key.id)" : "key \(key.id) (file \(key.canonicalID))"
    }.joined(separator: ", ")
  }
}
