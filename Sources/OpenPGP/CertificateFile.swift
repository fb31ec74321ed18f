/// The packets of a key file, one run of them for each primary key in it.
struct CertificateFile {
  static let armorType = "PUBLIC KEY BLOCK"

  private(set) var certificates: [[Packet]] = []
  let hasTextAround: Bool

  init(_ file: [UInt8], limits: OpenPGPLimits) throws(CertificateError) {
    guard file.count <= limits.keyFileOctets else { throw .tooLarge(limit: limits.keyFileOctets) }
    guard let first = file.first else { throw .empty }
    let contents: [[UInt8]]
    if first & 0x80 != 0 {
      (contents, hasTextAround) = ([file], false)
    } else {
      let armor = try Self.blocks(file, limits: limits)
      (contents, hasTextAround) = (armor.blocks.map(\.octets), armor.hasTextAround)
    }
    for octets in contents {
      let packets: [Packet]
      do throws(Malformed) { packets = try Packet.all(octets) } catch { throw .malformed(error.what) }
      try split(packets, limits: limits)
    }
    if certificates.isEmpty { throw .malformed("no key in the file") }
  }

  private static func blocks(
    _ file: [UInt8], limits: OpenPGPLimits
  ) throws(CertificateError) -> (blocks: [Armor], hasTextAround: Bool) {
    let armor: (blocks: [Armor], hasTextAround: Bool)
    do throws(Malformed) { armor = try Armor.blocks(in: file, limit: limits.certificates) } catch {
      throw .armor(error.what)
    }
    guard !armor.blocks.isEmpty else { throw .notOpenPGP }
    for block in armor.blocks where block.type != armorType {
      switch block.type {
      case "PRIVATE KEY BLOCK", "SECRET KEY BLOCK": throw .secretKey
      case "SIGNATURE": throw .notACertificate("a signature")
      case "MESSAGE", "SIGNED MESSAGE": throw .notACertificate("a message")
      default: throw .armor("a block of another type")
      }
    }
    return armor
  }

  /// Adds the packets of one block, a new run at each primary key.
  private mutating func split(_ packets: [Packet], limits: OpenPGPLimits) throws(CertificateError) {
    for packet in packets {
      switch packet.tag {
      case Packet.Tag.secretKey, Packet.Tag.secretSubkey: throw .secretKey
      case Packet.Tag.publicKey:
        guard certificates.count < limits.certificates else {
          throw .tooMany("certificates", limit: limits.certificates)
        }
        certificates.append([packet])
      case Packet.Tag.marker where certificates.isEmpty: continue
      default:
        guard !certificates.isEmpty else { throw Self.stranger(packet.tag) }
        certificates[certificates.count - 1].append(packet)
      }
    }
  }

  private static func stranger(_ tag: UInt8) -> CertificateError {
    switch tag {
    case Packet.Tag.signature: .notACertificate("a signature")
    case Packet.Tag.encryptedSessionKey, Packet.Tag.onePassSignature, Packet.Tag.compressed, Packet.Tag.literal:
      .notACertificate("a message")
    default: .malformed("a packet with tag \(tag) before the key")
    }
  }
}
