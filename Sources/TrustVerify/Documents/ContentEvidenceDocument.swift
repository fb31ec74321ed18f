internal import StrictJSON
internal import TrustModel

extension ContentEvidence {
  /// On what the verdict stands, as a member of it.
  var document: JSON {
    let members: [JSON.Member] = [
      .init("server", JSON(server)), .init("anchor", JSON(anchor)), .init("expires", JSON(expires?.description)),
      .init("offline", JSON(offline)), .init("kept", JSON(kept)),
    ]
    return .object(members + (frozen.map { [.init("frozen", JSON($0.description))] } ?? []))
  }
}

extension ContentEvidence.Signature {
  /// The key as a member of a verdict's `signatures`.
  var document: JSON {
    [
      "status": "good", "fingerprint": JSON(keyID), "primaryFingerprint": JSON(canonicalID),
      "algorithm": JSON(algorithm), "role": JSON(role),
    ]
  }
}

extension ContentEvidence.ConsideredRole {
  /// The role as a member of a verdict's `considered`.
  var document: JSON { ["role": JSON(role), "status": JSON(status), "detail": JSON(detail)] }
}
