import Crypto
public import TrustModel

/// A version 4 key made by a test: the material, and when it says it was made.
///
/// Source: RFC 4880, section 5.5.2.
public struct MadeKey: Sendable {
  /// The secret half, and which algorithm it is of.
  public let material: KeyMaterial
  /// When the key says it was made.
  public let created: Timestamp
  /// The body of its public-key packet.
  public let body: [UInt8]
  /// Its fingerprint.
  ///
  /// Source: RFC 4880, section 12.2.
  public let fingerprint: Fingerprint

  /// A key of that material.
  public init(_ material: KeyMaterial, created: Timestamp = Moment.keyMade) throws {
    (self.material, self.created) = (material, created)
    body = [4] + Array(bigEndian: created.seconds, octets: 4) + [material.algorithm] + (try material.publicFields())
    let digest = Insecure.SHA1.hash(data: Self.hashed(body))
    guard let fingerprint = Fingerprint(octets: Array(digest)) else { preconditionFailure("SHA-1 has 20 octets") }
    self.fingerprint = fingerprint
  }

  /// The number of its algorithm.
  public var algorithm: UInt8 { material.algorithm }
  /// The low 64 bits of the fingerprint.
  public var keyID: UInt64 { fingerprint.keyID }
  /// What its signatures over keys hash for it.
  var hashed: [UInt8] { Self.hashed(body) }

  /// The same material, made at another moment: another fingerprint.
  public func made(_ moment: Timestamp) throws -> MadeKey { try MadeKey(material, created: moment) }

  /// Its packet, as a primary key unless told otherwise.
  public func packet(_ tag: MadePacket.Tag = .publicKey, _ framing: MadePacket.Framing = .new) -> [UInt8] {
    MadePacket.make(tag, body, framing)
  }

  private static func hashed(_ body: [UInt8]) -> [UInt8] {
    [0x99] + Array(bigEndian: Int64(body.count), octets: 2) + body
  }
}
