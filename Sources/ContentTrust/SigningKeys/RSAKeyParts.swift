internal import Crypto
internal import CryptoExtras
internal import SwiftASN1

/// An RSA private key of PKCS#1.
///
/// Source: RFC 8017, appendix A.1.2.
struct RSAKeyParts: PrivateKeyParts {
  private let octets: ArraySlice<UInt8>
  private let modulus: ArraySlice<UInt8>
  private let exponent: ArraySlice<UInt8>

  /// The shortest modulus that docker and notary take, in bits.
  static let shortest = 2_048
  /// A longer modulus is not computed with, in bits.
  static let longest = 8_192

  init(_ octets: ArraySlice<UInt8>) throws {
    (modulus, exponent) = try DER.sequence(DER.parse(octets), identifier: .sequence) { nodes in
      guard try Int(derEncoded: &nodes) == 0 else { throw SigningKeyFileError.structure }
      let halves = (try Self.number(nodes.next()), try Self.number(nodes.next()))
      var rest = 0
      while let node = nodes.next() {
        _ = try Self.number(node)
        rest += 1
      }
      guard rest == 6 else { throw SigningKeyFileError.structure }
      return halves
    }
    self.octets = octets
  }

  /// The octets of a positive number, as they stand.
  private static func number(_ node: ASN1Node?) throws -> ArraySlice<UInt8> {
    guard let node, node.identifier == .integer, case .primitive(let octets) = node.content, let first = octets.first,
      first < 0x80
    else { throw SigningKeyFileError.structure }
    return octets
  }

  private var bits: Int {
    let digits = modulus.drop { $0 == 0 }
    return digits.count * 8 - (digits.first?.leadingZeroBitCount ?? 0)
  }

  var half: PrivateKeyHalf { .rsa(octets) }

  func publicKey() throws -> SigningPublicKey {
    let key = DEROctets.value(0x30, DEROctets.value(0x02, Array(modulus)) + DEROctets.value(0x02, Array(exponent)))
    let algorithm: [UInt8] = [
      0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00,
    ]
    let fitness: SigningPublicKey.Fitness =
      bits < Self.shortest ? .short(bits) : bits > Self.longest ? .unused : .fit
    // BoringSSL compares all numbers with each other.
    if fitness == .fit, (try? _RSA.Signing.PrivateKey(derRepresentation: octets)) == nil {
      throw SigningKeyFileError.halves
    }
    return SigningPublicKey(
      family: "rsa", octets: DEROctets.publicKeyInfo(algorithm, key), algorithm: "rsa \(bits)", fitness: fitness)
  }
}
