import OpenPGP
import TestSupport
import Testing
import TrustModel

/// Every truncation and every flipped bit of a signature, and one flipped bit in each octet of a certificate: read or
/// refused, but never a trap, and never good unless the octet is one that nobody signs.
@Suite("Truncated and flipped octets", .serialized)
struct BitFlipTests {
  @Test("A signature that is cut short is refused, wherever it is cut", arguments: [false, true])
  func truncatedSignature(isArmored: Bool) throws {
    let key = try MadeKey.rsa(2048)
    let packet = try MadeSignature.detached.packet(by: key, over: .data(SignedFile.data))
    let file = isArmored ? MadeArmor.signature.wrap(packet) : packet
    // What may be missing of armor is the line end behind it.
    for count in 0..<file.count - (isArmored ? 1 : 0) {
      #expect(throws: SignatureFileError.self, "\(count) octets") {
        try DetachedSignature.readAll(Array(file[..<count]))
      }
    }
  }

  @Test("A certificate that is cut short inside a packet is refused")
  func truncatedCertificate() throws {
    var made = try MadeCertificate.simple(.ed25519())
    try made.addSubkey(.p256())
    var ends: Set<Int> = []
    for packet in made.packets { ends.insert((ends.max() ?? 0) + packet.count) }
    let file = made.octets
    for count in 0..<file.count where !ends.contains(count) {
      #expect(throws: CertificateError.self, "\(count) octets") { try Certificate.read(Array(file[..<count])) }
    }
  }

  @Test("A signature with one flipped bit is never good", arguments: ["Ed25519", "P-256", "RSA-2048"])
  func flippedSignature(algorithm: String) throws {
    let key: MadeKey =
      switch algorithm {
      case "P-256": try .p256()
      case "RSA-2048": try .rsa(2048)
      default: try .ed25519()
      }
    let body = try MadeSignature.detached.body(by: key, over: .data(SignedFile.data))
    let certificates = [try Certificate.read(MadeCertificate.simple(key).octets)]
    let judgements = try Verification.judge.judge(certificates, at: Moment.now)
    let free = UnsignedPart(of: body)
    for position in body.indices {
      for bit in 0..<8 {
        var flipped = body
        flipped[position] ^= 1 << bit
        let file = MadePacket.make(.signature, flipped)
        guard let signatures = try? DetachedSignature.readAll(file) else { continue }
        for signature in signatures {
          let report = Verification.report(signature, by: certificates, judgements, over: SignedFile.data)
          #expect(report.status != .good || free.contains(position), "octet \(position), bit \(bit)")
        }
      }
    }
  }

  @Test("A signature packet's header with one flipped bit is never good, armored or not")
  func flippedHeader() throws {
    let key = try MadeKey.ed25519()
    let packet = try MadeSignature.detached.packet(by: key, over: .data(SignedFile.data))
    let certificates = [try Certificate.read(MadeCertificate.simple(key).octets)]
    let judgements = try Verification.judge.judge(certificates, at: Moment.now)
    for file in [packet, MadeArmor.signature.wrap(packet)] {
      for position in file.indices where position < 2 || file.count > packet.count {
        var flipped = file
        flipped[position] ^= 1 << (position % 8)
        guard let signature = try? DetachedSignature.readAll(flipped).first else { continue }
        let report = Verification.report(signature, by: certificates, judgements, over: SignedFile.data)
        // A checksum stands over all of the armored block; only its own lines' ends may change.
        #expect(report.status != .good || isSpace(flipped[position]), "octet \(position)")
      }
    }
  }

  @Test("A certificate with one flipped bit in any octet vouches for nothing")
  func flippedCertificate() throws {
    let key = try MadeKey.ed25519()
    let certification = try MadeSignature.selfCertification().body(
      by: key, over: .userID(Array("T <t@example.com>".utf8), of: key))
    var made = MadeCertificate(key)
    made.add(.userID, Array("T <t@example.com>".utf8))
    made.add(.signature, certification)
    let octets = made.octets
    let free = UnsignedPart(of: certification)
    let start = octets.count - certification.count
    var certificates: [Certificate] = []
    var positions: [Int] = []
    for position in octets.indices where !free.contains(position - start) {
      var flipped = octets
      flipped[position] ^= 1 << (position % 8)
      guard let certificate = try? Certificate.read(flipped) else { continue }
      certificates.append(certificate)
      positions.append(position)
    }
    #expect(certificates.count > 50)
    let signature = try #require(
      try DetachedSignature.readAll(MadeSignature.detached.packet(by: key, over: .data(SignedFile.data))).first)
    let results = Verification.judge.judgeEach(certificates, at: Moment.now)
    for ((certificate, result), position) in zip(zip(certificates, results), positions) {
      guard let judgement = try? result.get() else { continue }
      let judgements = [certificate.fingerprint: judgement]
      let report = Verification.report(signature, by: [certificate], judgements, over: SignedFile.data)
      #expect(report.status != .good, "octet \(position)")
      #expect(judgement.validity != .valid, "octet \(position)")
    }
  }

  private func isSpace(_ octet: UInt8) -> Bool { octet == 0x20 || octet == 0x09 || octet == 0x0d || octet == 0x0a }
}

/// The octets of a version 4 signature body that nobody signs: subpackets beside the signed part, the hint at the
/// digest, and the bit counts of the numbers, which may count leading zeros.
private struct UnsignedPart {
  private let area: Range<Int>
  private let bitCounts: Set<Int>

  init(of body: [UInt8]) {
    let start = 6 + (Int(body[4]) << 8 | Int(body[5]))
    let end = start + 2 + (Int(body[start]) << 8 | Int(body[start + 1])) + 2
    area = start..<end
    var counts: Set<Int> = []
    var position = end
    while position + 2 <= body.count {
      counts.formUnion([position, position + 1])
      position += 2 + ((Int(body[position]) << 8 | Int(body[position + 1])) + 7) / 8
    }
    bitCounts = counts
  }

  func contains(_ position: Int) -> Bool { area.contains(position) || bitCounts.contains(position) }
}
