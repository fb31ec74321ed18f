internal import OpenPGP
internal import TrustModel

/// Has GnuPG read the data as well and compares: where the two differ, nothing can be said.
struct SecondReading {
  let signatures: [DetachedSignature]
  let now: Timestamp

  /// Compares GnuPG's opinions with the evidence; what differs becomes `undetermined`.
  func compare(_ evidence: inout SignerEvidence, _ descriptor: CInt) -> String {
    var certificates: [Fingerprint: Certificate] = [:]
    for (key, _) in evidence.signatures.flatMap(\.files) {
      if let certificate = key.certificate { certificates[certificate.fingerprint] = certificate }
    }
    let opinions: [SecondOpinion.Opinion]
    do {
      opinions = try SecondOpinion().verify(
        signatures, over: descriptor, by: certificates.values.sorted { $0.fingerprint < $1.fingerprint }, at: now)
    } catch {
      for index in evidence.signatures.indices { evidence.doubt(index, "GnuPG gave no second opinion: \(error)") }
      return "second opinion: none (\(error))"
    }
    for (index, opinion) in opinions.enumerated() where evidence.signatures.indices.contains(index) {
      let mine = evidence.signatures[index].report
      let isGood = mine.status == .good
      let saysGood = opinion.status == .good && opinion.primaryFingerprint == mine.primaryFingerprint
      if isGood, !saysGood {
        evidence.doubt(index, "GnuPG does not agree that the signature is good (\(opinion.status.rawValue))")
      }
    }
    return "second opinion: GnuPG says \(opinions.map(\.status.rawValue).joined(separator: ", "))"
  }
}

extension SignerEvidence {
  /// Makes a signature one that nothing can be said of.
  mutating func doubt(_ index: Int, _ cause: String) {
    signatures[index].report.status = .undetermined
    signatures[index].report.detail = cause
    for file in signatures[index].files.indices {
      signatures[index].files[file].report.status = .undetermined
      signatures[index].files[file].report.detail = cause
    }
  }
}
