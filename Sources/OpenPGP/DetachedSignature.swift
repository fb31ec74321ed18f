public import TrustModel

/// A version 4 signature out of a signature file: nothing in it has been verified.
///
/// Source: RFC 4880, section 5.2.3.
public struct DetachedSignature: Sendable, Equatable {
  /// The type: 0x00 for a signature over binary data, the only one that is checked.
  public var type: UInt8 { packet.type }
  /// The hash over the data.
  public var hash: HashAlgorithm { packet.hash }
  /// The number of the public-key algorithm.
  ///
  /// Source: RFC 4880, section 9.1.
  public var algorithm: UInt8 { packet.algorithm }
  /// When it says it was made, in its signed part.
  public var created: Timestamp? { packet.created }
  /// When its own validity ends; nil for never.
  public var expires: Timestamp? {
    guard let created, let seconds = packet.signed(Subpacket.Kind.expires)?.number, seconds > 0 else { return nil }
    return created.advanced(by: Int64(seconds))
  }
  /// The key id that it names as its maker: a hint.
  public var issuerKeyID: UInt64? { packet.issuerKeyIDs.first ?? issuerFingerprint?.keyID }
  /// The fingerprint that it names as its maker: a hint.
  public var issuerFingerprint: Fingerprint? { packet.issuerFingerprints.first }
  /// The signature as a binary packet.
  public var octets: [UInt8] { Packet(tag: Packet.Tag.signature, body: packet.body).encoded }

  let packet: SignaturePacket

  /// Reads a file, armored or binary, of detached signatures and nothing else: one armored block with nothing around
  /// it, or packets of tag 2 alone.
  ///
  /// A checksum may be missing, a wrong one may not.
  ///
  /// - Throws: `SignatureFileError`: one signature that cannot be read spoils the file.
  public static func readAll(
    _ file: [UInt8], limits: OpenPGPLimits = .standard
  ) throws(SignatureFileError) -> [DetachedSignature] {
    guard file.count <= limits.signatureFileOctets else { throw .tooLarge(limit: limits.signatureFileOctets) }
    guard let first = file.first else { throw .empty }
    let octets = first & 0x80 != 0 ? file : try dearmor(file)
    var reader = OctetReader(octets[...])
    var signatures: [DetachedSignature] = []
    while !reader.isAtEnd {
      guard signatures.count < limits.detachedSignatures else { throw .tooMany(limit: limits.detachedSignatures) }
      let packet: Packet
      do throws(Malformed) { packet = try Packet.next(&reader) } catch {
        throw refusal(ofTagAt: octets, error)
      }
      signatures.append(try signature(packet, limits: limits))
    }
    guard !signatures.isEmpty else { throw .malformed("no signature in the block") }
    return signatures
  }

  private static func signature(
    _ packet: Packet, limits: OpenPGPLimits
  ) throws(SignatureFileError) -> DetachedSignature {
    guard packet.tag == Packet.Tag.signature else { throw .notDetached(name(ofTag: packet.tag)) }
    guard packet.body.count <= limits.signatureOctets else {
      throw .malformed("a signature of more than \(limits.signatureOctets) octets")
    }
    guard let version = packet.body.first else { throw .malformed("empty signature packet") }
    guard version == 4 else { throw .unsupportedVersion(Int(version)) }
    do throws(Malformed) {
      return DetachedSignature(packet: try SignaturePacket(packet.body, subpackets: limits.subpackets))
    } catch { throw .malformed(error.what) }
  }

  private static func dearmor(_ file: [UInt8]) throws(SignatureFileError) -> [UInt8] {
    let found: (blocks: [Armor], hasTextAround: Bool)
    do throws(Malformed) { found = try Armor.blocks(in: file, limit: 1) } catch { throw .armor(error.what) }
    guard let block = found.blocks.first else { throw .notOpenPGP }
    switch block.type {
    case "SIGNATURE":
      guard !found.hasTextAround else { throw .armor("text outside of the block") }
      return block.octets
    case CertificateFile.armorType: throw .notDetached("a key")
    case "PRIVATE KEY BLOCK": throw .notDetached("a secret key")
    case "MESSAGE", "SIGNED MESSAGE": throw .notDetached("a message")
    default: throw .armor("a block of another type")
    }
  }

  /// A message may be in parts, which is no fault of its own: its first packet says what it is.
  private static func refusal(ofTagAt octets: [UInt8], _ error: Malformed) -> SignatureFileError {
    guard let head = octets.first, head & 0x80 != 0 else { return .malformed(error.what) }
    let tag = head & 0x40 != 0 ? head & 0x3f : head >> 2 & 0x0f
    return tag == Packet.Tag.signature || tag == 0 ? .malformed(error.what) : .notDetached(name(ofTag: tag))
  }

  private static func name(ofTag tag: UInt8) -> String {
    switch tag {
    case Packet.Tag.publicKey, Packet.Tag.publicSubkey: "a key"
    case Packet.Tag.secretKey, Packet.Tag.secretSubkey: "a secret key"
    case Packet.Tag.compressed: "compressed data"
    case Packet.Tag.onePassSignature, Packet.Tag.literal: "a signed message"
    case Packet.Tag.encryptedSessionKey, 3, 9, 18, 20: "an encrypted message"
    default: "a packet with tag \(tag)"
    }
  }
}
