/// Why a file is not a certificate that is used here.
///
/// The description is short and lower case, to stand after "…: ".
public enum CertificateError: Error, Equatable, Sendable, CustomStringConvertible {
  /// No octets at all.
  case empty
  /// More octets than the limit, in octets.
  case tooLarge(limit: Int)
  /// Neither packets nor an armored block.
  case notOpenPGP
  /// An armored block is broken, or of another type: which.
  case armor(String)
  /// There is secret key material in the file.
  case secretKey
  /// More than one certificate where exactly one is wanted.
  case severalCertificates(Int)
  /// A key of that version; only version 4 is read.
  case unsupportedVersion(Int)
  /// The packets break the format: how.
  case malformed(String)
  /// More than `limit` of something.
  case tooMany(String, limit: Int)
  /// One thing in the file is longer than `limit` octets.
  case tooLong(String, limit: Int)
  /// A signature, a message or another OpenPGP thing that is no certificate.
  case notACertificate(String)

  /// The reason in a few words.
  public var description: String {
    switch self {
    case .empty: "the file is empty"
    case .tooLarge(let limit): "larger than \(limit) octets"
    case .notOpenPGP: "not an OpenPGP file"
    case .armor(let what): "broken armor: \(what)"
    case .secretKey: "holds a secret key"
    case .severalCertificates(let count): "holds \(count) certificates instead of one"
    case .unsupportedVersion(let version): "a version \(version) key (only version 4 is supported)"
    case .malformed(let what): "malformed: \(what)"
    case .tooMany(let what, let limit): "more than \(limit) \(what)"
    case .tooLong(let what, let limit): "a \(what) of more than \(limit) octets"
    case .notACertificate(let what): "not a certificate but \(what)"
    }
  }
}
