public import SignedMetadata
public import TrustModel

/// On what grounds a root is trusted that was not trusted here before.
public enum FirstTrust: Sendable, Equatable {
  /// A root of this repository was trusted here before.
  case kept
  /// One of its keys is pinned, by this identifier.
  case pinned(String)
  /// An authority vouches for its certificate; the file that names it.
  case authority(String)
  /// It is the first one seen, and somebody has agreed to that.
  case firstUse
}

/// What may make a root trusted that was not trusted here before.
///
/// Source: reference/docker-content-trust.md, section 3, "Pinning config".
public struct TrustPins: Sendable {
  /// Identifiers of keys, by repository, or by a beginning of names that ends in `*`.
  public var keys: [String: Set<String>] = [:]
  /// Authorities by the beginning of names; the longest one counts.
  public var authorities: [String: (file: String, certificates: [KeyCertificate])] = [:]
  /// Whether the first root that is seen may be trusted where nothing is pinned.
  public var allowsFirstUse = false

  /// No pins.
  public init() {}

  /// The grounds on which a root may be trusted.
  ///
  /// - Throws: `MetadataError` with the rule `anchor`, which names the keys of the root.
  public func grounds(for root: FirstRoot, of repository: Repository, at now: Timestamp) throws(MetadataError)
    -> FirstTrust
  {
    if let pinned = pinnedKeys(repository) {
      guard
        let id = root.keys.flatMap({ [$0.id.description, $0.canonicalID.description] }).first(where: pinned.contains)
      else { throw MetadataError(.root, .anchor("none of its keys is pinned for \(repository): \(Self.names(root))")) }
      return .pinned(id)
    }
    let names = authorities.keys.filter { repository.name.utf8.starts(with: $0.utf8) }
    if let name = names.max(by: { $0.utf8.count < $1.utf8.count }), let authority = authorities[name] {
      guard root.isVouchedFor(by: authority.certificates, at: now) else {
        throw MetadataError(.root, .anchor("no authority of \(authority.file) vouches for it: \(Self.names(root))"))
      }
      return .authority(authority.file)
    }
    guard allowsFirstUse else {
      throw MetadataError(
        .root, .anchor("nothing is pinned for \(repository), and nobody has agreed to \(Self.names(root))"))
    }
    return .firstUse
  }

  /// Pins for exactly this repository come before those for a beginning of its name, the longest of those first.
  private func pinnedKeys(_ repository: Repository) -> Set<String>? {
    if let exact = keys[repository.name] { return exact }
    let patterns = keys.keys.filter { $0.hasSuffix("*") && repository.name.utf8.starts(with: $0.utf8.dropLast()) }
    return patterns.max { $0.utf8.count < $1.utf8.count }.flatMap { keys[$0] }
  }

  private static func names(_ root: FirstRoot) -> String {
    "key " + root.keys.map(\.canonicalID.description).joined(separator: ", ")
  }
}
