import OpenPGP
import TestSupport
import Testing
import TrustModel

@Suite("Reading signature files")
struct SignatureReadingTests {
  @Test("A signature says what it is, whose it claims to be, and when it was made and ends")
  func fields() throws {
    let key = try MadeKey.ed25519()
    let file = try SignedFile.signed(by: key) { $0.hashed = [.expires(after: 3600)] }
    let signature = try #require(try DetachedSignature.readAll(file.signatureFile).first)
    #expect(signature.type == 0)
    #expect(signature.hash == .sha512)
    #expect(signature.algorithm == 22)
    #expect(signature.created == Moment.signed)
    #expect(signature.expires == Moment.signed.advanced(by: 3600))
    #expect(signature.issuerKeyID == key.keyID)
    #expect(signature.issuerFingerprint == key.fingerprint)
  }

  @Test("A signature that names nobody and no date has none")
  func bareFields() throws {
    let file = try SignedFile.signed {
      $0.issuer = .nowhere
      $0.created = nil
    }
    let signature = try #require(try DetachedSignature.readAll(file.signatureFile).first)
    #expect(signature.created == nil)
    #expect(signature.expires == nil)
    #expect(signature.issuerKeyID == nil)
    #expect(signature.issuerFingerprint == nil)
  }

  @Test("A date beside the signed part is not believed")
  func unsignedDate() throws {
    let file = try SignedFile.signed {
      $0.created = nil
      $0.unhashed = [.created(Moment.signed), .expires(after: 10)]
    }
    let signature = try #require(try DetachedSignature.readAll(file.signatureFile).first)
    #expect(signature.created == nil)
    #expect(signature.expires == nil)
  }

  @Test("Its octets are the packet again, whatever the framing was", arguments: [MadePacket.Framing.old, .newWide])
  func octets(framing: MadePacket.Framing) throws {
    let key = try MadeKey.ed25519()
    let packet = try MadeSignature.detached.packet(by: key, over: .data([]), framing)
    let signature = try #require(try DetachedSignature.readAll(packet).first)
    #expect(try DetachedSignature.readAll(signature.octets) == [signature])
  }

  @Test(
    "What a signature file holds instead is named",
    arguments: [
      ("P-27 inline-signed message", "a signed message"), ("P-28 compressed signature", "compressed data"),
      ("P-31 certificate instead of a signature", "a key"), ("P-45 encrypted data", "an encrypted message"),
      ("P-27 cleartext message", "a message"), ("P-29 head of a key", "a key"),
    ])
  func named(shape: String, what: String) throws {
    let file = try #require(SignatureCase.all.first { $0.testDescription == shape }).make()
    #expect(throws: SignatureFileError.notDetached(what)) { try DetachedSignature.readAll(file.signatureFile) }
  }

  @Test("Versions other than 4 are refused by number", arguments: [3, 5, 6] as [UInt8])
  func versions(version: UInt8) throws {
    let file = try SignedFile.signed { $0.version = version }
    #expect(throws: SignatureFileError.unsupportedVersion(Int(version))) {
      try DetachedSignature.readAll(file.signatureFile)
    }
  }

  @Test("A literal packet in parts is named as what it is, not as a broken signature")
  func partialLengths() throws {
    let message = MadePacket.make(.literal, [UInt8](repeating: 7, count: 2000), .newPartial)
    #expect(throws: SignatureFileError.notDetached("a signed message")) { try DetachedSignature.readAll(message) }
  }
}
