internal import OpenPGP
internal import TrustModel

/// One copy of a key, as far as it holds: what is not bound or not signed by the key itself is nobody's word.
struct KeyCopy {
  /// A subkey that the key itself has bound.
  struct BoundSubkey {
    let fingerprint: Fingerprint
    let expires: Timestamp?
    let isRevoked: Bool
  }

  /// A user id that the key itself has signed.
  struct SignedUserID {
    let octets: [UInt8]
    let visible: String
    let isWithdrawn: Bool
  }

  let isRevoked: Bool
  let expires: Timestamp?
  let subkeys: [BoundSubkey]
  let userIDs: [SignedUserID]

  /// A copy by what GnuPG said of it, or by its own unverified words where it was not judged.
  init(_ certificate: Certificate, _ judgement: Judgement?) {
    if let judgement {
      isRevoked = if case .revoked = judgement.validity { true } else { false }
      expires = judgement.expires
      subkeys = judgement.subkeys.filter { !$0.isInvalid }.map {
        BoundSubkey(fingerprint: $0.fingerprint, expires: $0.expires, isRevoked: $0.isRevoked)
      }
    } else {
      isRevoked = certificate.isClaimedRevoked
      expires = certificate.claimedExpiry
      subkeys = certificate.subkeys.map { BoundSubkey(fingerprint: $0.fingerprint, expires: nil, isRevoked: false) }
    }
    userIDs = Self.userIDs(certificate, judgement)
  }

  func subkey(_ fingerprint: Fingerprint) -> BoundSubkey? { subkeys.first { $0.fingerprint == fingerprint } }

  func userID(_ octets: [UInt8]) -> SignedUserID? { userIDs.first { $0.octets == octets } }

  /// Of a revoked or broken key the engine vouches for no user id: then none of them is taken for withdrawn.
  private static func userIDs(_ certificate: Certificate, _ judgement: Judgement?) -> [SignedUserID] {
    let valid = judgement?.isUserIDValid ?? []
    return certificate.userIDs.enumerated().compactMap { index, userID in
      guard !certificate.remarks.contains(.userIDWithoutSelfSignature(index)) else { return nil }
      let isWithdrawn = valid.contains(true) && valid.indices.contains(index) && !valid[index]
      return SignedUserID(octets: userID.octets, visible: userID.visible.description, isWithdrawn: isWithdrawn)
    }
  }
}
