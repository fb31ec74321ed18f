public import SignedMetadata

/// Which private key a passphrase is wanted for, and what for: what a prompt says.
public struct KeyRequest: Hashable, Sendable {
  /// The identifier that names the key's file; nil for a key that is not made yet.
  public var id: KeyID?
  /// The role that it signs, as its file has it: `root`, `targets`, or the name of a signer.
  public var role: String
  /// The repository that it belongs to; nil for root keys and signers, which belong to none.
  public var repository: String?
  /// What it is wanted for, as the end of a sentence: `to sign version 3 of targets`.
  public var purpose: String

  /// A request.
  public init(_ id: KeyID?, role: String, repository: String? = nil, purpose: String) {
    (self.id, self.role, self.repository, self.purpose) = (id, role, repository, purpose)
  }
}
