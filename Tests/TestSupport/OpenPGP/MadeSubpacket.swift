public import TrustModel

/// A signature subpacket, true or false, well or badly formed.
///
/// Source: RFC 4880, section 5.2.3.1.
public struct MadeSubpacket: Sendable {
  /// The type, 0 to 127.
  public var type: UInt8
  /// Whether a reader that does not know the type must refuse the signature.
  public var isCritical: Bool
  /// What follows the type.
  public var body: [UInt8]
  /// Whether the length is written in five octets where fewer would do.
  public var hasWideLength = false

  /// A subpacket of any type.
  public init(_ type: UInt8, _ body: [UInt8], critical: Bool = false) {
    (self.type, self.body, isCritical) = (type, body, critical)
  }

  /// Its octets.
  var octets: [UInt8] {
    let count = body.count + 1
    let length = hasWideLength ? [255] + Array(bigEndian: Int64(count), octets: 4) : MadePacket.newLength(count)
    return length + [type | (isCritical ? 0x80 : 0)] + body
  }

  /// When the signature was made.
  public static func created(_ moment: Timestamp) -> MadeSubpacket {
    MadeSubpacket(2, Array(bigEndian: moment.seconds, octets: 4))
  }
  /// The signature's own end, that many seconds after it was made.
  public static func expires(after seconds: Int64, critical: Bool = true) -> MadeSubpacket {
    MadeSubpacket(3, Array(bigEndian: seconds, octets: 4), critical: critical)
  }
  /// The key's end, that many seconds after the key was made.
  public static func keyExpires(after seconds: Int64) -> MadeSubpacket {
    MadeSubpacket(9, Array(bigEndian: seconds, octets: 4))
  }
  /// The key's end at that moment.
  public static func keyExpires(_ key: MadeKey, at moment: Timestamp) -> MadeSubpacket {
    keyExpires(after: moment.seconds - key.created.seconds)
  }
  /// The signer's key id.
  public static func issuer(_ keyID: UInt64) -> MadeSubpacket {
    MadeSubpacket(16, Array(bigEndian: Int64(bitPattern: keyID), octets: 8))
  }
  /// The signer's fingerprint, which gpg writes since 2.1.16.
  ///
  /// Source: RFC 9580, section 5.2.3.35.
  public static func issuerFingerprint(_ fingerprint: Fingerprint) -> MadeSubpacket {
    MadeSubpacket(33, [4] + fingerprint.octets)
  }
  /// What the key may do.
  public static func flags(_ flags: KeyFlags) -> MadeSubpacket { MadeSubpacket(27, [flags.rawValue]) }
  /// That this user id is the first to show.
  public static let primaryUserID = MadeSubpacket(25, [1])
  /// A whole signature packet body, such as a signing subkey's back-signature.
  public static func embedded(_ signatureBody: [UInt8]) -> MadeSubpacket { MadeSubpacket(32, signatureBody) }
  /// Why something was revoked: the code of RFC 4880, section 5.2.3.23, and a text.
  public static func reason(_ code: UInt8, _ text: String = "") -> MadeSubpacket {
    MadeSubpacket(29, [code] + text.utf8)
  }
  /// A notation: a name and a value for programs or people.
  public static func notation(_ name: String, _ value: [UInt8], critical: Bool = false) -> MadeSubpacket {
    let lengths = Array(bigEndian: Int64(name.utf8.count), octets: 2) + Array(bigEndian: Int64(value.count), octets: 2)
    return MadeSubpacket(20, [0x80, 0, 0, 0] + lengths + name.utf8 + value, critical: critical)
  }
  /// Another key that may revoke this one.
  public static func revoker(_ key: MadeKey) -> MadeSubpacket {
    MadeSubpacket(12, [0x80, key.algorithm] + key.fingerprint.octets)
  }
  /// A type that no version of the standard has given a meaning.
  public static func unknown(critical: Bool) -> MadeSubpacket { MadeSubpacket(99, [1, 2, 3], critical: critical) }
}

/// What a key may do.
///
/// Source: RFC 4880, section 5.2.3.21.
public struct KeyFlags: OptionSet, Sendable {
  /// The octet of the subpacket.
  public let rawValue: UInt8
  /// Flags from the octet.
  public init(rawValue: UInt8) { self.rawValue = rawValue }
  /// May certify other keys.
  public static let certify = KeyFlags(rawValue: 1)
  /// May sign data.
  public static let sign = KeyFlags(rawValue: 2)
  /// May be encrypted to.
  public static let encrypt = KeyFlags(rawValue: 12)
  /// May authenticate.
  public static let authenticate = KeyFlags(rawValue: 32)
}
