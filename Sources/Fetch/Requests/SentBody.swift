public import TrustModel

/// What a request does in place of getting.
///
/// It goes to the origin of the address over https and nowhere else: a redirect is an error. Modules that may only look send
/// forms alone, to token servers.
public enum SentBody: Sendable {
  /// A form is posted (`application/x-www-form-urlencoded`).
  case form(SecretOctets)
  /// Octets of a type are posted: `multipart/form-data; boundary=…`.
  case document(SecretOctets, type: String)
  /// A piece of a file, or nothing, is put or posted; over plain http only where the request allows it, and then without secrets.
  case piece(SentPiece)
  /// What lies at the address is to be deleted.
  case deletion

  var octets: SecretOctets? {
    switch self {
    case .form(let octets), .document(let octets, _): octets
    case .deletion, .piece: nil
    }
  }
}
