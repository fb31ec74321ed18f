public import ContentSigning
internal import ContentTrust
internal import Crypto
public import SignedMetadata

/// A root key that was made just now: nothing of its secret.
public struct MadeRootKey: Hashable, Sendable {
  /// The identifier, which names its file and which docker and notary show.
  public let id: KeyID
  /// The kind.
  public let kind: PrivateSigningKey.Kind
  /// The file, absolute, without the sysroot.
  public let file: String
  /// SHA-256 over the public half in DER, in hexadecimal digits: what openssl and others compute.
  public let fingerprint: String

  /// A key by what is told of it.
  public init(id: KeyID, kind: PrivateSigningKey.Kind, file: String, fingerprint: String) {
    (self.id, self.kind, self.file, self.fingerprint) = (id, kind, file, fingerprint)
  }

  init(_ key: PrivateSigningKey, file: String) {
    let fingerprint = SHA256.hash(data: key.publicKey.octets).map { octet in
      String(octet >> 4, radix: 16) + String(octet & 15, radix: 16)
    }.joined()
    self.init(id: key.id, kind: key.kind, file: file, fingerprint: fingerprint)
  }
}

/// A copy of a root key that was read back and opened.
public struct RootKeyCopy: Hashable, Sendable {
  /// The key.
  public let id: KeyID
  /// The file, as it was named.
  public let path: String
  /// Whether it lies on the same file system as the key: whoever loses that one loses both.
  public let isBeside: Bool

  /// A copy of a key.
  public init(_ made: MadeRootKey, path: String, isBeside: Bool) {
    (id, self.path, self.isBeside) = (made.id, path, isBeside)
  }
}
