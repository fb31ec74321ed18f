internal import Crypto
internal import StrictJSON
internal import TrustModel

extension MetadataKey {
  /// A key of Notary's that is to be listed, by the word for its kind and its public half: SubjectPublicKeyInfo, the 32 octets of an
  /// Ed25519 key, or the PEM text of certificates.
  ///
  /// - Throws: `MetadataError` where it is none that can be used.
  public init(notary type: String, public octets: [UInt8]) throws(MetadataError) {
    let text = String(decoding: Base64.encode(octets), as: UTF8.self)
    let form = Self.notaryForm(type: JSON(type), public: JSON(text))
    let id = KeyID(digest: SHA256.hash(data: form.canonicalForm))
    try self.init(form, under: JSONString(id.description), of: .targets, .notary)
  }
}
