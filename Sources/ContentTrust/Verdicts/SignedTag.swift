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
    var tags: [SignedTag] = []
    var taken: Set<JSONString> = []
    let order = TagQuestion.dockerRoles.compactMap { name in reading.roles.first { $0.name == name } }
    let others = reading.roles.filter { !TagQuestion.dockerRoles.contains($0.name) }
    for role in order + others {
      for (name, file) in role.document.targets where role.mayName(name) {
        guard let digest = file.sha256Text else { continue }
        let isDockers = TagQuestion.dockerRoles.contains(role.name)
        let counts = isDockers && taken.insert(name).inserted
        tags.append(
          SignedTag(
            name: name.text, digest: "sha256:" + digest, length: file.length ?? 0, role: role.name.description,
            counts: counts))
      }
    }
    return tags.sorted { left, right in
      let (first, second) = (JSONString(left.name), JSONString(right.name))
      return first == second
        ? (left.counts ? 0 : 1, left.role) < (right.counts ? 0 : 1, right.role) : first < second
    }
  }
}
