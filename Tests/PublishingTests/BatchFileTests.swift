import Publishing
import Testing
import TrustModel

@Suite("Batch files for keys")
struct BatchFileTests {
  private static func read(_ text: String) throws -> KeyBatchFile { try KeyBatchFile(SecretOctets(Array(text.utf8))) }

  /// As rkt's guide to signing has it.
  static let guide = """
    %echo Generating a default key
    Key-Type: RSA
    Key-Length: 2048
    Subkey-Type: RSA
    Subkey-Length: 2048
    Name-Real: Carly Container
    Name-Comment: ACI signing key
    Name-Email: carly@example.com
    Expire-Date: 0
    Passphrase: rkt
    %pubring rkt.pub
    %secring rkt.sec
    %commit
    %echo done

    """

  @Test("The guide's file is understood, and what gpg 2 does not honour is said")
  func guide() throws {
    let file = try Self.read(Self.guide)
    let order = try #require(file.orders.first)
    #expect(file.orders.count == 1 && file.echoes == ["Generating a default key", "done"])
    #expect(order.parameters["key-length"] == "2048" && order.parameters["Name-Real"] == "Carly Container")
    #expect(order.parameters.keyring == "rkt.pub" && order.passphrase.map(Array.init) == Array("rkt".utf8))
    #expect(file.warnings.contains { $0.contains("line 10 holds the passphrase") })
    #expect(file.warnings.contains { $0.contains("%secring has no effect") })
    #expect(!"\(file)".contains("Passphrase: rkt"))
  }

  @Test(
    "Weak sizes are warned of",
    arguments: [
      ("RSA", "1024", true), ("rsa", "2047", true), ("1", "1024", true), ("RSA", "2048", false), ("DSA", "2048", true),
    ])
  func weak(type: String, bits: String, isWeak: Bool) throws {
    let file = try Self.read("Key-Type: \(type)\nKey-Length: \(bits)\nName-Real: A\nExpire-Date: 1y")
    #expect(file.warnings.contains { $0.contains("weak") } == isWeak)
  }

  @Test(
    "What gpg would not understand is refused with its line",
    arguments: [
      ("", 0, "no key"), ("Key-Length: 2048", 1, "Key-Type comes first"), ("Key-Type: RSA\nnonsense", 2, "neither"),
      ("Key-Type: RSA\nKey-Lenght: 2048", 2, "no parameter"), ("Key-Type: RSA\nName-Real:", 2, "no value"),
      ("Key-Type: RSA\nKey-Length: 1023", 2, "1024 to 8192"), ("Key-Type: RSA\nKey-Length: 8193", 2, "1024 to 8192"),
      ("Key-Type: RSA\nName-Real: a\nName-Real: b", 3, "given twice"), ("%frobnicate", 1, "no command"),
      ("Key-Type: RSA\nExpire-Date: soon", 2, "Expire-Date"), ("Key-Type: RSA\n%commit", 2, "neither Name-Real"),
      ("Key-Type: RSA\nPassphrase:", 2, "no-protection"), ("Passphrase: x", 1, "Key-Type comes first"),
      ("%transient-key", 1, "weak random"), ("Key-Type: RSA\nName-Real: a\u{202e}b", 2, "hidden"),
    ])
  func refusals(text: String, line: Int, word: String) {
    let found = problem { _ = try Self.read(text) }
    #expect(found?.reason == .usage && found?.description.contains(word) == true, "\(String(describing: found))")
    if line > 0 { #expect(found?.description.contains("line \(line) ") == true) }
  }

  @Test("Limits: octets, keys, a passphrase, a name")
  func limits() throws {
    func padded(_ count: Int) -> String {
      let text = "Key-Type: RSA\nName-Real: A\n#"
      return text + String(repeating: "x", count: count - text.utf8.count)
    }
    #expect(try Self.read(padded(PublishingLimits.batchFile)).orders.count == 1)
    #expect(problem { _ = try Self.read(padded(PublishingLimits.batchFile + 1)) } != nil)
    func keys(_ count: Int) -> String { String(repeating: "Key-Type: RSA\nName-Real: A\n%commit\n", count: count) }
    #expect(try Self.read(keys(PublishingLimits.batchKeys)).orders.count == PublishingLimits.batchKeys)
    #expect(problem { _ = try Self.read(keys(PublishingLimits.batchKeys + 1)) } != nil)
    func with(_ name: String, _ count: Int) -> String {
      "Key-Type: RSA\nName-Email: a@b\n\(name): " + String(repeating: "x", count: count)
    }
    for name in ["Passphrase", "Name-Real"] {
      #expect(try Self.read(with(name, 255)).orders.count == 1)
      #expect(problem { _ = try Self.read(with(name, 256)) } != nil)
    }
  }

  @Test(
    "What a user id cannot hold is refused",
    arguments: [
      ("a<b", nil, nil), ("a(b", nil, nil), (" a", nil, nil), ("", nil, nil), (nil, "a", nil), (nil, "a@b@c", nil),
      (nil, "a b@c", nil), (nil, "@c", nil), ("a", nil, "b)"), (nil, nil, "c"), ("a\nKey-Type: RSA", nil, nil),
    ] as [(String?, String?, String?)])
  func userIDs(name: String?, email: String?, comment: String?) {
    #expect(
      problem { _ = try KeyOrder(.ed25519, name: name, email: email, comment: comment, expires: "never") }?.reason
        == .usage)
  }

  @Test(
    "Ends of keys",
    arguments: [
      ("never", true), ("0", true), ("2030-01-31", true), ("90d", true), ("2y", true), ("12", true),
      ("2030-02-30", false), ("-1d", false), ("1h", false), ("", false), ("d", false), ("+5", false),
    ])
  func ends(text: String, isGood: Bool) {
    #expect(
      (problem { _ = try KeyOrder(.ed25519, name: "A", email: nil, comment: nil, expires: text) } == nil) == isGood)
  }
}
