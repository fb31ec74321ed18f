internal import SwiftASN1

/// What an encrypted PKCS#8 key says of its own encryption.
///
/// Source: RFC 5958, section 3; RFC 8018, appendix A.4.
struct EncryptedKeyParts: DERParseable {
  let protection: KeyProtection

  struct Malformed: Error {}

  init(derEncoded node: ASN1Node) throws {
    protection = try DER.sequence(node, identifier: .sequence) { nodes in
      guard let algorithm = nodes.next() else { throw Malformed() }
      guard try ASN1OctetString(derEncoded: &nodes).bytes.isEmpty == false else { throw Malformed() }
      return try Self.protection(algorithm)
    }
  }

  private static func protection(_ node: ASN1Node) throws -> KeyProtection {
    try DER.sequence(node, identifier: .sequence) { nodes in
      let scheme = try ASN1ObjectIdentifier(derEncoded: &nodes)
      let parameters = nodes.next()
      guard scheme == [1, 2, 840, 113549, 1, 5, 13] else {
        return .passphrase(.other("\(scheme)"), cipher: "\(scheme)")
      }
      guard let parameters else { throw Malformed() }
      return try DER.sequence(parameters, identifier: .sequence) { nodes in
        guard let derivation = nodes.next(), let cipher = nodes.next() else { throw Malformed() }
        return .passphrase(try Self.derivation(derivation), cipher: try Self.cipher(cipher))
      }
    }
  }

  private static func derivation(_ node: ASN1Node) throws -> KeyDerivation {
    try DER.sequence(node, identifier: .sequence) { nodes in
      let identifier = try ASN1ObjectIdentifier(derEncoded: &nodes)
      guard let parameters = nodes.next() else { return .other("\(identifier)") }
      switch identifier {
      case [1, 2, 840, 113549, 1, 5, 12]: return try Self.pbkdf2(parameters)
      case [1, 3, 6, 1, 4, 1, 11591, 4, 11]: return try Self.scrypt(parameters)
      default: return .other("\(identifier)")
      }
    }
  }

  private static func pbkdf2(_ node: ASN1Node) throws -> KeyDerivation {
    try DER.sequence(node, identifier: .sequence) { nodes in
      let salt = try ASN1OctetString(derEncoded: &nodes).bytes
      let rounds = try Int(derEncoded: &nodes)
      guard rounds > 0, !salt.isEmpty else { throw Malformed() }
      var hash = KeyDerivation.Hash.sha1
      while let node = nodes.next() {
        if node.identifier == .integer { continue }
        guard let named = try Self.hash(node) else { return .other("pbkdf2 with an unknown function") }
        hash = named
      }
      return .pbkdf2(hash, rounds: rounds, salt: salt.count)
    }
  }

  private static func hash(_ node: ASN1Node) throws -> KeyDerivation.Hash? {
    switch try Self.identifier(node) {
    case [1, 2, 840, 113549, 2, 7]: .sha1
    case [1, 2, 840, 113549, 2, 8]: .sha224
    case [1, 2, 840, 113549, 2, 9]: .sha256
    case [1, 2, 840, 113549, 2, 10]: .sha384
    case [1, 2, 840, 113549, 2, 11]: .sha512
    default: nil
    }
  }

  private static func scrypt(_ node: ASN1Node) throws -> KeyDerivation {
    try DER.sequence(node, identifier: .sequence) { nodes in
      _ = try ASN1OctetString(derEncoded: &nodes)
      let (cost, blockSize) = (try Int(derEncoded: &nodes), try Int(derEncoded: &nodes))
      let parallel = try Int(derEncoded: &nodes)
      while nodes.next() != nil {}
      guard cost > 0, blockSize > 0, parallel > 0 else { throw Malformed() }
      return .scrypt(cost: cost, blockSize: blockSize, parallel: parallel)
    }
  }

  private static func cipher(_ node: ASN1Node) throws -> String {
    let identifier = try identifier(node)
    switch identifier {
    case [2, 16, 840, 1, 101, 3, 4, 1, 2]: return "aes-128-cbc"
    case [2, 16, 840, 1, 101, 3, 4, 1, 22]: return "aes-192-cbc"
    case [2, 16, 840, 1, 101, 3, 4, 1, 42]: return "aes-256-cbc"
    case [1, 2, 840, 113549, 3, 7]: return "des-ede3-cbc"
    case [1, 3, 14, 3, 2, 7]: return "des-cbc"
    default: return "\(identifier)"
    }
  }

  private static func identifier(_ node: ASN1Node) throws -> ASN1ObjectIdentifier {
    try DER.sequence(node, identifier: .sequence) { nodes in
      let identifier = try ASN1ObjectIdentifier(derEncoded: &nodes)
      while nodes.next() != nil {}
      return identifier
    }
  }
}
