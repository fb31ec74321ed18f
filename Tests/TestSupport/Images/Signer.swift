public import TrustModel

/// Somebody who signs images: a key, the certificate that others hold of it, and how they sign.
public struct Signer: Sendable {
  /// The key or subkey that makes the signature.
  public var key: MadeKey
  /// The certificate, as it lies in a key file.
  public var certificate: MadeCertificate
  /// How they sign.
  public var recipe = MadeSignature.detached

  /// The primary key's fingerprint.
  public var fingerprint: Fingerprint { certificate.primary.fingerprint }

  /// Somebody who signs with that key, which belongs to that certificate.
  public init(key: MadeKey, certificate: MadeCertificate) {
    (self.key, self.certificate) = (key, certificate)
  }

  /// An armored signature file over the data: one signature by each, in that order.
  public static func file(over data: [UInt8], by signers: [Signer]) throws -> [UInt8] {
    MadeArmor.signature.wrap(try signers.flatMap { try $0.packet(over: data) })
  }

  /// One signature packet over the data.
  public func packet(over data: [UInt8]) throws -> [UInt8] { try recipe.packet(by: key, over: .data(data)) }

  /// The same signer with something changed about the signature.
  public func signing(_ change: (inout MadeSignature) -> Void) -> Signer {
    var copy = self
    change(&copy.recipe)
    return copy
  }

  /// A fit signer by an Ed25519 primary key.
  public static func fit(userID: String = "Test Signer <signer@example.com>") throws -> Signer {
    let key = try MadeKey.ed25519()
    return Signer(key: key, certificate: try .simple(key, userID: userID))
  }

  /// A signer whose primary key is that one.
  public static func fit(_ key: MadeKey) throws -> Signer { Signer(key: key, certificate: try .simple(key)) }

  /// A fit signer by a subkey.
  public static func subkey() throws -> Signer {
    let key = try MadeKey.ed25519()
    var certificate = try MadeCertificate.simple(.ed25519())
    try certificate.addSubkey(key)
    return Signer(key: key, certificate: certificate)
  }

  /// A signer by a subkey that does not say that it belongs to the primary key.
  public static func unboundSubkey() throws -> Signer {
    let key = try MadeKey.ed25519()
    var certificate = try MadeCertificate.simple(.ed25519())
    try certificate.addSubkey(key, back: .absent)
    return Signer(key: key, certificate: certificate)
  }

  /// A signer whose key ends at that moment.
  public static func ending(at moment: Timestamp) throws -> Signer {
    let key = try MadeKey.ed25519()
    let end = MadeSubpacket.keyExpires(key, at: moment)
    return Signer(
      key: key, certificate: try .simple(key, certification: .selfCertification().with { $0.hashed.append(end) }))
  }

  /// A signer whose key has expired.
  public static func expired() throws -> Signer { try ending(at: Moment.lateEnd) }

  /// A signer whose key its owner has revoked.
  public static func revoked() throws -> Signer {
    var signer = try fit()
    try signer.certificate.addOverKey(.revocation(0x20, .reason(1, "new key")))
    return signer
  }

  /// A signer with an RSA key of 1024 bits.
  public static func weak() throws -> Signer { try fit(.rsa(1024)) }

  /// A signer whose key is dated in the future.
  public static func future() throws -> Signer {
    let key = try MadeKey.ed25519(created: Moment.future)
    let certificate = try MadeCertificate.simple(
      key, certification: .selfCertification().with { $0.created = Moment.future })
    return Signer(key: key, certificate: certificate).signing { $0.created = Moment.future }
  }
}
