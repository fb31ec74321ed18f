internal import ContentTrust
internal import Crypto
internal import CryptoExtras
internal import FoundationEssentials
public import TrustModel

/// The certificate of a root key for one repository, signed by the key itself, as docker and notary make it.
///
/// Source: reference/docker-content-trust.md, section 1, "Root certificate"; RFC 5280, section 4.1.
public struct RootCertificate: Sendable {
  /// The PEM text, with a line end behind it.
  public let text: [UInt8]

  /// How long it counts, in seconds: ten years.
  public static let lifetime: Int64 = 10 * 365 * 86_400

  /// Makes one that counts from `now` on.
  ///
  /// - Parameter lifetime: in seconds.
  /// - Throws: `SigningKeyError`; `unfit` for Ed25519, whose certificates docker and notary do not read.
  public init(
    _ key: PrivateSigningKey, for repository: Repository, at now: Timestamp, lifetime: Int64 = Self.lifetime
  ) throws(SigningKeyError) {
    guard key.kind != .ed25519 else { throw .unfit("ed25519 certificates") }
    let algorithm = Self.algorithm(key.kind)
    let body = DEROctets.value(
      0x30,
      Self.fixedHead + Self.serial + algorithm + Self.name(repository) + Self.validity(now, lifetime)
        + Self.name(repository) + key.publicKey.octets + Self.extensions)
    let signature = try key.certificateSignature(over: body)
    let whole = DEROctets.value(0x30, body + algorithm + DEROctets.value(0x03, [0] + signature))
    text = Self.pem(whole)
  }

  /// Version 3.
  private static let fixedHead: [UInt8] = [0xa0, 0x03, 0x02, 0x01, 0x02]

  /// 128 random bits, positive.
  private static var serial: [UInt8] {
    var random = SystemRandomNumberGenerator()
    let first = UInt8.random(in: 1...0x7f, using: &random)
    return DEROctets.value(0x02, [first] + (1..<16).map { _ in UInt8.random(in: 0...255, using: &random) })
  }

  /// ECDSA with SHA-256 whatever the curve, RSA with SHA-256.
  private static func algorithm(_ kind: PrivateSigningKey.Kind) -> [UInt8] {
    switch kind {
    case .rsa: [0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b, 0x05, 0x00]
    default: [0x30, 0x0a, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02]
    }
  }

  /// The repository as the common name.
  private static func name(_ repository: Repository) -> [UInt8] {
    let attribute = [0x06, 0x03, 0x55, 0x04, 0x03] + DEROctets.value(0x0c, Array(repository.name.utf8))
    return DEROctets.value(0x30, DEROctets.value(0x31, DEROctets.value(0x30, attribute)))
  }

  private static func validity(_ now: Timestamp, _ lifetime: Int64) -> [UInt8] {
    DEROctets.value(0x30, moment(now) + moment(now.advanced(by: lifetime)))
  }

  /// UTCTime up to 2049, GeneralizedTime from then on.
  private static func moment(_ moment: Timestamp) -> [UInt8] {
    let digits = moment.description.utf8.filter { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    let isShort = digits.prefix(4).lexicographicallyPrecedes("2050".utf8)
    return isShort
      ? DEROctets.value(0x17, digits.dropFirst(2) + [UInt8(ascii: "Z")])
      : DEROctets.value(0x18, digits + [UInt8(ascii: "Z")])
  }

  /// Key usage (critical) digital signature and key encipherment, extended key usage code signing, and no authority (critical).
  private static let extensions: [UInt8] = DEROctets.value(
    0xa3,
    DEROctets.value(
      0x30,
      [0x30, 0x0e, 0x06, 0x03, 0x55, 0x1d, 0x0f, 0x01, 0x01, 0xff, 0x04, 0x04, 0x03, 0x02, 0x05, 0xa0]
        + [0x30, 0x13, 0x06, 0x03, 0x55, 0x1d, 0x25, 0x04, 0x0c, 0x30, 0x0a]
        + [0x06, 0x08, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x03]
        + [0x30, 0x0c, 0x06, 0x03, 0x55, 0x1d, 0x13, 0x01, 0x01, 0xff, 0x04, 0x02, 0x30, 0x00]))

  private static func pem(_ der: [UInt8]) -> [UInt8] {
    let digits = Base64.encode(der)
    var text = Array("-----BEGIN CERTIFICATE-----\n".utf8)
    for start in stride(from: 0, to: digits.count, by: 64) {
      text += digits[start..<min(start + 64, digits.count)] + [UInt8(ascii: "\n")]
    }
    return text + Array("-----END CERTIFICATE-----\n".utf8)
  }
}

extension PrivateSigningKey {
  /// A signature as certificates hold it: ECDSA over SHA-256 in DER, RSA by PKCS#1 version 1.5.
  fileprivate func certificateSignature(over body: [UInt8]) throws(SigningKeyError) -> [UInt8] {
    do {
      return try unsafe secret.withUnsafeBytes { secret in
        switch kind {
        case .p256:
          return Array(
            try unsafe P256.Signing.PrivateKey(rawRepresentation: secret).signature(for: body).derRepresentation)
        case .p384:
          return Array(
            try unsafe P384.Signing.PrivateKey(rawRepresentation: secret)
              .signature(for: SHA256.hash(data: body)).derRepresentation)
        case .rsa:
          return Array(
            try unsafe _RSA.Signing.PrivateKey(derRepresentation: secret)
              .signature(for: SHA256.hash(data: body), padding: .insecurePKCS1v1_5).rawRepresentation)
        case .ed25519: throw SigningKeyError.unfit("ed25519 certificates")
        }
      }
    } catch let error as SigningKeyError {
      throw error
    } catch {
      throw .cryptography("key \(id) does not sign its certificate: \(error)")
    }
  }
}
