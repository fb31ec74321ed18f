internal import StrictJSON

extension Envelope {
  /// What was read of a document.
  struct Parts {
    /// The whole, but for the members of what is listed.
    let tree: JSON
    /// The signed object, where it stands in canonical form as it was received.
    let object: CanonicalObject?
  }

  /// Reads a document whose `signed` comes first and is in canonical form, as Notary writes it; nil for any other.
  ///
  /// No tree is made of the members that `listing` names: a list of many targets stays as it lies.
  static func canonicalParts(_ octets: [UInt8], listing: JSONString, _ limits: JSONLimits) -> Parts? {
    let start = Array(#"{"signed":"#.utf8)
    guard octets.starts(with: start),
      let object = CanonicalObject(in: octets, at: start.count, depth: limits.depth - 1, listing: listing),
      case .object(var members) = try? JSON.parse(
        start + Array("{}".utf8) + octets[object.range.upperBound...], limits: limits),
      let signed = tree(of: object, listing, in: octets, limits)
    else { return nil }
    // The stub above is the first member, and the name of no other one.
    members[0].value = signed
    return Parts(tree: .object(members), object: object)
  }

  private static func tree(
    of object: CanonicalObject, _ listing: JSONString, in octets: [UInt8], _ limits: JSONLimits
  ) -> JSON? {
    var members: [JSON.Member] = []
    for member in object.members {
      let name = JSONString(String(decoding: octets[member.name], as: UTF8.self))
      if name == listing, object.listing != nil {
        members.append(JSON.Member(name, .object([])))
      } else {
        guard let value = try? JSON.parse(Array(octets[member.value]), limits: limits) else { return nil }
        members.append(JSON.Member(name, value))
      }
    }
    return .object(members)
  }
}
