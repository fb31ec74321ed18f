internal import StrictJSON
internal import TrustModel

/// The root: which keys count for every top-level role.
///
/// Source: TUF 1.0.34, section 4.3; reference/docker-content-trust.md, section 2.
public struct RootDocument: Sendable {
  /// Version and expiry.
  public let head: DocumentHead
  /// Whether the names of other documents carry a version.
  public let isConsistent: Bool
  /// The keys of the four top-level roles.
  public let roles: [RoleName: RoleKeys]
  /// Every key that it lists.
  public let keys: [MetadataKey]

  init(_ envelope: Envelope, _ limits: MetadataLimits) throws(MetadataError) {
    let known = DocumentHead.names + ["consistent_snapshot", "keys", "roles"]
    let fields = try FieldReader(envelope.signed, "signed", of: .root, envelope.dialect, known: known)
    head = try DocumentHead(fields, envelope)
    isConsistent = fields["consistent_snapshot"]?.boolean ?? false
    if let flag = fields["consistent_snapshot"], flag.boolean == nil {
      throw fields.error("signed.consistent_snapshot must be true or false")
    }
    let listed = try KeyList(try fields.members("keys"), fields, limits)
    keys = listed.keys
    var roles: [RoleName: RoleKeys] = [:]
    let entries = try FieldReader(fields["roles"], "signed.roles", of: .root, envelope.dialect)
    for name in RoleName.topLevel {
      let entry = try FieldReader(
        entries[name.text], "role \(name)", of: .root, envelope.dialect, known: ["keyids", "threshold"])
      roles[name] = try listed.roleKeys(entry)
    }
    self.roles = roles
  }

  /// The keys of a top-level role.
  public func keys(of role: RoleName) -> RoleKeys { roles[role] ?? RoleKeys(keys: [], threshold: .max) }
}

/// The keys that a document lists, by identifier.
struct KeyList {
  let keys: [MetadataKey]
  private let byID: [KeyID: MetadataKey]

  init(_ members: [JSON.Member], _ fields: FieldReader, _ limits: MetadataLimits) throws(MetadataError) {
    guard members.count <= limits.entries else { throw fields.error("more than \(limits.entries) keys") }
    var keys: [MetadataKey] = []
    for member in members {
      keys.append(try MetadataKey(member.value, under: member.name, of: fields.role, fields.dialect))
    }
    self.keys = keys
    byID = Dictionary(keys.map { ($0.id, $0) }) { first, _ in first }
  }

  /// The keys and the threshold of one role; each key that it names must be listed.
  func roleKeys(_ entry: FieldReader) throws(MetadataError) -> RoleKeys {
    let ids = try entry.strings(try entry.arrayOrNull("keyids"), "keyids")
    let threshold = try entry.integer("threshold", in: 1...Int64(Int32.max))
    guard Set(ids).count == ids.count else { throw entry.error("\(entry.place).keyids names a key twice") }
    var named: [MetadataKey] = []
    for id in ids {
      guard let key = KeyID(id.text).flatMap({ byID[$0] }) else {
        throw entry.error("\(entry.place).keyids names a key that is not listed: \(id.text)")
      }
      named.append(key)
    }
    return RoleKeys(keys: named, threshold: Int(threshold))
  }
}
