public import ContentTrust
internal import Crypto
public import SignedMetadata
public import StrictJSON
internal import TrustModel

/// A public key as a document lists it.
///
/// Source: reference/docker-content-trust.md, section 1, "Key id" and "Two ids for a root key".
public struct ListedKey: Hashable, Sendable {
  /// The identifier that it is listed under.
  public let id: KeyID
  /// The word for its kind: `ecdsa`, `rsa-x509`.
  public let type: String
  /// SubjectPublicKeyInfo, the 32 octets of an Ed25519 key, or the PEM text of certificates.
  public let octets: [UInt8]
  /// The identifier of the bare key, which names the file of its private half.
  public let canonicalID: KeyID

  /// A bare key.
  public init(_ key: SigningPublicKey) {
    (id, type, octets, canonicalID) = (key.id, key.family, key.octets, key.id)
  }

  /// A key with its certificates, as PEM text, the leaf first.
  public init(_ key: SigningPublicKey, certificates: [UInt8]) {
    (type, octets, canonicalID) = (key.family + "-x509", certificates, key.id)
    id = KeyID(digest: SHA256.hash(data: Self.form(type, octets).canonicalForm))
  }

  /// A key of a document that was read.
  public init(_ key: MetadataKey) {
    (id, type, octets, canonicalID) = (key.id, key.type, key.octets, key.canonicalID)
  }

  /// The key object.
  public var form: JSON { Self.form(type, octets) }

  private static func form(_ type: String, _ octets: [UInt8]) -> JSON {
    MetadataKey.notaryForm(type: JSON(type), public: JSON(String(decoding: Base64.encode(octets), as: UTF8.self)))
  }
}

extension [ListedKey] {
  /// The `keys` member of a document: each key once, in the order of the identifiers.
  var form: JSON {
    let keys = Dictionary(map { ($0.id, $0) }) { first, _ in first }
    return .object(keys.sorted { $0.key < $1.key }.map { JSON.Member(JSONString($0.key.description), $0.value.form) })
  }
}

extension ListedKey {
  /// A bare key of a server from its key object; nil where it is none.
  public init?(bare tree: JSON) {
    guard let type = tree["keytype"]?.string?.text, ["ecdsa", "rsa", "ed25519"].contains(type),
      let text = tree["keyval"]?["public"]?.string?.text, let octets = Base64.decode(text.utf8)
    else { return nil }
    let id = KeyID(notary: type, public: octets)
    (self.id, self.type, self.octets, canonicalID) = (id, type, octets, id)
  }
}
