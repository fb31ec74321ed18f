internal import Crypto

/// An Ed25519 private key: its seed.
struct Ed25519KeyParts: PrivateKeyParts {
  private let seed: ArraySlice<UInt8>
  private let stated: ArraySlice<UInt8>?

  init(seed: ArraySlice<UInt8>, stated: ArraySlice<UInt8>? = nil) throws(SigningKeyFileError) {
    guard seed.count == 32 else { throw .structure }
    (self.seed, self.stated) = (seed, stated)
  }

  var half: PrivateKeyHalf { .ed25519(seed) }

  func publicKey() throws -> SigningPublicKey {
    let made = Array(try Curve25519.Signing.PrivateKey(rawRepresentation: seed).publicKey.rawRepresentation)
    guard stated.map({ made.elementsEqual($0) }) ?? true else { throw SigningKeyFileError.halves }
    return SigningPublicKey(family: "ed25519", octets: made, algorithm: "ed25519", fitness: .fit)
  }
}
