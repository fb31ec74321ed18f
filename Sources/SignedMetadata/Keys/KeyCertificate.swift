internal import Crypto
internal import StrictJSON
internal import SwiftASN1
public import TrustModel

/// A certificate of one of Notary's x509 keys: what its rules look at.
///
/// Source: RFC 5280, section 4.1; reference/docker-content-trust.md, sections 1 and 3.
public struct KeyCertificate: Hashable, Sendable {
  /// The common name of its subject; nil where it has none, or several.
  public let commonName: String?
  /// When it begins to count.
  public let notBefore: Timestamp
  /// The last moment that it counts.
  public let notAfter: Timestamp
  /// Whether it may sign certificates: not a leaf.
  public let isAuthority: Bool
  /// Its key.
  public let material: KeyMaterial
  /// The certificate as it stands.
  public let octets: [UInt8]
  /// SHA-256 of Notary's form of the bare key.
  let keyDigest: [UInt8]
  /// Whether its signature uses SHA-1 or MD5.
  let isWeaklySigned: Bool
  let signed: [UInt8]
  let signature: [UInt8]
  let method: CertificateMethod?

  /// The certificates of a bundle; the first one is that of the key.
  static func bundle(_ octets: [UInt8], _ role: RoleName) throws(MetadataError) -> [KeyCertificate] {
    guard let text = String(validating: octets, as: UTF8.self),
      let blocks = PEMText.blocks(text, of: "CERTIFICATE")
    else { throw MetadataError(role, .key("its certificates are no PEM text")) }
    let certificates = blocks.compactMap { KeyCertificate($0) }
    guard certificates.count == blocks.count else {
      throw MetadataError(role, .key("a certificate cannot be read, or its key is of no use"))
    }
    return certificates
  }

  /// The certificates of a PEM file of authorities; nil where it holds anything else.
  public static func authorities(_ octets: [UInt8]) -> [KeyCertificate]? {
    guard let text = String(validating: octets, as: UTF8.self), let blocks = PEMText.blocks(text, of: "CERTIFICATE")
    else { return nil }
    let certificates = blocks.compactMap { KeyCertificate($0) }
    return certificates.count == blocks.count ? certificates : nil
  }

  /// Whether a bundle is one leaf, then authorities: what the root demands, and nobody else.
  static func isChain(_ bundle: [KeyCertificate]) -> Bool {
    bundle.first?.isAuthority == false && bundle.dropFirst().allSatisfy(\.isAuthority)
  }

  /// Reads a certificate; nil where it is none, or where its key cannot be used.
  init?(_ der: [UInt8]) {
    guard let parts = try? CertificateParts(derEncoded: der),
      let material = KeyMaterial(subjectPublicKeyInfo: parts.publicKey)
    else { return nil }
    octets = der
    self.material = material
    commonName = parts.commonName
    (notBefore, notAfter) = (parts.notBefore, parts.notAfter)
    isAuthority = parts.isAuthority
    method = CertificateMethod(parts.algorithm)
    isWeaklySigned = CertificateMethod.isWeak(parts.algorithm)
    (signed, signature) = (parts.signed, parts.signature)
    let base64 = String(decoding: Base64.encode(parts.publicKey), as: UTF8.self)
    let form = MetadataKey.notaryForm(
      type: .string(JSONString(material.family)), public: .string(JSONString(base64)))
    keyDigest = Array(SHA256.hash(data: form.canonicalForm))
  }

  /// Whether this certificate was signed with the key of `issuer`.
  func isSigned(by issuer: KeyCertificate) -> Bool {
    method?.isValid(signature, over: signed, by: issuer.material) ?? false
  }
}
