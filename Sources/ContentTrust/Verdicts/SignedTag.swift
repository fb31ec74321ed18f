internal import SignedMetadata
internal import StrictJSON
internal import TrustModel

/// A tag, what it is signed to be, and by which role.
public struct SignedTag: Sendable {
  /// The tag.
  public let name: String
  /// `sha256:` and 64 hexadecimal digits.
  public let digest: String
  /// In octets; for a tag, that of its manifest.
  public let length: Int64
  /// The role that signs it.
  public let role: String
  /// Whether docker's rule takes it.
  public let counts: Bool

  /// Every tag of every role, by name, the role that counts first.
  ///
  /// A target outside the paths of its role is signed by nobody.
  public static func all(in reading: RepositoryReading) -> [SignedTag] {
    var tags: [(name: JSONString, tag: SignedTag)] = []
    var taken: Set<JSONString> = []
    let order = TagQuestion.dockerRoles.compactMap { name in reading.roles.first { $0.name == name } }
    let others = reading.roles.filter { !TagQuestion.dockerRoles.contains($0.name) }
    tags.reserveCapacity(reading.roles.reduce(0) { $0 + $1.document.targets.count })
    for role in order + others {
      let (isDockers, signer) = (TagQuestion.dockerRoles.contains(role.name), role.name.description)
      for (name, file) in role.document.targets where role.mayName(name) {
        guard let digest = file.sha256Text else { continue }
        let counts = isDockers && taken.insert(name).inserted
        let tag = SignedTag(
          name: name.text, digest: "sha256:" + digest, length: file.length ?? 0, role: signer, counts: counts)
        tags.append((name, tag))
      }
    }
    // Their first octets as a number decide most comparisons, and numbers move faster than tags.
    let keys = tags.indices.map { (beginning: beginning(of: tags[$0].name), index: $0) }
    return keys.sorted { first, second in
      guard first.beginning == second.beginning else { return first.beginning < second.beginning }
      let (left, right) = (tags[first.index], tags[second.index])
      guard left.name == right.name else { return left.name < right.name }
      return (left.tag.counts ? 0 : 1, left.tag.role) < (right.tag.counts ? 0 : 1, right.tag.role)
    }.map { tags[$0.index].tag }
  }

  /// The first eight octets in their order, zeros behind a shorter name, which has none of its own.
  private static func beginning(of name: JSONString) -> UInt64 {
    var (number, count) = (UInt64(0), 0)
    for octet in name.text.utf8.prefix(8) { (number, count) = (number << 8 | UInt64(octet), count + 1) }
    return number << UInt64(8 * (8 - count))
  }
}
