internal import TrustModel

/// Notary's rules for the certificates of the root role.
///
/// Source: reference/docker-content-trust.md, section 3, "Root validity"; reference/security.md, row T-63.
struct RootCertificates: Sendable {
  /// How far ahead of the clock a certificate may begin to count, in seconds: a day.
  static let grace: Int64 = 86_400

  /// The keys of the root role whose certificates are for the repository.
  let keys: [MetadataKey]

  /// The certificates of a root that is for the repository of that name.
  init(_ root: RootDocument, of repository: Repository) throws(MetadataError) {
    let role = root.keys(of: .root)
    var problem = "it has none"
    keys = role.keys.filter { key in
      guard let leaf = key.certificates.first else { return false }
      guard KeyCertificate.isChain(key.certificates) else {
        problem = "its certificates must be one leaf, then authorities"
        return false
      }
      guard let name = leaf.commonName, Self.covers(name, repository) else {
        problem = "its certificate is for \(leaf.commonName ?? "nobody"), not for \(repository)"
        return false
      }
      guard !leaf.isWeaklySigned else {
        problem = "its certificate for \(name) is signed with SHA-1 or MD5"
        return false
      }
      return true
    }
    guard Set(keys.map(\.material)).count >= role.threshold else {
      throw MetadataError(.root, .certificate(problem))
    }
  }

  /// A name that ends in `*` covers everything that begins with the rest of it.
  static func covers(_ name: String, _ repository: Repository) -> Bool {
    guard name.utf8.last == UInt8(ascii: "*") else { return name.utf8.elementsEqual(repository.name.utf8) }
    return repository.name.utf8.starts(with: name.utf8.dropLast())
  }

  /// The keys whose certificates count now, which must be enough.
  @discardableResult
  func check(_ role: RoleKeys, at now: Timestamp) throws(MetadataError) -> [MetadataKey] {
    var problem: String?
    let valid = keys.filter { key in
      guard let leaf = key.certificates.first else { return false }
      if leaf.notAfter < now { problem = "its certificate expired on \(leaf.notAfter)" }
      if leaf.notBefore > now.advanced(by: Self.grace) { problem = "its certificate counts from \(leaf.notBefore) on" }
      return leaf.notAfter >= now && leaf.notBefore <= now.advanced(by: Self.grace)
    }
    guard Set(valid.map(\.material)).count >= role.threshold else {
      throw MetadataError(.root, .certificate(problem ?? "none is valid"))
    }
    return valid
  }
}
