/// What keeps others from using a file of a private key.
public enum KeyProtection: Hashable, Sendable {
  /// Nothing: whoever reads the file has the key.
  case none
  /// A passphrase: how it becomes a key, and the cipher by its name, or else its object identifier.
  case passphrase(KeyDerivation, cipher: String)

  /// The one cipher that docker and notary know in PKCS#8.
  public static let usualCipher = "aes-256-cbc"

  /// How strong it is; nil where there is none.
  public var strength: KeyDerivation.Strength? {
    guard case .passphrase(let derivation, let cipher) = self else { return nil }
    return cipher.hasPrefix("des-cbc") || cipher.hasPrefix("rc2") ? .weak : derivation.strength
  }
}

extension KeyProtection: CustomStringConvertible {
  /// In words.
  public var description: String {
    switch self {
    case .none: "no passphrase"
    case .passphrase(.other(let scheme), let cipher) where scheme == cipher: "scheme \(scheme)"
    case .passphrase(let derivation, let cipher): "\(derivation), \(cipher)"
    }
  }
}
