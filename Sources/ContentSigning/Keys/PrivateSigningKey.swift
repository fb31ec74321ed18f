public import ContentTrust
public import SignedMetadata
internal import TrustModel

/// A private key of content trust: its secret part in memory that is locked and wiped, and its public half.
///
/// The secret part is lent to the cryptography for one signature at a time.
public struct PrivateSigningKey: Sendable {
  /// The kinds that are made.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// ECDSA on NIST P-256: what docker and notary make.
    case p256 = "ecdsa-p256"
    /// ECDSA on NIST P-384; docker and notary use it.
    case p384 = "ecdsa-p384"
    /// Ed25519; docker and notary use it where its file is in Notary's own form.
    case ed25519
    /// RSA of 3072 bits.
    case rsa
  }

  /// The kind.
  public let kind: Kind
  /// The scalar in the length of its curve, the seed, or PKCS#1.
  let secret: SecretOctets
  /// The public half.
  public let publicKey: SigningPublicKey

  /// The identifier of the bare key, which names its file.
  public var id: KeyID { publicKey.id }

  /// A key that is not encrypted, or no longer.
  ///
  /// - Throws: `SigningKeyError`; `unfit` where it signs nothing that others take.
  init(plain octets: borrowing SecretBuffer, _ form: PlainKeyParts.Form) throws(SigningKeyError) {
    self = try octets.withArray { octets throws(SigningKeyError) in
      let parts: PlainKeyParts
      do throws(SigningKeyFileError) {
        parts = try PlainKeyParts(octets, form)
      } catch {
        throw .file(error)
      }
      return try PrivateSigningKey(parts)
    }
  }

  private init(_ parts: PlainKeyParts) throws(SigningKeyError) {
    guard parts.publicKey.fitness == .fit else { throw .unfit(parts.publicKey.algorithm) }
    publicKey = parts.publicKey
    switch parts.half {
    case .p256(let scalar): (kind, secret) = (.p256, Self.padded(scalar, to: 32))
    case .p384(let scalar): (kind, secret) = (.p384, Self.padded(scalar, to: 48))
    case .ed25519(let seed): (kind, secret) = (.ed25519, SecretOctets(seed))
    case .rsa(let octets): (kind, secret) = (.rsa, SecretOctets(octets))
    case .unused: throw .unfit(parts.publicKey.algorithm)
    }
  }

  /// The scalar in the length of its curve: some programs leave zeros at its beginning away.
  private static func padded(_ scalar: ArraySlice<UInt8>, to size: Int) -> SecretOctets {
    let digits = scalar.count > size ? scalar.dropFirst(scalar.count - size) : scalar
    return SecretOctets([UInt8](repeating: 0, count: size - digits.count), digits)
  }
}
