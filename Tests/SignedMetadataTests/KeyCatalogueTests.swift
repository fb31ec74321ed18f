@testable import SignedMetadata
import StrictJSON
import Testing
import TrustModel

/// The rows of the catalogue (security.md, section 3.1) about keys and signatures that no repository here makes by itself.
@Suite("Keys and signatures of signed metadata")
struct KeyCatalogueTests {
  /// A root that lists one more key, which no role names.
  private func error(_ dialect: Dialect, listing key: JSON) throws -> MetadataError? {
    var repository = try MadeRepository(dialect, targets: 1)
    let client = Client(root: repository.documents[.root])
    repository.spoil[.root] = { body in
      let members = body["keys"]?.members ?? []
      let id = JSONString(KeyID(digest: SHA.digest(key.canonicalForm)).description)
      body.set(["keys"], .object(members + [.init(id, key)]))
    }
    try repository.rotate { _ in }
    try repository.publish()
    return client.update(from: repository).error
  }

  private func notaryKey(_ type: String, _ octets: [UInt8]) -> JSON {
    ["keytype": JSON(type), "keyval": ["private": .null, "public": JSON(Self.base64(octets))]]
  }

  private static func base64(_ octets: [UInt8]) -> String { String(decoding: Base64.encode(octets), as: UTF8.self) }

