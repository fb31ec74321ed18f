internal import TrustModel
internal import Crypto

/// The numbers of a public key with which signatures are checked.
enum PublicKeyMaterial: Sendable, Equatable {
  case rsa(modulus: MultiprecisionInteger, exponent: MultiprecisionInteger)
  /// The point in the uncompressed form, 0x04 first.
  case ecdsa(KeyAlgorithm.Curve, point: [UInt8])
  /// 32 octets.
  case ed25519([UInt8])
  /// Nothing that signatures are checked with here.
  case none
}

/// A version 4 public key or subkey packet.
///
/// Source: RFC 4880, section 5.5.2; RFC 6637; RFC 9580, section 5.5.5 for EdDSA in its first form (algorithm 22).
struct PublicKey: Sendable, Equatable {
  let fingerprint: Fingerprint
  let created: Timestamp
  let algorithm: KeyAlgorithm
  let material: PublicKeyMaterial
  let body: [UInt8]

  /// What a signature over the key hashes.
  ///
  /// Source: RFC 4880, section 5.2.4.
  var hashed: [UInt8] { [0x99, UInt8(body.count >> 8 & 0xff), UInt8(body.count & 0xff)] + body }

  init(_ packet: Packet) throws(CertificateError) {
    guard let version = packet.body.first else { throw .malformed("empty key packet") }
    guard version == 4 else { throw .unsupportedVersion(Int(version)) }
    guard packet.body.count <= 0xffff else { throw .malformed("key packet longer than its fingerprint allows") }
    do throws(Malformed) {
      var reader = OctetReader(packet.body.dropFirst())
      created = Timestamp(seconds: Int64(try reader.number(octets: 4, "key")))
      (algorithm, material) = try Self.numbers(&reader)
    } catch { throw .malformed(error.what) }
    body = Array(packet.body)
    let head: [UInt8] = [0x99, UInt8(body.count >> 8), UInt8(body.count & 0xff)]
    var hash = Insecure.SHA1()
    hash.update(data: head)
    hash.update(data: body)
    guard let fingerprint = Fingerprint(octets: Array(hash.finalize())) else { throw .malformed("no fingerprint") }
    self.fingerprint = fingerprint
  }

  private static func numbers(_ reader: inout OctetReader) throws(Malformed) -> (KeyAlgorithm, PublicKeyMaterial) {
    let number = try reader.octet("key")
    let result: (KeyAlgorithm, PublicKeyMaterial)
    switch number {
    case 1, 2, 3:
      let modulus = try reader.integer("RSA modulus")
      let exponent = try reader.integer("RSA exponent")
      result = (KeyAlgorithm(.rsa, bits: modulus.bits), .rsa(modulus: modulus, exponent: exponent))
    case 16, 20: result = (KeyAlgorithm(.elgamal, bits: try bits(of: 3, "ElGamal key", &reader)), .none)
    case 17: result = (KeyAlgorithm(.dsa, bits: try bits(of: 4, "DSA key", &reader)), .none)
    case 18:
      let curve = try reader.octets(Int(try reader.octet("ECDH curve")), "ECDH curve")
      _ = try reader.integer("ECDH point")
      _ = try reader.octets(Int(try reader.octet("ECDH parameters")), "ECDH parameters")
      result = (KeyAlgorithm(.ecdh, bits: Self.curve(curve).bits), .none)
    case 19:
      let (curve, bits) = Self.curve(try reader.octets(Int(try reader.octet("ECDSA curve")), "ECDSA curve"))
      let point = try reader.integer("ECDSA point")
      result = (KeyAlgorithm(.ecdsa(curve), bits: bits), curve == .other ? .none : .ecdsa(curve, point: point.octets))
    case 22: result = try edwards(&reader)
    default: return (KeyAlgorithm(.unknown(number), bits: 0), .none)
    }
    guard reader.isAtEnd else { throw Malformed(what: "octets after the key's numbers") }
    return result
  }

  private static func edwards(_ reader: inout OctetReader) throws(Malformed) -> (KeyAlgorithm, PublicKeyMaterial) {
    let curve = try reader.octets(Int(try reader.octet("EdDSA curve")), "EdDSA curve")
    let point = try reader.integer("EdDSA point")
    guard curve.elementsEqual([0x2b, 0x06, 0x01, 0x04, 0x01, 0xda, 0x47, 0x0f, 0x01]) else {
      return (KeyAlgorithm(.unknown(22), bits: 0), .none)
    }
    guard point.octets.count == 33, point.octets[0] == 0x40 else {
      throw Malformed(what: "EdDSA point of another form")
    }
    return (KeyAlgorithm(.ed25519, bits: 255), .ed25519(Array(point.octets.dropFirst())))
  }

  /// Reads `count` integers; the first one's size counts.
  private static func bits(of count: Int, _ what: String, _ reader: inout OctetReader) throws(Malformed) -> Int {
    let first = try reader.integer(what)
    for _ in 1..<count { _ = try reader.integer(what) }
    return first.bits
  }

  /// A curve by its object identifier.
  ///
  /// Source: RFC 6637, section 11.
  private static func curve(_ identifier: ArraySlice<UInt8>) -> (curve: KeyAlgorithm.Curve, bits: Int) {
    switch Array(identifier) {
    case [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07]: (.p256, 256)
    case [0x2b, 0x81, 0x04, 0x00, 0x22]: (.p384, 384)
    case [0x2b, 0x81, 0x04, 0x00, 0x23]: (.p521, 521)
    // Curve25519 for encryption.
    case [0x2b, 0x06, 0x01, 0x04, 0x01, 0x97, 0x55, 0x01, 0x05, 0x01]: (.other, 255)
    default: (.other, 0)
    }
  }
}
