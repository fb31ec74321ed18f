public import TrustModel

/// The recipe for one signature packet: every field can be right, wrong or missing.
///
/// Source: RFC 4880, section 5.2.
public struct MadeSignature: Sendable {
  /// Where the signer is named.
  public enum Issuer: Sendable {
    /// Key id unhashed and fingerprint hashed, as gpg does.
    case both
    /// Key id only, unhashed, as older programs did.
    case keyID
    /// Nowhere.
    case nowhere
    /// Another key's id.
    case lyingKeyID(UInt64)
    /// The right key id, but another key's fingerprint.
    case lyingFingerprint(Fingerprint)
  }

  /// What is broken after signing.
  public enum Damage: Sendable {
    /// The two octets that let a reader find a wrong digest early.
    case digestStart
    /// The last octet of the signature's own number or numbers.
    case numbers
    /// The numbers are all zero.
    case zero
  }

  /// 3, 4, 5 or 6.
  public var version: UInt8 = 4
  /// The signature type: 0x00 over binary data, 0x13 over a user id, and so on.
  public var type: UInt8
  /// The hash.
  public var hash = MadeHash.sha512
  /// When it says it was made; nil leaves the subpacket out.
  public var created: Timestamp? = Moment.signed
  /// Further subpackets under the signature.
  public var hashed: [MadeSubpacket] = []
  /// Further subpackets beside it.
  public var unhashed: [MadeSubpacket] = []
  /// Where the signer is named.
  public var issuer = Issuer.both
  /// What is broken after signing.
  public var damage: Damage?
  /// The algorithm number it claims, if not its key's.
  public var claimedAlgorithm: UInt8?
  /// The hash number it claims, if not that of its hash.
  public var claimedHash: UInt8?

  /// A signature of that type, fit in every other respect.
  public init(_ type: UInt8) { self.type = type }

  /// The same recipe with something changed.
  public func with(_ change: (inout MadeSignature) -> Void) -> MadeSignature {
    var copy = self
    change(&copy)
    return copy
  }

  /// The signature packet by that key.
  public func packet(
    by key: MadeKey, over content: SignedContent, _ framing: MadePacket.Framing = .new
  ) throws -> [UInt8] {
    MadePacket.make(.signature, try body(by: key, over: content), framing)
  }

  /// The packet's body alone, for an embedded signature.
  public func body(by key: MadeKey, over content: SignedContent) throws -> [UInt8] {
    let fields = SignatureFields(self, key: key)
    let digest = hash.digest(fields.salt + content.octets + fields.trailer)
    var start = Array(digest.octets.prefix(2))
    var numbers = try key.material.signature(over: digest)
    switch damage {
    case .digestStart: start[0] ^= 0xff
    case .numbers: numbers[numbers.count - 1] ^= 0x10
    case .zero: numbers = [UInt8](repeating: 0, count: key.algorithm == 1 ? 2 : 4)
    case nil: break
    }
    return fields.head + start + (version == 6 ? [UInt8(fields.salt.count)] + fields.salt : []) + numbers
  }
}
