public import TrustModel

/// A user id of a certificate: whatever its maker wrote, vouched for by nobody.
public struct UserID: Sendable, Equatable {
  /// The octets as they are, usually UTF-8.
  public let octets: [UInt8]
  /// The text, safe to show.
  public var visible: VisibleText { VisibleText(octets: octets) }
}

/// A subkey of a certificate as it was read.
public struct Subkey: Sendable, Equatable {
  /// Its fingerprint.
  public var fingerprint: Fingerprint { key.fingerprint }
  /// When it says it was made.
  public var created: Timestamp { key.created }
  /// Its algorithm and size.
  public var algorithm: KeyAlgorithm { key.algorithm }

  let key: PublicKey
  /// Signatures of type 0x19 found inside the bindings.
  let backSignatures: [SignaturePacket]
}

/// A version 4 OpenPGP certificate ("public key") as it was read: nothing in it has been verified.
///
/// Source: RFC 4880, section 11.1.
public struct Certificate: Sendable, Equatable {
  /// The primary key's fingerprint.
  public var fingerprint: Fingerprint { primary.fingerprint }
  /// When the primary key says it was made.
  public var created: Timestamp { primary.created }
  /// The primary key's algorithm and size.
  public var algorithm: KeyAlgorithm { primary.algorithm }
  /// The user ids, in their order.
  public let userIDs: [UserID]
  /// The subkeys, in their order.
  public let subkeys: [Subkey]
  /// When the key expires by the newest self-signature, unverified: good for a first listing and nothing more.
  public let claimedExpiry: Timestamp?
  /// Whether a revocation packet names the key itself as its maker, unverified.
  public let isClaimedRevoked: Bool
  /// The reason in the key's own revocation, safe to show: `superseded: see the new key`; nil where it gives none.
  public let revocationReason: String?
  /// What else a person should know of.
  public let remarks: [CertificateRemark]
  /// The certificate in binary form and in the order that the engine judges rightly, whatever the order in the file:
  /// the primary key, its revocations and direct-key signatures, each user id with its self-signatures, each subkey
  /// with its revocations before its bindings.
  ///
  /// Signatures by other keys and user attributes are left out.
  public let octets: [UInt8]
  /// The certificate in binary form with all its packets, in their order in the file.
  public let original: [UInt8]

  let primary: PublicKey
  /// For each user id, its certifications by the key itself.
  let selfSignatures: [[SignaturePacket]]

  /// The certificate as it was read, with all its packets in their order, in ASCII armor.
  public var armored: [UInt8] { Armor.encode(original, type: CertificateFile.armorType) }

  /// Reads a file, armored or binary, that holds exactly one certificate.
  ///
  /// - Throws: `CertificateError`, also where the file holds several.
  public static func read(
    _ file: [UInt8], limits: OpenPGPLimits = .standard
  ) throws(CertificateError) -> Certificate {
    let found = try readAll(file, limits: limits)
    guard found.count == 1, let only = found.first else { throw .severalCertificates(found.count) }
    return only
  }

  /// Reads a file, armored (one block or several) or binary, that holds one certificate or more.
  ///
  /// - Throws: `CertificateError`: one that cannot be read spoils the file.
  public static func readAll(
    _ file: [UInt8], limits: OpenPGPLimits = .standard
  ) throws(CertificateError) -> [Certificate] {
    let content = try CertificateFile(file, limits: limits)
    var certificates: [Certificate] = []
    for packets in content.certificates {
      var parts = CertificateParts(limits: limits)
      for packet in packets { try parts.add(packet) }
      certificates.append(try parts.assemble(hasTextAround: content.hasTextAround))
    }
    return certificates
  }
}
