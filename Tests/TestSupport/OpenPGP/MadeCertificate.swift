/// A certificate built packet by packet, in whatever order the test adds them.
///
/// Source: RFC 4880, section 11.1.
public struct MadeCertificate: Sendable {
  /// Its primary key.
  public let primary: MadeKey
  /// Its packets, the primary key first; tests may reorder, drop and repeat them.
  public var packets: [[UInt8]]
  /// How packets are framed from now on.
  public var framing = MadePacket.Framing.new

  /// A bare primary key: not usable before it has a user id.
  public init(_ primary: MadeKey) {
    self.primary = primary
    packets = [primary.packet()]
  }

  /// The usual small certificate: one user id, the primary key signs data itself.
  public static func simple(
    _ primary: MadeKey, userID: String = "Test Signer <signer@example.com>",
    certification: MadeSignature = .selfCertification()
  ) throws -> MadeCertificate {
    var certificate = MadeCertificate(primary)
    try certificate.addUserID(userID, certification)
    return certificate
  }

  /// Its octets.
  public var octets: [UInt8] { packets.flatMap { $0 } }

  /// Adds any packet.
  public mutating func add(_ tag: MadePacket.Tag, _ body: [UInt8]) {
    packets.append(MadePacket.make(tag, body, framing))
  }

  /// Adds a signature over the primary key (direct-key signature or revocation) by that key, or by itself.
  public mutating func addOverKey(_ recipe: MadeSignature, by signer: MadeKey? = nil) throws {
    packets.append(try recipe.packet(by: signer ?? primary, over: .key(primary), framing))
  }

  /// Adds a user id, and a self-certification where one is given.
  public mutating func addUserID(_ text: String, _ certification: MadeSignature? = .selfCertification()) throws {
    try addUserID(octets: Array(text.utf8), certification)
  }

  /// Adds a user id of any octets, and a self-certification where one is given.
  public mutating func addUserID(octets: [UInt8], _ certification: MadeSignature? = .selfCertification()) throws {
    add(.userID, octets)
    if let certification { try addOverUserID(octets: octets, certification) }
  }

  /// Adds a signature over a user id (certification or revocation) by that key, or by the primary key.
  public mutating func addOverUserID(octets: [UInt8], _ recipe: MadeSignature, by signer: MadeKey? = nil) throws {
    packets.append(try recipe.packet(by: signer ?? primary, over: .userID(octets, of: primary), framing))
  }

  /// How a subkey says that it belongs to the primary key.
  public enum BackSignature: Sendable {
    /// By this recipe, under the binding.
    case hashed(MadeSignature)
    /// By this recipe, beside the binding, as gpg does.
    case unhashed(MadeSignature)
    /// Not at all.
    case absent
    /// By this key instead of the subkey.
    case by(MadeKey)
  }

  /// Adds a subkey with a binding (none where nil) by the primary key or `binder`.
  public mutating func addSubkey(
    _ subkey: MadeKey, _ binding: MadeSignature? = .binding(), back: BackSignature = .unhashed(.backSignature),
    by binder: MadeKey? = nil
  ) throws {
    add(.publicSubkey, subkey.body)
    guard var binding else { return }
    let content = SignedContent.subkey(subkey, of: primary)
    switch back {
    case .hashed(let recipe): binding.hashed.append(.embedded(try recipe.body(by: subkey, over: content)))
    case .unhashed(let recipe): binding.unhashed.append(.embedded(try recipe.body(by: subkey, over: content)))
    case .by(let other):
      binding.unhashed.append(.embedded(try MadeSignature.backSignature.body(by: other, over: content)))
    case .absent: break
    }
    try addOverSubkey(subkey, binding, by: binder)
  }

  /// Adds a signature over a subkey (binding or revocation) by that key, or by the primary key.
  public mutating func addOverSubkey(_ subkey: MadeKey, _ recipe: MadeSignature, by signer: MadeKey? = nil) throws {
    packets.append(try recipe.packet(by: signer ?? primary, over: .subkey(subkey, of: primary), framing))
  }
}
