import Crypto
import CryptoExtras
import SignedMetadata
import StrictJSON
import TrustModel

/// A key that signs test metadata, written as its dialect has it.
struct MadeKey {
  enum Kind { case p256, p384, ed25519, rsa }

  private enum Secret {
    case p256(P256.Signing.PrivateKey)
    case p384(P384.Signing.PrivateKey)
    case ed25519(Curve25519.Signing.PrivateKey)
    case rsa(_RSA.Signing.PrivateKey)
  }

  private let secret: Secret
  /// Members that a TUF key has beside those that are needed.
  var extra: [JSON.Member] = []
  /// The certificates of a Notary key, the leaf first; PEM.
  var certificates: String?

  init(_ kind: Kind = .p256) throws {
    secret =
      switch kind {
      case .p256: .p256(P256.Signing.PrivateKey())
      case .p384: .p384(P384.Signing.PrivateKey())
      case .ed25519: .ed25519(Curve25519.Signing.PrivateKey())
      case .rsa: .rsa(try _RSA.Signing.PrivateKey(keySize: .bits2048))
      }
  }

  /// A key of openssl's with its certificates.
  init(pem: String, certificates: String) throws {
    secret = .p256(try P256.Signing.PrivateKey(pemRepresentation: pem))
    self.certificates = certificates
  }

  /// The key object.
  func object(_ dialect: Dialect) -> JSON {
    switch dialect {
    case .tuf:
      let (type, scheme, text) = tuf
      return .object(
        [.init("keytype", JSON(type)), .init("scheme", JSON(scheme)), .init("keyval", ["public": JSON(text)])] + extra)
    case .notary:
      let (type, octets) = notary
      let text = String(decoding: Base64.encode(octets), as: UTF8.self)
      return ["keytype": JSON(type), "keyval": ["private": .null, "public": JSON(text)]]
    }
  }

  private var tuf: (type: String, scheme: String, text: String) {
    switch secret {
    case .p256(let key): ("ecdsa", "ecdsa-sha2-nistp256", key.publicKey.pemRepresentation)
    case .p384(let key): ("ecdsa", "ecdsa-sha2-nistp384", key.publicKey.pemRepresentation)
    case .ed25519(let key): ("ed25519", "ed25519", hex(Array(key.publicKey.rawRepresentation)))
    case .rsa(let key): ("rsa", "rsassa-pss-sha256", key.publicKey.pemRepresentation)
    }
  }

  private var notary: (type: String, octets: [UInt8]) {
    if let certificates { return ("ecdsa-x509", Array(certificates.utf8)) }
    return switch secret {
    case .p256(let key): ("ecdsa", Array(key.publicKey.derRepresentation))
    case .p384(let key): ("ecdsa", Array(key.publicKey.derRepresentation))
    case .ed25519(let key): ("ed25519", Array(key.publicKey.rawRepresentation))
    case .rsa(let key): ("rsa", Array(key.publicKey.derRepresentation))
    }
  }

  /// The identifier.
  func id(_ dialect: Dialect) -> String { hex(Array(SHA256.hash(data: object(dialect).canonicalForm))) }

  /// A signature as the dialect writes it, under the key's identifier or another one.
  func signature(of message: [UInt8], _ dialect: Dialect, as id: String? = nil) throws -> JSON {
    let (method, octets) = try sign(message, dialect)
    let name = JSON(id ?? self.id(dialect))
    switch dialect {
    case .tuf: return ["keyid": name, "sig": JSON(hex(octets))]
    case .notary:
      let text = String(decoding: Base64.encode(octets), as: UTF8.self)
      return ["keyid": name, "method": JSON(method), "sig": JSON(text)]
    }
  }

  private func sign(_ message: [UInt8], _ dialect: Dialect) throws -> (String, [UInt8]) {
    switch secret {
    case .p256(let key):
      let made = try key.signature(for: message)
      return ("ecdsa", Array(dialect == .tuf ? made.derRepresentation : made.rawRepresentation))
    case .p384(let key):
      if dialect == .tuf { return ("ecdsa", Array(try key.signature(for: message).derRepresentation)) }
      return ("ecdsa", Array(try key.signature(for: SHA256.hash(data: message)).rawRepresentation))
    case .ed25519(let key): return ("eddsa", Array(try key.signature(for: message)))
    case .rsa(let key):
      return ("rsapss", Array(try key.signature(for: SHA256.hash(data: message), padding: .PSS).rawRepresentation))
    }
  }
}

func hex(_ octets: [UInt8]) -> String {
  octets.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}
