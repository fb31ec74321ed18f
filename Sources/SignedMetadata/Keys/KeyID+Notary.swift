internal import Crypto
internal import StrictJSON
internal import TrustModel

extension KeyID {
  /// The identifier of a bare key of Notary: `ecdsa` and `rsa` by their SubjectPublicKeyInfo, `ed25519` by its 32 octets.
  ///
  /// Source: reference/docker-content-trust.md, section 1, "Key id".
  public init(notary family: String, public octets: [UInt8]) {
    let text = String(decoding: Base64.encode(octets), as: UTF8.self)
    let form = MetadataKey.notaryForm(type: JSON(family), public: JSON(text))
    self.init(digest: SHA256.hash(data: form.canonicalForm))
  }
}
