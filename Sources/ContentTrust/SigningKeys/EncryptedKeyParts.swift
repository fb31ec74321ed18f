package import SwiftASN1

/// What an encrypted PKCS#8 key says of its own encryption, and what is encrypted.
///
/// Source: RFC 5958, section 3; RFC 8018, appendix A.4.
package struct EncryptedKeyParts: DERParseable {
  package let protection: KeyProtection
  /// What is mixed into the passphrase; empty where the scheme is not known.
  package private(set) var salt: [UInt8] = []
  /// What the cipher starts with; empty where it is not known.
  package private(set) var startingValue: [UInt8] = []
  /// What is encrypted.
  package let ciphertext: [UInt8]

  struct Malformed: Error {}

  package init(derEncoded node: ASN1Node) throws {
    let (algorithm, octets) = try DER.sequence(node, identifier: .sequence) { nodes in
      guard let algorithm = nodes.next() else { throw Malformed() }
      return (algorithm, try ASN1OctetString(derEncoded: &nodes).bytes)
    }
    guard !octets.isEmpty else { throw Malformed() }
    ciphertext = Array(octets)
    let (scheme, parameters) = try Self.named(algorithm)
    guard scheme == [1, 2, 840, 113549, 1, 5, 13] else {
      protection = .passphrase(.other("\(scheme)"), cipher: "\(scheme)")
      return
    }
    guard let parameters else { throw Malformed() }
    let (derivation, cipher) = try DER.sequence(parameters, identifier: .sequence) { nodes in
      guard let derivation = nodes.next(), let cipher = nodes.next() else { throw Malformed() }
      return (try Self.derivation(derivation), try Self.cipher(cipher))
    }
    protection = .passphrase(derivation.derivation, cipher: cipher.name)
    (salt, startingValue) = (derivation.salt, cipher.startingValue)
  }

  /// An algorithm's identifier, and its first parameter.
  private static func named(_ node: ASN1Node) throws -> (ASN1ObjectIdentifier, ASN1Node?) {
    try DER.sequence(node, identifier: .sequence) { nodes in
      let named = (try ASN1ObjectIdentifier(derEncoded: &nodes), nodes.next())
      while nodes.next() != nil {}
      return named
    }
  }

  private static func derivation(_ node: ASN1Node) throws -> (derivation: KeyDerivation, salt: [UInt8]) {
    let (identifier, parameters) = try named(node)
    guard let parameters else { return (.other("\(identifier)"), []) }
    switch identifier {
    case [1, 2, 840, 113549, 1, 5, 12]: return try Self.pbkdf2(parameters)
    case [1, 3, 6, 1, 4, 1, 11591, 4, 11]: return try Self.scrypt(parameters)
    default: return (.other("\(identifier)"), [])
    }
  }

  private static func pbkdf2(_ node: ASN1Node) throws -> (derivation: KeyDerivation, salt: [UInt8]) {
    try DER.sequence(node, identifier: .sequence) { nodes in
      let salt = Array(try ASN1OctetString(derEncoded: &nodes).bytes)
      let rounds = try Int(derEncoded: &nodes)
      guard rounds > 0, !salt.isEmpty else { throw Malformed() }
      var hash = KeyDerivation.Hash.sha1
      while let node = nodes.next() {
        if node.identifier == .integer { continue }
        guard let named = try Self.hash(node) else { return (.other("pbkdf2 with an unknown function"), []) }
        hash = named
      }
      return (.pbkdf2(hash, rounds: rounds, salt: salt.count), salt)
    }
  }

  private static func hash(_ node: ASN1Node) throws -> KeyDerivation.Hash? {
    switch try named(node).0 {
    case [1, 2, 840, 113549, 2, 7]: .sha1
    case [1, 2, 840, 113549, 2, 8]: .sha224
    case [1, 2, 840, 113549, 2, 9]: .sha256
    case [1, 2, 840, 113549, 2, 10]: .sha384
    case [1, 2, 840, 113549, 2, 11]: .sha512
    default: nil
    }
  }

  private static func scrypt(_ node: ASN1Node) throws -> (derivation: KeyDerivation, salt: [UInt8]) {
    try DER.sequence(node, identifier: .sequence) { nodes in
      let salt = Array(try ASN1OctetString(derEncoded: &nodes).bytes)
      let (cost, blockSize) = (try Int(derEncoded: &nodes), try Int(derEncoded: &nodes))
      let parallel = try Int(derEncoded: &nodes)
      while nodes.next() != nil {}
      guard cost > 0, blockSize > 0, parallel > 0 else { throw Malformed() }
      return (.scrypt(cost: cost, blockSize: blockSize, parallel: parallel), salt)
    }
  }

  private static func cipher(_ node: ASN1Node) throws -> (name: String, startingValue: [UInt8]) {
    let (identifier, parameters) = try named(node)
    let start = parameters.flatMap { try? ASN1OctetString(derEncoded: $0).bytes } ?? []
    let name =
      switch identifier {
      case [2, 16, 840, 1, 101, 3, 4, 1, 2]: "aes-128-cbc"
      case [2, 16, 840, 1, 101, 3, 4, 1, 22]: "aes-192-cbc"
      case [2, 16, 840, 1, 101, 3, 4, 1, 42]: "aes-256-cbc"
      case [1, 2, 840, 113549, 3, 7]: "des-ede3-cbc"
      case [1, 3, 14, 3, 2, 7]: "des-cbc"
      default: "\(identifier)"
      }
    return (name, Array(start))
  }
}