  @Test("T-40: keys that are too weak, too large, of another curve or off it are refused, and named")
  func weak() throws {
    var offCurve = try #require(
      Base64.decode(MadeKey().object(.notary)["keyval"]?["public"]?.string?.text.utf8 ?? "".utf8))
    #expect(try error(.notary, listing: notaryKey("ecdsa", offCurve)) == nil)
    offCurve[offCurve.count - 1] ^= 1
    let bad: [(String, [UInt8])] = [
      ("ecdsa", offCurve), ("ecdsa", try octets(Vector.p224)), ("rsa", try octets(Vector.rsa1024)),
      ("rsa", DER.rsa(bits: 512)), ("rsa", DER.rsa(bits: 16_384)), ("rsa", DER.rsa(bits: 2_048, exponent: [1])),
      ("ed25519", [1] + [UInt8](repeating: 0, count: 31)), ("ed25519", [UInt8](repeating: 0, count: 32)),
      ("ed25519", [UInt8](repeating: 7, count: 31)), ("dsa", offCurve),
    ]
    for (type, octets) in bad {
      guard case .key? = try error(.notary, listing: notaryKey(type, octets))?.rule else {
        Issue.record("\(type) of \(octets.count) octets was taken")
        continue
      }
    }
  }

  @Test("T-40: RSA keys of 2048 and of 8192 bits are taken, of 8200 no more")
  func sizes() throws {
    for (bits, isTaken) in [(2_048, true), (8_192, true), (8_200, false)] {
      let found = try error(.notary, listing: notaryKey("rsa", DER.rsa(bits: bits)))
      #expect((found == nil) == isTaken, "\(bits): \(String(describing: found))")
    }
  }

  @Test("T-42: PSS counts with SHA-256 and a salt of 32 octets alone")
  func salts() throws {
    let material = try #require(KeyMaterial(subjectPublicKeyInfo: try octets(Vector.rsa)))
    let message = Array("signed by hand".utf8)
    func isValid(_ signature: String) throws -> Bool {
      SignatureMethod.rsaPSS.isValid(try octets(signature), over: message, by: material)
    }
    #expect(try isValid(Vector.salt32))
    #expect(try !isValid(Vector.salt20))
    #expect(try !isValid(Vector.sha384))
    #expect(!SignatureMethod.rsaPKCS1.isValid(try octets(Vector.salt32), over: message, by: material))
  }

  @Test("T-41: DER with octets behind it, with r or s of 0, and r beyond the order are no signatures")
  func der() throws {
    let key = try MadeKey()
    let message = Array("message".utf8)
    let text = try key.signature(of: message, .tuf)["sig"]?.string?.text ?? ""
    let good = try #require(Hex.octets(text))
    let object = key.object(.tuf)
    let id = KeyID(digest: SHA.digest(object.canonicalForm)).description
    let read = try MetadataKey(object, under: JSONString(id), of: .targets, .tuf)
    #expect(SignatureMethod.ecdsaDER.isValid(good, over: message, by: read.material))
    let order = try #require(Hex.octets("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"))
    let bad: [[UInt8]] = [
      good + [0], Array(good.dropLast()), DER.sequence([[2, 1, 0], [2, 1, 1]]), DER.sequence([[2, 1, 1], [2, 1, 0]]),
      DER.sequence([[2, 33, 0] + order, [2, 1, 1]]), DER.sequence([[2, 1, 0x81], [2, 1, 1]]), [],
    ]
    for octets in bad { #expect(!SignatureMethod.ecdsaDER.isValid(octets, over: message, by: read.material)) }
  }

  private func octets(_ text: String) throws -> [UInt8] { try #require(Base64.decode(text.utf8)) }
}

/// Just enough DER for keys that no library would make.
private enum DER {
  static func sequence(_ parts: [[UInt8]]) -> [UInt8] { tagged(0x30, parts.flatMap(\.self)) }

  /// A public key whose modulus is no product of two primes, which nobody can tell by looking.
  static func rsa(bits: Int, exponent: [UInt8] = [1, 0, 1]) -> [UInt8] {
    let modulus = [0] + [0xc1] + (2..<bits / 8).map { UInt8(truncatingIfNeeded: $0 &* 37) } + [0x9d]
    let key = sequence([tagged(2, modulus), tagged(2, exponent)])
    let algorithm = sequence([[6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1], [5, 0]])
    return sequence([algorithm, tagged(3, [0] + key)])
  }

  private static func tagged(_ tag: UInt8, _ octets: [UInt8]) -> [UInt8] {
    let count = octets.count
    if count < 128 { return [tag, UInt8(count)] + octets }
    if count < 256 { return [tag, 0x81, UInt8(count)] + octets }
    return [tag, 0x82, UInt8(count >> 8), UInt8(count & 255)] + octets
  }
}

/// Made by OpenSSL once: an RSA key of 2048 bits and what it signed, a key of 1024 bits, one on P-224.
private enum Vector {
  static let rsa =
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAty0akrh4/3cYn+qU0jwO+HZDiJngl2TP+fzD56b95v93kW93tr6yloOk"
    + "hLhlv6VAKUXFectzSuT3M+GXEIg9pNGS22oYwTzLjsN9oLFXfMT/lQtBu2R002SWKHX7gwz6vLVzcJ7TO2KH0ocD1PrYIPesmGOT"
    + "tdczHe3tIfJ7zecQOluq7nD+W+BuLxVFfZkgLvsXtfpCI5/qa8Qeti5ILFaPyfF0CZ4ygu2R/OS2sn3wsnBLfLYbgL0VYSIXchg2"
    + "nMrGHghw2RWxoCjxc57EHxLOMC7mAqJhakmoM0wJyoH6x3kuQAOHlhIoBPutFNvLQMhVTMVIhi1urqH6D0sLoQIDAQAB"
  static let salt32 =
    "ihjte7r4NkHcHWed5FWMBfaLGvwN7psrjpf1FIG2meFRtyDLGmI3K11mPtnkIVknZtRiH86GhWzum6JEhRJC0Sz4MWZ6GZCe0GZk"
    + "DMeVzqPPGKdIztCPmAjJU09ajAqMLbgSzjVwPcPw28xZSxFgQKT4Q7ibZiTvxPrQEKND1Fqr53Qe7HycAEHxKtlRGSaaMqPeAN4m"
    + "P3zZiy/kqop3fy94OfbIYd838WVIcBkdKr3RNC78iGT1LUuKk0ygdZ+evYr8dHr29NCUwvl7NKGzUAjOfj9ZBxugC9kFxxq1Msci"
    + "86q8C1CtvPtOWibLCRzK5sGr6lAOF93n0wfILtz/QA=="
  static let salt20 =
    "e9pK9xHPVWiLycK175CqftU2u2J8PWR2qzKVIw+94u/CGkmXfY7hFTmpdk8N51lH5KtapQm7M+FSFdlKaE/mR4piG0UDSfGldcAe"
    + "soJ+ml9Z0y5bG8xJIR74ouSoPCC77TpO3L/8F07dkngfiM9S3iypJptLDJdJeFMmubsFGSYOi6XUxi4vePS8YWyqp8uPEGZk6gnP"
    + "8JdPm8X6St2WDQ+RV6+hFlvyeCNUJATVSX4wog7IY1/r/5KYPMzjPLfne9zJYym6rcaxGwU+JCtIX6X/thPqnjlRBQNRqigsU7+r"
    + "QmxrusFYNZWQ4GubvZiEph9Unh3+CLTLaglF5JFDbQ=="
  static let sha384 =
    "Y05kU8bYHQfeoF+g6+3gzMP6vUIOzxHReWyUP9rfPYw5WR73THEYV8Fq8paVayF1oacFnjGBmsY3OhGm76bvjurfJtsFsVeURhM2"
    + "jJUTJyFupMb0H0Hp2gXbQULP1GGMNm1HZNpfkIFnQSp/i4uraYuvbmoCUK/mvCRzxNc0Xnzk5n2zkbIDtmkRXNcikpH7/peA7GyB"
    + "EWBaCbDOpaSakrHACpGMbgR7lGNYrdYHo1Y1zJqlJtR1xyCVyLfKu7u07NeFaa/DMbWsDy7FKFQt3D4f9HWTsIxIxRRAYi8v+cAu"
    + "MYuuGTrpAhN+TpM7UYm+5iV/zrjho8Z3fmZfE4RzBg=="
  static let p224 =
    "ME4wEAYHKoZIzj0CAQYFK4EEACEDOgAE5vya/jKsdkSRYNarEsvhYc5/N5KJMoj3IHX50nYSATUuQmSg2tT39JDK+kHD/IIJWBpT"
    + "FE7jeDo="
  static let rsa1024 =
    "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDCqIjtAKYe2p25lhMVx/DOq+VpBhX1gpq/KWMHDsP0lVj1qQmn/SlB7P7dd/4y"
    + "HHli1OR9BDESxh051Ad4CBWYl4IDw3T/QPoWDkxRHCvAPgNuKx1D9AUNrB+oCk0nXJ7Z7Q1kI+Ruah6wNbMuKt6p4kECNCmHKkKb"
    + "B/E2wCt0XQIDAQAB"
}
