internal import Crypto
internal import SwiftASN1

/// An elliptic-curve private key of SEC 1.
///
/// Source: RFC 5915, section 3.
struct ECKeyParts: PrivateKeyParts {
  private let scalar: ArraySlice<UInt8>
  private let curve: ASN1ObjectIdentifier
  private let stated: ArraySlice<UInt8>?

  /// Reads a key; `curve` is what stands around it, which must agree with what stands in it.
  init(_ node: ASN1Node, curve outer: ASN1Node?) throws {
    let named = try outer.map { try ASN1ObjectIdentifier(derEncoded: $0) }
    (scalar, curve, stated) = try DER.sequence(node, identifier: .sequence) { nodes in
      guard try Int(derEncoded: &nodes) == 1 else { throw SigningKeyFileError.structure }
      let scalar = try ASN1OctetString(derEncoded: &nodes).bytes
      let inner = try DER.optionalExplicitlyTagged(&nodes, tagNumber: 0, tagClass: .contextSpecific) {
        try ASN1ObjectIdentifier(derEncoded: $0)
      }
      let stated = try DER.optionalExplicitlyTagged(&nodes, tagNumber: 1, tagClass: .contextSpecific) {
        try ASN1BitString(derEncoded: $0).bytes
      }
      guard let curve = named ?? inner, inner ?? curve == curve else { throw SigningKeyFileError.structure }
      return (scalar, curve, stated)
    }
  }

  var half: PrivateKeyHalf {
    switch curve {
    case [1, 2, 840, 10045, 3, 1, 7]: .p256(scalar)
    case [1, 3, 132, 0, 34]: .p384(scalar)
    default: .unused
    }
  }

  func publicKey() throws -> SigningPublicKey {
    switch curve {
    case [1, 2, 840, 10045, 3, 1, 7]:
      return try key("p-256", .fit, 32) {
        Array(try P256.Signing.PrivateKey(rawRepresentation: $0).publicKey.x963Representation)
      }
    case [1, 3, 132, 0, 34]:
      return try key("p-384", .fit, 48) {
        Array(try P384.Signing.PrivateKey(rawRepresentation: $0).publicKey.x963Representation)
      }
    case [1, 3, 132, 0, 35]:
      return try key("p-521", .unused, 66) {
        Array(try P521.Signing.PrivateKey(rawRepresentation: $0).publicKey.x963Representation)
      }
    case [1, 3, 132, 0, 33]:
      // No arithmetic on this curve here: the stated half is taken at its word.
      guard let stated, stated.count == 57 else { throw SigningKeyFileError.structure }
      return try key("p-224", .unused, 28) { _ in Array(stated) }
    default: throw SigningKeyFileError.algorithm("\(curve)")
    }
  }

  private func key(
    _ name: String, _ fitness: SigningPublicKey.Fitness, _ size: Int, _ point: (ArraySlice<UInt8>) throws -> [UInt8]
  ) throws -> SigningPublicKey {
    let made = try padded(to: size, point)
    guard stated.map({ made.elementsEqual($0) }) ?? true else { throw SigningKeyFileError.halves }
    var serializer = DER.Serializer()
    try serializer.appendConstructedNode(identifier: .sequence) {
      try $0.serialize([1, 2, 840, 10045, 2, 1] as ASN1ObjectIdentifier)
      try $0.serialize(curve)
    }
    return SigningPublicKey(
      family: "ecdsa", octets: DEROctets.publicKeyInfo(serializer.serializedBytes, made), algorithm: "ecdsa \(name)",
      fitness: fitness)
  }

  /// Lets `body` have the scalar as long as its curve wants it: some programs leave zeros at its beginning away.
  private func padded<Result>(to size: Int, _ body: (ArraySlice<UInt8>) throws -> Result) throws -> Result {
    let digits = scalar.count > size ? scalar.drop { $0 == 0 } : scalar
    guard digits.count <= size else { throw SigningKeyFileError.structure }
    if digits.count == size { return try body(digits) }
    var longer = [UInt8](repeating: 0, count: size)
    defer { for index in longer.indices { longer[index] = 0 } }
    longer.replaceSubrange((size - digits.count)..., with: digits)
    return try body(longer[...])
  }
}
