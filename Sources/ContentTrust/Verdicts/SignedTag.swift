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
    let order = TagQuestion.dockerRoles.compactMap { name in reading.roles.first { $0.name == name } }
    let others = reading.roles.filter { !TagQuestion.dockerRoles.contains($0.name) }
    tags.reserveCapacity(reading.roles.reduce(0) { $0 + $1.document.targets.count })
    for (place, role) in (order + others).enumerated() {
      let (isDockers, signer) = (place < order.count, role.name.description)
      for (name, file) in role.document.targets where role.mayName(name) {
        guard let digest = file.sha256Text else { continue }
        let counts = isDockers && !order[..<place].contains { $0.signs(name) }
        tags.append(
          SignedTag(
            name: name.text, digest: "sha256:" + digest, length: file.length ?? 0, role: signer, counts: counts))
      }
    }
    // One role's tags mostly stand in their order already.
    let isSorted = zip(tags, tags.dropFirst()).allSatisfy { !precedes($1, $0) }
    return isSorted ? tags : sorted(tags)
  }

  private static func precedes(_ first: SignedTag, _ second: SignedTag) -> Bool {
    let (left, right) = (JSONString(first.name), JSONString(second.name))
    guard left == right else { return left < right }
    return (first.counts ? 0 : 1, first.role) < (second.counts ? 0 : 1, second.role)
  }

  /// Their first octets as a number decide most comparisons, and numbers move faster than tags.
  private static func sorted(_ tags: [SignedTag]) -> [SignedTag] {
    let keys = tags.indices.map { (beginning: beginning(of: tags[$0].name), index: $0) }
    return keys.sorted { first, second in
      guard first.beginning == second.beginning else { return first.beginning < second.beginning }
      return precedes(tags[first.index], tags[second.index])
    }.map { tags[$0.index] }
  }

  /// The first eight octets in their order, zeros behind a shorter name, which has none of its own.
  private static func beginning(of name: String) -> UInt64 {
    var (number, count) = (UInt64(0), 0)
    for octet in name.utf8.prefix(8) { (number, count) = (number << 8 | UInt64(octet), count + 1) }
    return number << UInt64(8 * (8 - count))
  }
}

extension DelegationWalk.Role {
  /// Whether it says which manifest a tag is.
  fileprivate func signs(_ name: JSONString) -> Bool { document.targets[name]?.sha256 != nil && mayName(name) }
}
