public import TrustModel

/// Something in a certificate that a person should know of and that makes it neither good nor bad by itself.
///
/// Read from the packets alone: nothing is verified.
public enum CertificateRemark: Sendable, Equatable, CustomStringConvertible {
  /// A self-signature of that type (RFC 4880, section 5.2.1) is made with a hash that no longer counts for data.
  case weakSelfSignature(HashAlgorithm, type: UInt8)
  /// A revocation of the key that names another key as its maker: left out.
  case foreignRevocation
  /// So many certifications by other keys: left out.
  case foreignCertifications(Int)
  /// So many user attributes (pictures): left out, with their signatures.
  case userAttributes(Int)
  /// The user id at that index has characters that a terminal would hide or act on.
  case hiddenCharacters(userID: Int)
  /// The user id at that index has no self-signature.
  case userIDWithoutSelfSignature(Int)
  /// No signature binds that subkey.
  case unboundSubkey(Fingerprint)
  /// A signature of that type stands where it means nothing: left out.
  case misplacedSignature(type: UInt8)
  /// A signature packet of that version: left out.
  case unsupportedSignature(version: UInt8)
  /// There is text in the file before or after the armored block.
  case textAroundArmor

  /// The remark as a few words.
  public var description: String {
    switch self {
    case .weakSelfSignature(let hash, let type): "\(Self.name(ofType: type)) made with \(hash)"
    case .foreignRevocation: "a revocation that another key made (ignored)"
    case .foreignCertifications(let count): "\(count) certifications by other keys (ignored)"
    case .userAttributes(let count): "\(count) user attributes (ignored)"
    case .hiddenCharacters(let index): "hidden characters in user id \(index + 1)"
    case .userIDWithoutSelfSignature(let index): "user id \(index + 1) has no self-signature"
    case .unboundSubkey(let fingerprint): "subkey \(fingerprint) is not bound to the key"
    case .misplacedSignature(let type): "a signature of type \(type) in the wrong place (ignored)"
    case .unsupportedSignature(let version): "a version \(version) signature (ignored)"
    case .textAroundArmor: "text outside of the armored block"
    }
  }

  private static func name(ofType type: UInt8) -> String {
    switch type {
    case 0x10...0x13: "self-signature"
    case 0x18: "subkey binding"
    case 0x1f: "direct-key signature"
    case 0x20: "key revocation"
    case 0x28: "subkey revocation"
    case 0x30: "user id revocation"
    default: "signature of type \(type)"
    }
  }
}
