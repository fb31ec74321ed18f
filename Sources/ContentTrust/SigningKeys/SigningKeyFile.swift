public import SignedMetadata
internal import SwiftASN1
public import TrustModel

/// What a file of a private signing key is, without anything of the key itself.
///
/// Everything that docker, notary and openssl write is recognised: PKCS#8 plain and encrypted, SEC 1, PKCS#1 and Notary's own
/// form of Ed25519, plain or with the DEK-Info header. Source: reference/docker-content-trust.md, section 1.
public struct SigningKeyFile: Hashable, Sendable {
  /// The form of the octets.
  public enum Form: Hashable, Sendable {
    /// `PRIVATE KEY`, with its version: 0, or 1 as notary writes it.
    case pkcs8(version: Int)
    /// `ENCRYPTED PRIVATE KEY`.
    case encryptedPKCS8
    /// `EC PRIVATE KEY`.
    case sec1
    /// `RSA PRIVATE KEY`.
    case pkcs1
    /// `ED25519 PRIVATE KEY`.
    case ed25519
  }

  /// The form.
  public let form: Form
  /// The repository that a header says it is for, as it stands.
  public let repository: String?
  /// The role that a header says it is for, as it stands.
  public let role: String?
  /// Where an export says it comes from, as it stands.
  public let path: String?
  /// What keeps others from using it.
  public let protection: KeyProtection
  /// Its public half; nil while it is encrypted.
  public let publicKey: SigningPublicKey?
  /// Whether it is an Ed25519 key in the form of RFC 8410.
  private let isForeign: Bool

  /// Recognises a file.
  ///
  /// - Throws: `SigningKeyFileError`.
  public init(_ file: borrowing SecretBuffer) throws(SigningKeyFileError) {
    try self.init(PEMKeyBlock(file))
  }

  /// Recognises the block of a file.
  ///
  /// - Throws: `SigningKeyFileError`.
  public init(_ block: borrowing PEMKeyBlock) throws(SigningKeyFileError) {
    (repository, role, path) = (block.header("gun"), block.header("role"), block.header("path"))
    guard let kind = Self.kinds[block.label] else { throw .label(block.label) }
    if let cipher = try Self.legacyCipher(block) {
      guard kind != .encryptedPKCS8 else { throw .header("it is encrypted twice") }
      guard block.body.count > 0 else { throw .structure }
      protection = .passphrase(.md5Once, cipher: cipher)
      (form, publicKey, isForeign) = (kind, nil, false)
    } else if kind == .encryptedPKCS8 {
      let parts = try block.body.withArray { octets throws(SigningKeyFileError) in
        guard let parts = try? EncryptedKeyParts(derEncoded: octets) else { throw .structure }
        return parts
      }
      protection = parts.protection
      (form, publicKey, isForeign) = (kind, nil, false)
    } else {
      let parts = try block.body.withArray { octets throws(SigningKeyFileError) in
        try PlainKeyParts(octets, Self.parts(kind))
      }
      protection = .none
      form = parts.version.map { .pkcs8(version: $0) } ?? kind
      (publicKey, isForeign) = (parts.publicKey, parts.isForeign)
    }
  }

  private static let kinds: [String: Form] = [
    "PRIVATE KEY": .pkcs8(version: 0), "ENCRYPTED PRIVATE KEY": .encryptedPKCS8, "EC PRIVATE KEY": .sec1,
    "RSA PRIVATE KEY": .pkcs1, "ED25519 PRIVATE KEY": .ed25519,
  ]

  private static func parts(_ form: Form) -> PlainKeyParts.Form {
    switch form {
    case .pkcs8, .encryptedPKCS8: .pkcs8
    case .sec1: .sec1
    case .pkcs1: .pkcs1
    case .ed25519: .ed25519
    }
  }

  /// The cipher of the DEK-Info header, in lower case; nil where nothing is encrypted that way.
  ///
  /// Source: RFC 1421, section 4.6.1.
  private static func legacyCipher(_ block: borrowing PEMKeyBlock) throws(SigningKeyFileError) -> String? {
    let type = block.header("Proc-Type")?.replacing(" ", with: "")
    guard type != nil || block.header("DEK-Info") != nil else { return nil }
    guard type == "4,ENCRYPTED", let info = block.header("DEK-Info") else {
      throw .header("its Proc-Type and DEK-Info headers say nothing whole")
    }
    let parts = info.split(separator: ",", omittingEmptySubsequences: false)
    let ciphers = ["AES-128-CBC", "AES-192-CBC", "AES-256-CBC", "DES-EDE3-CBC", "DES-CBC"]
    guard parts.count == 2, let cipher = ciphers.first(where: { $0 == parts[0] }) else {
      throw .header("its DEK-Info header names a cipher that is not known")
    }
    let digits = cipher.hasPrefix("AES") ? 32 : 16
    guard parts[1].utf8.count == digits, parts[1].allSatisfy(\.isHexDigit) else {
      throw .header("its DEK-Info header holds no starting value")
    }
    return cipher.lowercased()
  }
}

extension SigningKeyFile {
  /// The identifier of the key; nil while it is encrypted.
  public var id: KeyID? { publicKey?.id }

  /// Why docker and notary cannot read it, as a clause; nil where they can.
  public var obstacleToDocker: String? {
    if isForeign { return "they read Ed25519 keys in a form of their own alone" }
    guard form == .encryptedPKCS8, case .passphrase(let derivation, let cipher) = protection else { return nil }
    switch derivation {
    case .pbkdf2(let hash, let rounds, _):
      if hash != .sha1 { return "they compute hmac-sha1 whatever it says, and will call every passphrase wrong" }
      if rounds > KeyDerivation.roundLimit { return "nobody computes \(rounds) rounds" }
    default: return "they know pbkdf2 alone"
    }
    return cipher == KeyProtection.usualCipher ? nil : "they know \(KeyProtection.usualCipher) alone"
  }
}
