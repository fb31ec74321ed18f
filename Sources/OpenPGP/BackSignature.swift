internal import TrustModel

/// The signature by which a signing subkey says that it belongs to its primary key (type 0x19).
///
/// Without it a stranger's subkey could be bound to one's own key and its signatures claimed; a listing by the engine
/// does not look at it. Source: RFC 4880, sections 5.2.1 and 11.1; reference/security.md, row P-13.
enum BackSignature {
  /// How many are tried: real subkeys have one per binding.
  static let limit = 16

  /// Why the subkey's consent is missing; nil where one back-signature holds.
  static func refusal(of subkey: Subkey, to primary: PublicKey, at now: Timestamp) -> String? {
    guard !subkey.backSignatures.isEmpty else { return "the signing subkey has no back-signature" }
    var reason = "the signing subkey's back-signature does not match"
    for signature in subkey.backSignatures.prefix(limit) {
      guard let refusal = refusal(signature, subkey.key, primary, now) else { return nil }
      reason = refusal
    }
    return reason
  }

  private static func refusal(
    _ signature: SignaturePacket, _ subkey: PublicKey, _ primary: PublicKey, _ now: Timestamp
  ) -> String? {
    guard signature.version == 4, SignatureCheck.unsound(signature) == nil else {
      return "the signing subkey's back-signature is of an unsupported form"
    }
    guard signature.hash.isAccepted else { return "the signing subkey's back-signature is made with \(signature.hash)" }
    var data = DataDigest([signature.hash])
    data.update(primary.hashed)
    data.update(subkey.hashed)
    guard data.finished(signature.hash, trailer: signature.trailer)?.check(signature, by: subkey) == .matches else {
      return "the signing subkey's back-signature does not match"
    }
    if let created = signature.created, let seconds = signature.signed(Subpacket.Kind.expires)?.number, seconds > 0,
      created.advanced(by: Int64(seconds)) <= now
    {
      return "the signing subkey's back-signature has expired"
    }
    return nil
  }
}
