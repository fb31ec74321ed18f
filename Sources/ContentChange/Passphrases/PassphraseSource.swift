public import TrustModel

/// Whoever knows passphrases: variables, a descriptor, a folder of credentials, a person at a terminal.
public protocol PassphraseSource {
  /// The passphrase that opens a key; nil where nobody knows one (any more).
  ///
  /// - Parameter attempt: from 1; how often one was asked for, so that what was wrong is not given again.
  func passphrase(for request: KeyRequest, attempt: Int) -> SecretOctets?

  /// The passphrase for a key that is made; nil where nobody gives one. An empty one means a file without protection.
  func newPassphrase(for request: KeyRequest) -> SecretOctets?

  /// Who gave the passphrase of an attempt, for messages: the name of a variable, `the terminal`; nil where that is not known.
  func origin(for request: KeyRequest, attempt: Int) -> String?
}

extension PassphraseSource {
  /// Not known.
  public func origin(for request: KeyRequest, attempt: Int) -> String? { nil }
}
