internal import Crypto
package import StrictJSON
internal import TrustModel

/// A public key of metadata, with the identifier that it is listed under.
public struct MetadataKey: Hashable, Sendable {
  /// The digest of its canonical form.
  public let id: KeyID
  /// The word for its kind: `ecdsa`, `rsa-x509`.
  public let type: String
  /// What signs.
  public let material: KeyMaterial
  /// The public half as it is listed: of Notary's keys what the base64 stands for, certificates as their PEM text.
  public let octets: [UInt8]
  /// The scheme that a TUF key is bound to; Notary's signatures name their method themselves.
  let scheme: SignatureMethod?
  /// The certificates of Notary's x509 keys, the leaf first; else none.
  public let certificates: [KeyCertificate]
  /// The identifier of the bare key, which names the file of its private half; the same as `id` but for x509 keys.
  public let canonicalID: KeyID

  /// Reads a key that is listed under `name`.
  init(_ value: JSON, under name: JSONString, of role: RoleName, _ dialect: Dialect) throws(MetadataError) {
    let fields = try FieldReader(
      value, "key", of: role, dialect, known: ["keytype", "keyval", "scheme"])
    type = try fields.string("keytype").text
    let values = try FieldReader(fields["keyval"], "keyval", of: role, dialect, known: ["public", "private"])
    let text = try values.string("public").text
    let digest = SHA256.hash(data: Self.identified(value, fields, dialect))
    id = KeyID(digest: digest)
    guard JSONString(id.description) == name else { throw MetadataError(role, .keyID(name.text)) }
    switch dialect {
    case .tuf:
      let scheme = try fields.string("scheme").text
      guard let (material, method) = Self.tuf(type, scheme, text) else {
        throw MetadataError(role, .key("\(name.text): \(type) with \(scheme)"))
      }
      (self.material, self.scheme, certificates, canonicalID) = (material, method, [], id)
      octets = Array(text.utf8)
    case .notary:
      let decoded = try Self.notary(type, text, role, name)
      (material, certificates, scheme) = (decoded.material, decoded.certificates, nil)
      octets = decoded.octets
      canonicalID = decoded.certificates.first.map { KeyID(digest: $0.keyDigest) } ?? id
    }
  }

  /// The octets whose digest the identifier is: all of a TUF key, the fields that Notary knows of one of its own.
  private static func identified(_ value: JSON, _ fields: FieldReader, _ dialect: Dialect) -> [UInt8] {
    switch dialect {
    case .tuf: return value.canonicalForm
    case .notary:
      let type = fields["keytype"] ?? .null
      return notaryForm(type: type, public: fields["keyval"]?["public"] ?? .null).canonicalForm
    }
  }

  /// The members of Notary's key object.
  package static func notaryForm(type: JSON, public text: JSON) -> JSON {
    ["keytype": type, "keyval": ["private": .null, "public": text]]
  }

  private static func tuf(_ type: String, _ scheme: String, _ text: String) -> (KeyMaterial, SignatureMethod)? {
    switch (type, scheme) {
    case ("ed25519", "ed25519"):
      return Hex.octets(text).flatMap { KeyMaterial(ed25519: $0) }.map { ($0, .ed25519) }
    case ("ecdsa", "ecdsa-sha2-nistp256"), ("ecdsa-sha2-nistp256", "ecdsa-sha2-nistp256"):
      guard let material = pem(text), case .p256 = material else { return nil }
      return (material, .ecdsaDER)
    case ("ecdsa", "ecdsa-sha2-nistp384"), ("ecdsa-sha2-nistp384", "ecdsa-sha2-nistp384"):
      guard let material = pem(text), case .p384 = material else { return nil }
      return (material, .ecdsaDER)
    case ("rsa", "rsassa-pss-sha256"), ("rsa", "rsa-pkcs1v15-sha256"):
      guard let material = pem(text), case .rsa = material else { return nil }
      return (material, scheme == "rsassa-pss-sha256" ? .rsaPSS : .rsaPKCS1)
    default: return nil
    }
  }

  private static func pem(_ text: String) -> KeyMaterial? {
    PEMText.blocks(text, of: "PUBLIC KEY")?.first.flatMap { KeyMaterial(subjectPublicKeyInfo: $0) }
  }

  private static func notary(
    _ type: String, _ text: String, _ role: RoleName, _ name: JSONString
  ) throws(MetadataError) -> (material: KeyMaterial, certificates: [KeyCertificate], octets: [UInt8]) {
    guard let octets = Base64.decode(text.utf8) else {
      throw MetadataError(role, .schema("keyval.public must be base64"))
    }
    var material: KeyMaterial?
    var certificates: [KeyCertificate] = []
    switch type {
    case "ed25519": material = KeyMaterial(ed25519: octets)
    case "ecdsa", "rsa": material = KeyMaterial(subjectPublicKeyInfo: octets)
    case "ecdsa-x509", "rsa-x509":
      certificates = try KeyCertificate.bundle(octets, role)
      material = certificates.first?.material
    default: break
    }
    guard let material, type.hasPrefix(material.family) else {
      throw MetadataError(role, .key("\(name.text): \(type)"))
    }
    return (material, certificates, octets)
  }
}

extension KeyMaterial {
  /// The word that Notary's types of this kind begin with.
  var family: String {
    switch self {
    case .p256, .p384: "ecdsa"
    case .ed25519: "ed25519"
    case .rsa: "rsa"
    }
  }
}
