internal import Crypto
internal import CryptoExtras
internal import FoundationEssentials
internal import TrustModel

/// A signature as metadata holds it.
public struct MadeSignature: Hashable, Sendable {
  /// The word for how it was made: `ecdsa`, `eddsa`, `rsapss`.
  public let method: String
  /// The signature: r and s in the length of the curve each; for the others as their standards have it.
  public let octets: [UInt8]
}

extension PrivateSigningKey {
  /// Signs a message as Notary has it: ECDSA over SHA-256 whatever the curve, Ed25519, or RSASSA-PSS with SHA-256.
  ///
  /// Source: reference/docker-content-trust.md, section 2, "Methods".
  ///
  /// - Throws: `SigningKeyError.cryptography`.
  public func signature(over message: [UInt8]) throws(SigningKeyError) -> MadeSignature {
    do {
      return try unsafe secret.withUnsafeBytes { octets in
        let made = try unsafe signed(message, octets)
        return MadeSignature(method: method, octets: Array(made))
      }
    } catch {
      throw .cryptography("key \(id) does not sign: \(error)")
    }
  }

  private var method: String {
    switch kind {
    case .p256, .p384: "ecdsa"
    case .ed25519: "eddsa"
    case .rsa: "rsapss"
    }
  }

  private func signed(_ message: [UInt8], _ secret: UnsafeRawBufferPointer) throws -> Data {
    switch kind {
    case .p256:
      return try unsafe P256.Signing.PrivateKey(rawRepresentation: secret).signature(for: message).rawRepresentation
    case .p384:
      // Notary hashes with SHA-256 for every curve.
      return try unsafe P384.Signing.PrivateKey(rawRepresentation: secret)
        .signature(for: SHA256.hash(data: message)).rawRepresentation
    case .ed25519:
      return try unsafe Curve25519.Signing.PrivateKey(rawRepresentation: secret).signature(for: message)
    case .rsa:
      return try unsafe _RSA.Signing.PrivateKey(derRepresentation: secret)
        .signature(for: SHA256.hash(data: message), padding: .PSS).rawRepresentation
    }
  }
}
