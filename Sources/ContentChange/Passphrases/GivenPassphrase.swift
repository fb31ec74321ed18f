public import TrustModel

/// A passphrase that nobody had to type, and who gave it.
public struct GivenPassphrase: Sendable {
  /// The passphrase.
  public let octets: SecretOctets
  /// The variable, file or descriptor, for messages.
  public let origin: String

  /// The longest passphrase, in octets, from wherever it comes.
  public static let limit = 4_096
}

/// What a passphrase is wanted for.
public enum PassphraseUse: Hashable, Sendable {
  /// To open a key that is there.
  case opening
  /// For a key that is made.
  case making
  /// In place of the one that a key has.
  case changing
}

/// A place where passphrases lie ready.
protocol PassphraseGiver {
  /// What lies there for a request, the best first; what cannot be used is complained of and left out.
  func passphrases(
    for request: KeyRequest, _ use: PassphraseUse, complain: (String) -> Void
  ) -> [GivenPassphrase]
}
