internal import Crypto
internal import TrustModel

/// The signature by which a key says that a user id is its own (types 0x10 to 0x13).
///
/// A listing by the engine leaves out revoked user ids but not those without a valid self-signature, so that anybody
/// could add one to a key: for a user id both must hold, the engine's word and the arithmetic here. Source: RFC 4880,
/// section 5.2.4.
enum SelfSignature {
  /// How many are tried for one user id: a new one is made whenever its key's validity changes.
  static let limit = 64

  /// For each user id of `certificate`, whether it is valid; `accepted` are those that the engine does not refuse.
  static func validity(ofUserIDsIn certificate: Certificate, accepted: Set<[UInt8]>) -> [Bool] {
    zip(certificate.userIDs, certificate.selfSignatures).map { userID, signatures in
      accepted.contains(Array(userID.octets.prefix { $0 != 0 }))
        && signatures.suffix(limit).contains { mayHold($0, userID, certificate.primary) }
    }
  }

  /// Where the arithmetic is not done here (old forms, weak keys, rare hashes), the engine's word stands.
  private static func mayHold(_ signature: SignaturePacket, _ userID: UserID, _ key: PublicKey) -> Bool {
    guard signature.version == 4 else { return true }
    guard signature.hash != .md5 else { return false }
    return outcome(signature, over: userID, of: key, by: key).map { $0 != .differs } ?? true
  }

  /// What the numbers of a certification of `userID` as belonging to `key` come to with the key of its maker; nil where
  /// its hash is not computed here.
  static func outcome(
    _ signature: SignaturePacket, over userID: UserID, of key: PublicKey, by maker: PublicKey
  ) -> SignedDigest.Outcome? {
    let count = userID.octets.count
    let lengths = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: count >> $0) }
    let data = key.hashed + [0xb4] + lengths + userID.octets
    return digest(signature, over: data)?.check(signature, by: maker)
  }

  /// What the numbers of a signature of `key` over itself come to; nil where its hash is not computed here.
  static func outcome(_ signature: SignaturePacket, over key: PublicKey) -> SignedDigest.Outcome? {
    guard signature.version == 4 else { return nil }
    return digest(signature, over: key.hashed)?.check(signature, by: key)
  }

  /// SHA-1 too: a self-signature made with it is a remark, not a refusal.
  private static func digest(_ signature: SignaturePacket, over data: [UInt8]) -> SignedDigest? {
    if signature.hash == .sha1 { return .sha1(Insecure.SHA1.hash(data: data + signature.trailer)) }
    var digest = DataDigest([signature.hash])
    digest.update(data)
    return digest.finished(signature.hash, trailer: signature.trailer)
  }
}
