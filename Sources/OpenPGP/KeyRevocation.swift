internal import TrustModel

/// The revocation of a key by itself (type 0x20), with what it means for what the key had certified before.
///
/// Source: RFC 4880, sections 5.2.1 and 5.2.3.23.
struct KeyRevocation {
  /// When it was made, where it says so.
  let created: Timestamp?
  /// Whether nothing that the key ever made can be relied on: it was compromised, or it does not say why.
  let isHard: Bool

  /// How many are tried.
  static let limit = 16

  /// The worst revocation of `certificate` that may hold: a hard one before others, then the earliest.
  ///
  /// One whose numbers cannot be computed here counts: a revocation only takes trust away.
  init?(of certificate: Certificate) {
    let found = Self.packets(in: certificate).prefix(Self.limit).filter { packet in
      SelfSignature.outcome(packet, over: certificate.primary) != .differs
    }
    guard !found.isEmpty else { return nil }
    isHard = found.contains(where: Self.isHard)
    created = found.allSatisfy { $0.created != nil } ? found.compactMap(\.created).min() : nil
  }

  /// Whether something that the key made at `moment` still counts.
  func spares(_ moment: Timestamp) -> Bool {
    guard !isHard, let created else { return false }
    return moment < created
  }

  private static func packets(in certificate: Certificate) -> [SignaturePacket] {
    certificate.signatures.map(\.signature).filter {
      $0.type == 0x20 && $0.mayBe(by: certificate.fingerprint)
    }
  }

  /// Superseded (1), no longer used (3) and a user id that is no longer valid (32) leave what was made before as it is.
  private static func isHard(_ packet: SignaturePacket) -> Bool {
    guard let code = packet.signed(Subpacket.Kind.revocationReason)?.body.first else { return true }
    return ![1, 3, 32].contains(code)
  }
}
