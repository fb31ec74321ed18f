internal import StrictJSON

/// The targets of one role, and whom it lets speak for some of them.
///
/// Source: TUF 1.0.34, section 4.5; reference/docker-content-trust.md, section 2.
public struct TargetsDocument: Sendable {
  /// Version and expiry.
  public let head: DocumentHead
  /// The files that it signs, by name.
  public let targets: TargetList
  /// The roles that it delegates to, in the order in which they are asked.
  public let delegations: [Delegation]
  /// The keys that its delegations list.
  public let keys: [MetadataKey]
  /// The document as it was received.
  public let octets: [UInt8]
  /// The keys, by the identifiers that they are listed under, whose signatures stand under it; whether each one is good is not said.
  public let signers: Set<KeyID>

  init(_ envelope: Envelope, _ limits: MetadataLimits) throws(MetadataError) {
    let (role, dialect) = (envelope.role, envelope.dialect)
    let fields = try FieldReader(
      envelope.signed, "signed", of: role, dialect, known: DocumentHead.names + ["targets", "delegations"])
    head = try DocumentHead(fields, envelope)
    octets = envelope.octets
    signers = Set(envelope.signatures.keys.compactMap { KeyID($0) })
    targets = try TargetList(try fields.members("targets"), envelope)
    guard let value = fields["delegations"], value != .null else {
      (delegations, keys) = ([], [])
      return
    }
    let block = try FieldReader(value, "delegations", of: role, dialect, known: ["keys", "roles"])
    let listed = try KeyList(try block.members("keys"), block, limits)
    keys = listed.keys
    delegations = try Self.delegations(block, listed, limits)
  }

  private static func delegations(
    _ block: FieldReader, _ keys: KeyList, _ limits: MetadataLimits
  ) throws(MetadataError) -> [Delegation] {
    let elements = try block.arrayOrNull("roles")
    guard elements.count <= limits.entries else { throw block.error("more than \(limits.entries) delegations") }
    var names: Set<RoleName> = []
    var delegations: [Delegation] = []
    for element in elements {
      let delegation = try Delegation(element, keys, of: block.role, block.dialect)
      guard names.insert(delegation.name).inserted else {
        throw block.error("two delegations of one name: \(delegation.name)")
      }
      delegations.append(delegation)
    }
    return delegations
  }

  /// The delegation to a role; nil where there is none.
  public func delegation(to role: RoleName) -> Delegation? { delegations.first { $0.name == role } }
}
