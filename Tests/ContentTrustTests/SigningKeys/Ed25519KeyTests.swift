import ContentTrust
import SignedMetadata
import TestSupport
import Testing
import TrustModel

/// Ed25519 keys in the form of notary's library, which neither of the two programs makes.
@Suite("Ed25519 keys in Notary's form")
struct Ed25519KeyTests {
  /// Seed and public half of a key of openssl.
  private func halves(_ shop: borrowing KeyShop) throws -> (seed: [UInt8], public: [UInt8]) {
    func octets(_ line: String) throws -> [UInt8] {
      Array(try #require(Base64.decode(try shop.shell(line).utf8)))
    }
    try shop.shell("openssl genpkey -algorithm ed25519 -out k.pem")
    return (
      try octets("openssl pkey -in k.pem -outform DER | tail -c 32 | base64 -w0"),
      try octets("openssl pkey -in k.pem -pubout -outform DER | tail -c 32 | base64 -w0")
    )
  }

  private func pem(_ octets: [UInt8], _ label: String) -> String {
    let text = String(decoding: Base64.encode(octets), as: UTF8.self)
    return "-----BEGIN \(label)-----\nrole: snapshot\ngun: example.com/app\n\n\(text)\n-----END \(label)-----\n"
  }

  @Test("Both of Notary's forms are read, and their halves compared")
  func forms() throws {
    let shop = try KeyShop()
    let (seed, half) = try halves(shop)
    let id = try shop.opensslID("k.pem", "ed25519")
    let old = try recognise(pem(half + seed + half, "ED25519 PRIVATE KEY"))
    #expect(old.form == .ed25519 && old.id?.description == id && old.repository == "example.com/app")
    #expect(old.obstacleToDocker == nil)
    let inner: [UInt8] = [0x04, 96] + half + seed + half
    let algorithm: [UInt8] = [0x30, 0x0b, 0x06, 0x09, 0x2b, 0x06, 0x01, 0x04, 0x01, 0xda, 0x47, 0x0f, 0x01]
    let body = [0x02, 0x01, 0x00] + algorithm + inner
    let new = try recognise(pem([0x30, UInt8(body.count)] + body, "PRIVATE KEY"))
    #expect(new.form == .pkcs8(version: 0) && new.id?.description == id && new.obstacleToDocker == nil)

    var other = half
    other[0] ^= 1
    #expect(throws: SigningKeyFileError.halves) {
      try recognise(pem(other + seed + other, "ED25519 PRIVATE KEY"))
    }
    for wrong in [half + seed, half + seed + half + [0], half + seed + seed] {
      #expect(throws: SigningKeyFileError.structure) { try recognise(pem(wrong, "ED25519 PRIVATE KEY")) }
    }
  }
}
