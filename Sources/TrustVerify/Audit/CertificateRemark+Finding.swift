internal import OpenPGP
internal import TrustModel

extension CertificateRemark {
  /// The finding's stable word.
  var findingID: String {
    switch self {
    case .weakSelfSignature: "weak-self-signature"
    case .foreignRevocation: "foreign-revocation"
    case .foreignCertifications: "foreign-certifications"
    case .userAttributes: "user-attributes"
    case .hiddenCharacters: "hidden-characters"
    case .userIDWithoutSelfSignature: "unsigned-user-id"
    case .unboundSubkey: "unbound-subkey"
    case .misplacedSignature: "misplaced-signature"
    case .unsupportedSignature: "unsupported-signature"
    case .textAroundArmor: "text-around-armor"
    }
  }

  /// How much it matters.
  var severity: Finding.Severity {
    switch self {
    case .weakSelfSignature, .hiddenCharacters, .unboundSubkey: .warning
    case .foreignRevocation, .foreignCertifications, .userAttributes, .userIDWithoutSelfSignature,
      .misplacedSignature, .unsupportedSignature, .textAroundArmor:
      .note
    }
  }
}
