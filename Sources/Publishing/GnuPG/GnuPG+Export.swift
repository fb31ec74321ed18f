public import OpenPGP
public import TrustModel

extension GnuPG {
  /// The public part of a key, as gpg exports it, armored.
  ///
  /// What is not read as public keys alone does not leave this function: secret parts are refused by the reader.
  public func armoredPublicKeys(_ fingerprints: [Fingerprint]) throws(PublishingProblem) -> [UInt8] {
    let found = try certificates(fingerprints)
    var text: [UInt8] = []
    for fingerprint in fingerprints {
      guard let certificate = found.first(where: { $0.fingerprint == fingerprint }) else {
        throw PublishingProblem(.notFound, "gpg has no key \(fingerprint); see: gpg --list-keys")
      }
      text += certificate.armored
    }
    return text
  }

  /// The certificates of those keys; what is not there is left out.
  public func certificates(_ fingerprints: [Fingerprint]) throws(PublishingProblem) -> [Certificate] {
    try certificates(named: fingerprints.map { "\($0)" })
  }

  /// The certificates that the signatures name as their makers; what is not there is left out.
  func certificates(of signatures: [DetachedSignature]) throws(PublishingProblem) -> [Certificate] {
    let names = signatures.compactMap { signature in
      signature.issuerFingerprint.map { "\($0)" } ?? signature.issuerKeyID.map { "0x" + String($0, radix: 16) }
    }
    return names.isEmpty ? [] : try certificates(named: names)
  }

  private func certificates(named names: [String]) throws(PublishingProblem) -> [Certificate] {
    let answer = try run(["--export-options", "export-minimal", "--export"] + names)
    guard answer.isWell else { throw PublishingProblem(.failed, "gpg could not export: \(answer.complaint)") }
    guard !answer.output.isEmpty else { return [] }
    do throws(CertificateError) {
      return try Certificate.readAll(answer.output)
    } catch {
      throw PublishingProblem(.failed, "what gpg exported is not taken: \(error)")
    }
  }
}
