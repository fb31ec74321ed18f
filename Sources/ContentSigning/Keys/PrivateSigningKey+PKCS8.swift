internal import ContentTrust
internal import TrustModel

extension PrivateSigningKey {
  /// PKCS#8 as Notary writes it, which docker and notary read: version 1 and the curve twice for ECDSA, a form of its own for
  /// Ed25519.
  ///
  /// Source: reference/docker-content-trust.md, section 1, "inner PrivateKeyInfo".
  var pkcs8: SecretOctets {
    switch kind {
    case .p256: return curveKey([0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07], point: 65)
    case .p384: return curveKey([0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x22], point: 97)
    case .ed25519:
      let key = SecretOctets(publicKey.octets, secret, publicKey.octets)
      return Self.wrapped(version: 0, [0x06, 0x09, 0x2b, 0x06, 0x01, 0x04, 0x01, 0xda, 0x47, 0x0f, 0x01], key)
    case .rsa:
      return Self.wrapped(
        version: 0, [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01], secret)
    }
  }

  /// A key of SEC 1 inside; the public half stands at the end of its own structure, `point` octets long.
  private func curveKey(_ curve: [UInt8], point: Int) -> SecretOctets {
    let head: [UInt8] = [0x02, 0x01, 0x01] + DEROctets.head(0x04, secret.count)
    let half = DEROctets.value(0xa1, DEROctets.value(0x03, [0] + publicKey.octets.suffix(point)))
    let tail = DEROctets.value(0xa0, curve) + half
    let key = SecretOctets(DEROctets.head(0x30, head.count + secret.count + tail.count), head, secret, tail)
    return Self.wrapped(version: 1, [0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01] + curve, key)
  }

  private static func wrapped(version: UInt8, _ algorithm: [UInt8], _ key: SecretOctets) -> SecretOctets {
    let head = [0x02, 0x01, version] + DEROctets.value(0x30, algorithm) + DEROctets.head(0x04, key.count)
    return SecretOctets(DEROctets.head(0x30, head.count + key.count), head, key)
  }
}
