internal import SwiftASN1

/// A private key that is not encrypted, taken apart: its public half, which is checked against the private one.
///
/// The private half is a slice of the octets that were read: it must not outlive their owner.
package struct PlainKeyParts {
  /// The form of the octets.
  package enum Form { case pkcs8, sec1, pkcs1, ed25519 }

  package let publicKey: SigningPublicKey
  /// Where the private half stands.
  package let half: PrivateKeyHalf
  /// The version of PKCS#8; nil for the other forms.
  private(set) var version: Int?
  /// Whether it is an Ed25519 key in the form of RFC 8410, which docker and notary do not read.
  private(set) var isForeign = false

  /// Reads a key; `octets` is wiped by whoever owns it.
  package init(_ octets: [UInt8], _ form: Form) throws(SigningKeyFileError) {
    do {
      switch form {
      case .pkcs8: self = try Self.pkcs8(octets)
      case .sec1: self = try .init(ECKeyParts(DER.parse(octets), curve: nil))
      case .pkcs1: self = try .init(RSAKeyParts(octets[...]))
      case .ed25519: self = try .init(Self.ed25519(octets[...]))
      }
    } catch let error as SigningKeyFileError {
      throw error
    } catch {
      throw .structure
    }
  }

  private init(_ parts: some PrivateKeyParts, version: Int? = nil, isForeign: Bool = false) throws {
    (publicKey, half) = (try parts.publicKey(), parts.half)
    (self.version, self.isForeign) = (version, isForeign)
  }

  private static func pkcs8(_ octets: [UInt8]) throws -> PlainKeyParts {
    try DER.sequence(DER.parse(octets), identifier: .sequence) { nodes in
      let version = try Int(derEncoded: &nodes)
      guard version == 0 || version == 1, let algorithm = nodes.next() else {
        throw SigningKeyFileError.structure
      }
      let key = try ASN1OctetString(derEncoded: &nodes).bytes
      // Attributes and, in version 1, the public half again.
      while nodes.next() != nil {}
      let (identifier, parameters) = try Self.algorithm(algorithm)
      switch identifier {
      case [1, 2, 840, 10045, 2, 1]:
        return try .init(ECKeyParts(DER.parse(key), curve: parameters), version: version)
      case [1, 2, 840, 113549, 1, 1, 1]: return try .init(RSAKeyParts(key), version: version)
      case [1, 3, 6, 1, 4, 1, 11591, 15, 1]: return try .init(ed25519(key), version: version)
      case [1, 3, 101, 112]:
        let seed = try ASN1OctetString(derEncoded: DER.parse(key)).bytes
        return try .init(Ed25519KeyParts(seed: seed), version: version, isForeign: true)
      default: throw SigningKeyFileError.algorithm("\(identifier)")
      }
    }
  }

  private static func algorithm(_ node: ASN1Node) throws -> (ASN1ObjectIdentifier, ASN1Node?) {
    try DER.sequence(node, identifier: .sequence) { nodes in
      (try ASN1ObjectIdentifier(derEncoded: &nodes), nodes.next())
    }
  }

  /// Notary's own form: the public half, then seed and public half again.
  private static func ed25519(_ octets: ArraySlice<UInt8>) throws -> Ed25519KeyParts {
    guard octets.count == 96, octets.prefix(32).elementsEqual(octets.suffix(32)) else {
      throw SigningKeyFileError.structure
    }
    let seed = octets.dropFirst(32).prefix(32)
    return try Ed25519KeyParts(seed: seed, stated: octets.prefix(32))
  }
}

/// What the parts of a private key of one kind give.
protocol PrivateKeyParts {
  /// The public half, computed from the private one; it must be the stated one where one is.
  func publicKey() throws -> SigningPublicKey
  /// Where the private half stands.
  var half: PrivateKeyHalf { get }
}
