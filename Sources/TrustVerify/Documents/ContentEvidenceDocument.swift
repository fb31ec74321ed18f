internal import StrictJSON
internal import TrustModel

extension ContentEvidence {
  /// On what the verdict stands, as a member of it.
  var document: JSON {
    [
      "server": JSON(server), "anchor": JSON(anchor), "expires": JSON(expires?.description), "offline": JSON(offline),
      "kept": JSON(kept),
    ]
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
