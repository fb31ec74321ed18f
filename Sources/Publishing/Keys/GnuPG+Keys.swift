public import TrustModel

/// How the secret part of a new key is kept.
public enum KeyProtection: Sendable {
  /// gpg's agent asks for a passphrase.
  case agent
  /// With this passphrase.
  case passphrase(SecretOctets)
  /// Without one.
  case none
}

extension GnuPG {
  /// Makes a key and gives its fingerprint.
  public func makeKey(
    _ parameters: KeyParameters, _ protection: KeyProtection
  ) throws(PublishingProblem) -> Fingerprint {
    var parameters = parameters
    var secret: SecretOctets?
    switch protection {
    case .agent: break
    case .passphrase(let octets): secret = octets
    case .none: parameters.isOpen = true
    }
    let answer = try run(["--full-generate-key"], input: Array(parameters.text.utf8), passphrase: secret)
    let made = answer.status.words("KEY_CREATED").last?.dropFirst().first.flatMap { Fingerprint(typed: $0) }
    guard answer.isWell, let made else {
      let advice = "give it by --passphrase-fd N, one line, or have the key made without one by --no-passphrase"
      if let problem = answer.status.failure("gpg made no key", unasked: advice) { throw problem }
      throw PublishingProblem(
        .failed, "gpg made no key: \(answer.complaint.isEmpty ? "gpg gave no reason" : answer.complaint)")
    }
    return made
  }
}
