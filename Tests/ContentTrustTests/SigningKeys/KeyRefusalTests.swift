import ContentTrust
import TestSupport
import Testing
import TrustModel

/// Files that are no keys: each refused with its own reason, and nothing of them repeated.
@Suite("Files that hold no key")
struct KeyRefusalTests {
  private static let key = """
    -----BEGIN PRIVATE KEY-----
    role: root

    MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
    -----END PRIVATE KEY-----

    """

  struct Bad: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: String
    let error: SigningKeyFileError

    init(_ name: String, _ text: String, _ error: SigningKeyFileError) {
      (testDescription, self.text, self.error) = (name, text, error)
    }

    /// The good key with something replaced.
    init(_ name: String, _ old: String, _ new: String, _ error: SigningKeyFileError) {
      self.init(name, KeyRefusalTests.key.replacing(old, with: new), error)
    }
  }

  static let bad = [
    Bad("empty", "", .noBlock), Bad("other text", "hello\n", .noBlock),
    Bad("two blocks", key + key, .severalBlocks),
    Bad("text behind", key + "hello\n", .textAround), Bad("text before", "hello\n" + key, .textAround),
    Bad("another end", "END PRIVATE", "END ENCRYPTED PRIVATE", .truncated),
    Bad("no end", "-----END PRIVATE KEY-----\n", "", .truncated),
    Bad("a block begins inside", "-----END", "-----BEGIN", .truncated),
    Bad("a public key", "PRIVATE", "PUBLIC", .label("PUBLIC KEY")),
    Bad("a key of ssh", "PRIVATE", "OPENSSH PRIVATE", .label("OPENSSH PRIVATE KEY")),
    Bad("a label with an escape sequence", "PRIVATE", "\u{1b}[31mPRIVATE", .label("a block of an unknown kind")),
    Bad("a letter that is no base64", "MC4C", "M!4C", .base64), Bad("a digit less", "MC4C", "MC4", .base64),
    Bad("padding in the middle", "MC4C", "MC4=", .base64),
    Bad("bits behind the padding", "rn9g", "rn9=", .base64), Bad("an octet less", "rn9g", "rn8=", .structure),
    Bad("an octet more", "rn9g", "rn9gAA==", .structure),
    Bad("no octets", "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g", "", .structure),
    Bad("another algorithm", "BQYDK2Vw", "BQYDK2Vu", .algorithm("1.3.101.110")),
    Bad("a version that does not exist", "MC4CAQA", "MC4CAQI", .structure),
    Bad("a header twice", "role: root", "role: root\nrole: targets", .header("a header stands in it twice")),
    Bad(
      "half of the headers of an older form", "role: root", "Proc-Type: 4,ENCRYPTED",
      .header("its Proc-Type and DEK-Info headers say nothing whole")),
    Bad(
      "another cipher in an older form", "role: root", "Proc-Type: 4,ENCRYPTED\nDEK-Info: ROT13,00",
      .header("its DEK-Info header names a cipher that is not known")),
    Bad(
      "a starting value that is none", "role: root", "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00",
      .header("its DEK-Info header holds no starting value")),
    Bad("encrypted, by its label alone", "PRIVATE", "ENCRYPTED PRIVATE", .structure),
    Bad("an older form, by its label alone", "PRIVATE", "EC PRIVATE", .structure),
    Bad("PKCS#1, by its label alone", "PRIVATE", "RSA PRIVATE", .structure),
  ]

  @Test("Each is refused with its own reason", arguments: bad)
  func refused(_ bad: Bad) {
    #expect(throws: Never.self) { try recognise(Self.key) }
    #expect(bad.text != Self.key)
    #expect(throws: bad.error) { try recognise(bad.text) }
    #expect(bad.error.description.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7f })
  }

  @Test("Line ends, blanks and missing empty lines of other systems are no faults")
  func lenient() throws {
    let id = try recognise(Self.key).id
    for (old, new) in [
      ("\n", "\r\n"), ("root\n\n", "root\n"), ("VpguoRK9", "Vp\n guo\tRK9 "), ("-----BEGIN", "\n\n-----BEGIN"),
    ] {
      #expect(try recognise(Self.key.replacing(old, with: new)).id == id)
    }
  }

  @Test("A file cut off at any octet is refused; cut off behind the last dash it is whole")
  func truncated() {
    let octets = Array(Self.key.utf8)
    for count in 0..<octets.count - 1 {
      #expect(throws: SigningKeyFileError.self, "\(count)") { try recognise(Array(octets[..<count])) }
    }
    #expect(throws: Never.self) { try recognise(Array(octets.dropLast())) }
  }

  @Test("Header lines have limits: sixteen of them, each of 1024 octets, in UTF-8")
  func headers() throws {
    func text(_ headers: [String]) -> String {
      Self.key.replacing("role: root", with: headers.joined(separator: "\n"))
    }
    let many = (1...16).map { "h\($0): x" }
    #expect(throws: Never.self) { try recognise(text(many)) }
    #expect(throws: SigningKeyFileError.header("it has more than 16 header lines")) {
      try recognise(text(many + ["i: x"]))
    }
    let long = "role: " + String(repeating: "r", count: 1_018)
    #expect(try recognise(text([long])).role?.utf8.count == 1_018)
    #expect(throws: SigningKeyFileError.header("a header line is longer than 1024 octets")) {
      try recognise(text([long + "r"]))
    }
    let raw = Array(Self.key.utf8).split(separator: UInt8(ascii: "r"), maxSplits: 1).joined(separator: [0xff, 0x72])
    #expect(throws: SigningKeyFileError.header("a header line is no UTF-8")) { try recognise(Array(raw)) }
    let hostile = try recognise(text(["role: \u{1b}[2Jroot", "gun: a:b:c"]))
    #expect(hostile.role == "\u{1b}[2Jroot" && hostile.repository == "a:b:c")
  }

  @Test("A key whose public half is another's is refused")
  func halves() throws {
    let shop = try KeyShop()
    for curve in ["prime256v1", "secp384r1", "secp521r1"] {
      let text = try shop.shell(
        """
        for k in a b; do openssl ecparam -name \(curve) -genkey -noout -outform DER -out $k.der; done
        n=$(wc -c <a.der); h=$(openssl ec -inform DER -in a.der -pubout -outform DER 2>/dev/null | tail -c 64 | wc -c)
        head -c $((n - h)) a.der >c.der; tail -c $h b.der >>c.der
        echo '-----BEGIN EC PRIVATE KEY-----'; base64 c.der; echo '-----END EC PRIVATE KEY-----'
        """)
      #expect(throws: SigningKeyFileError.halves) { try recognise(text) }
    }
  }
}
