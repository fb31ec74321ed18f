public import ContentSigning
internal import ContentTrust
public import TrustModel

/// The public half of a key as docker and openssl read it: one PEM block, with the role as docker writes it.
public enum PublicKeyText {
  /// The text.
  public static func text(_ key: PrivateSigningKey, role: String) -> SecretOctets {
    // Notary has Ed25519 keys bare; everybody else has them wrapped, RFC 8410.
    let wrap: [UInt8] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00]
    let octets = (key.kind == .ed25519 ? wrap : []) + key.publicKey.octets
    let digits = Base64.encode(octets)
    var lines = "-----BEGIN PUBLIC KEY-----\nrole: \(role)\n\n"
    for start in stride(from: 0, to: digits.count, by: 64) {
      lines += String(decoding: digits[start..<min(start + 64, digits.count)], as: UTF8.self) + "\n"
    }
    return SecretOctets(Array((lines + "-----END PUBLIC KEY-----\n").utf8))
  }
}
