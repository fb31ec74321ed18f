public import ContentTrust
public import TrustModel

/// Why a private key cannot be made, opened, used or sealed.
///
/// Nothing of a key or a passphrase is repeated.
public enum SigningKeyError: ReasonedError, Hashable {
  /// The file holds no private key that can be read.
  case file(SigningKeyFileError)
  /// It is encrypted, and no passphrase was given.
  case locked
  /// The passphrase does not open it.
  case wrongPassphrase
  /// It is encrypted in a way that nobody here computes, in words.
  case protection(String)
  /// It signs nothing that docker and notary take: its algorithm.
  case unfit(String)
  /// The cryptographic library has refused, in its words.
  case cryptography(String)
  /// There is no memory for it.
  case memory

  /// Decides the exit status.
  public var reason: Reason { .failed }

  /// One clause, without the file's name.
  public var description: String {
    switch self {
    case .file(let error): "\(error)"
    case .locked: "it is encrypted, and no passphrase was given"
    case .wrongPassphrase: "the passphrase does not open it"
    case .protection(let words): "it is encrypted in a way that is not known here: \(VisibleText(words, limit: 80))"
    case .unfit(let algorithm): "it is a key that docker and notary do not use: \(VisibleText(algorithm, limit: 80))"
    case .cryptography(let words): VisibleText(words, limit: 200).description
    case .memory: "there is no memory for it"
    }
  }
}
