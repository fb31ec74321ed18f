internal import Stores
internal import TrustModel

/// The sentence for an accepted image.
enum AcceptanceMessage {
  static func text(_ name: ImageName, _ signature: SignerEvidence.Signature, _ key: LoadedKey) -> String {
    "\(name) is signed by \(RefusalMessage.signer(signature)), trusted for"
      + " \(key.file.scope == .root ? "every name" : key.file.scope.description) by \(key.file.path)"
  }
}
