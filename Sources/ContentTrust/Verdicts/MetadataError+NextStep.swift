public import SignedMetadata
public import TrustModel

extension MetadataError {
  /// What somebody can do who was refused a repository for this: a clause that follows the sentence; nil where that has one already.
  public func nextStep(for repository: Repository) -> String? {
    switch rule {
    case .json, .schema, .type, .specificationVersion, .keyID, .duplicateSignature, .tooLong:
      "tell who runs the server, or ask another one by --server"
    case .key: "ask its owner to sign with another key: notary key rotate \(repository) \(role)"
    case .certificate: Self.mending(repository)
    case .threshold, .hash, .length:
      "somebody between its owner and here may have altered it: ask from another network, and tell its owner"
    case .rollback, .version, .vanished, .mixed: "try again later; where it stays so, tell who runs the server"
    case .expired where role == .timestamp:
      "check the clock of this machine (date); where it is right, tell who runs the server"
    case .expired:
      "check the clock of this machine (date); where it is right, \(Self.mending(repository))"
    case .withheld, .gap, .unlisted: "tell its owner and who runs the server"
    case .absent: "tell who runs the server"
    case .anchor: "ask its owner which keys are right, and correct that file only then"
    case .unagreed, .unreachable: nil
    }
  }

  /// Neither docker nor notary signs anew what has expired.
  ///
  /// Source: reference/docker-content-trust.md, section 7.
  private static func mending(_ repository: Repository) -> String {
    "whoever holds its keys mends it: keyreeve content repair \(repository); everybody else asks its owner, who can do so by that"
  }
}
