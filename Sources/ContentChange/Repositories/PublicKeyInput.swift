public import ContentSigning
internal import ContentTrust
internal import SignedMetadata
public import TrustModel

/// The public half of somebody's key, from a file: what docker and openssl write as `PUBLIC KEY`, or a certificate.
public enum PublicKeyInput {
  /// The key of a file; `-` is standard input.
  ///
  /// - Throws: `KeyImportError` or `RepositoryChangeError`.
  public static func key(in path: String, at now: Timestamp) throws -> ListedKey {
    let octets = try KeyInput.read(path).octets
    try checkBlocks(octets, path)
    guard var buffer = SecretBuffer(capacity: octets.count) else { throw failure(path, "there is no memory for it") }
    for octet in octets where !buffer.append(octet) { throw failure(path, "there is no memory for it") }
    let block: PEMKeyBlock
    do throws(SigningKeyFileError) {
      block = try PEMKeyBlock(buffer)
    } catch {
      throw failure(path, "it holds no public key and no certificate in PEM")
    }
    let body = block.body.withArray { $0 }
    switch block.label {
    case "PUBLIC KEY": return try publicKey(body, path)
    case "CERTIFICATE": return try certificate(body, path, at: now)
    default:
      let isPrivate = block.label.contains("PRIVATE")
      throw failure(
        path, isPrivate ? "it is a private key: give its public half" : "it is neither a public key nor a certificate")
    }
  }

  /// Every PEM certificate of a root key, as the file has it.
  ///
  /// - Throws: `KeyImportError`.
  public static func text(in path: String) throws -> [UInt8] { Array(try KeyInput.read(path).octets) }

  /// Of several keys nobody could tell which one is meant; of a private one nothing is shown but that it is one.
  private static func checkBlocks(_ octets: SecretOctets, _ path: String) throws {
    let head = Array("-----BEGIN ".utf8)
    var (count, isPrivate) = (0, false)
    for line in octets.split(separator: UInt8(ascii: "\n")) {
      let line = line.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0d }
      guard line.starts(with: head) else { continue }
      count += 1
      isPrivate = isPrivate || String(decoding: line.prefix(labelLimit), as: UTF8.self).contains("PRIVATE KEY")
    }
    if isPrivate {
      throw failure(path, "it is a private key, or holds one: give the public half, in a file of its own")
    }
    guard count <= 1 else {
      throw failure(
        path, "it holds \(count) PEM blocks: one public key or one certificate is wanted, in a file of its own")
    }
  }

  /// How much of a boundary line is looked at, in octets.
  private static let labelLimit = 80

  private static func publicKey(_ body: [UInt8], _ path: String) throws -> ListedKey {
    let edwards: [UInt8] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00]
    if body.starts(with: edwards), let key = try? MetadataKey(notary: "ed25519", public: Array(body.dropFirst(12))) {
      return ListedKey(key)
    }
    for type in ["ecdsa", "rsa"] {
      if let key = try? MetadataKey(notary: type, public: body) { return ListedKey(key) }
    }
    throw failure(
      path, "its key is none that docker and notary use: ECDSA on P-256 or P-384, RSA from 2048 bits on, Ed25519")
  }

  private static func certificate(_ body: [UInt8], _ path: String, at now: Timestamp) throws -> ListedKey {
    let text = pem(body)
    for type in ["ecdsa-x509", "rsa-x509"] {
      guard let key = try? MetadataKey(notary: type, public: text), let leaf = key.certificates.first else { continue }
      guard leaf.notAfter >= now else { throw failure(path, "the certificate has expired on \(leaf.notAfter.date)") }
      return ListedKey(key)
    }
    throw failure(path, "its certificate is none that docker and notary use")
  }

  /// As Go writes it: what notary compares.
  private static func pem(_ der: [UInt8]) -> [UInt8] {
    let digits = Base64.encode(der)
    var text = Array("-----BEGIN CERTIFICATE-----\n".utf8)
    for start in stride(from: 0, to: digits.count, by: 64) {
      text += digits[start..<min(start + 64, digits.count)] + [UInt8(ascii: "\n")]
    }
    return text + Array("-----END CERTIFICATE-----\n".utf8)
  }

  private static func failure(_ path: String, _ problem: String) -> RepositoryChangeError {
    RepositoryChangeError(.usage, "\(path == "-" ? "standard input" : VisibleText(path).description): \(problem)")
  }
}
