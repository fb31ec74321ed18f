import ContentSigning
import ContentTrust
import SignedMetadata
import TestSupport
import Testing
import TrustModel

/// Keys that are sealed here, and opened here, by openssl, and by notary.
@Suite("Sealed keys of content trust")
struct SealedKeyTests {
  static func passphrase(_ text: String) -> SecretOctets { SecretOctets(Array(text.utf8)) }

  static func buffer(_ octets: some Collection<UInt8>) throws -> SecretBuffer {
    guard var buffer = SecretBuffer(capacity: octets.count) else { throw SigningKeyError.memory }
    for octet in octets where !buffer.append(octet) { throw SigningKeyError.memory }
    return buffer
  }

  static func open(_ octets: some Collection<UInt8>, _ passphrase: String?) throws -> PrivateSigningKey {
    try PrivateSigningKey(PEMKeyBlock(buffer(octets)), passphrase: passphrase.map { Self.passphrase($0) })
  }

  @Test("A key of each kind comes back from its file, and openssl reads it", arguments: PrivateSigningKey.Kind.allCases)
  func roundTrip(kind: PrivateSigningKey.Kind) throws {
    let key = try PrivateSigningKey(new: kind)
    for passphrase in ["correct horse", nil] {
      let sealed = try SealedKeyFile(
        key, headers: [("role", "targets"), ("gun", "example.com/app")],
        passphrase: passphrase.map { Self.passphrase($0) }, rounds: 2_048)
      let text = String(decoding: sealed.text, as: UTF8.self)
      #expect(text.contains("PRIVATE KEY-----\ngun: example.com/app\nrole: targets\n\n"))
      #expect(text.split(separator: "\n").allSatisfy { $0.utf8.count <= 64 })
      let opened = try Self.open(sealed.text, passphrase)
      #expect(opened.id == key.id && opened.publicKey == key.publicKey && opened.kind == kind)
    }
  }

  @Test(
    "What openssl seals is opened: PBES2 with each function, scrypt, and DEK-Info",
    arguments: [
      "pkcs8 -topk8 -v2 aes-256-cbc", "pkcs8 -topk8 -v2 aes-128-cbc -v2prf hmacWithSHA1",
      "pkcs8 -topk8 -v2 aes-192-cbc -v2prf hmacWithSHA512 -iter 3000", "pkcs8 -topk8 -scrypt", "ec -aes256",
      "ec -aes-128-cbc",
    ])
  func openssl(words: String) throws {
    let folder = try TemporaryDirectory()
    let made = try ChildProcess.run([
      "sh", "-c",
      """
      cd "$1" && openssl ecparam -name prime256v1 -genkey -noout -out k && openssl ec -in k -pubout -outform DER -out p 2>/dev/null \
        && openssl $2 -in k -passout pass:word -out sealed
      """, "sh", folder.path, words,
    ])
    #expect(made.status == 0, "\(made.errorText)")
    let sealed = try ChildProcess.run(["cat", folder.path + "/sealed"]).output
    let key = try Self.open(sealed, "word")
    #expect(try ChildProcess.run(["cat", folder.path + "/p"]).output == key.publicKey.octets)
    #expect(throws: SigningKeyError.wrongPassphrase) { try Self.open(sealed, "Word") }
  }

  @Test("Signatures of each kind count in metadata, and openssl agrees", arguments: PrivateSigningKey.Kind.allCases)
  func signing(kind: PrivateSigningKey.Kind) throws {
    let key = try PrivateSigningKey(new: kind)
    let folder = try TemporaryDirectory()
    let made = try key.signature(over: Array("message".utf8))
    #expect(made.method == ["ed25519": "eddsa", "rsa": "rsapss"][kind.rawValue, default: "ecdsa"])
    guard kind == .rsa else {
      #expect(made.octets.count == (kind == .p384 ? 96 : 64))
      return
    }
    _ = try folder.write("key", key.publicKey.octets)
    _ = try folder.write("sig", made.octets)
    _ = try folder.write("message", Array("message".utf8))
    let judged = try ChildProcess.run([
      "openssl", "dgst", "-sha256", "-verify", folder.path + "/key", "-keyform", "DER", "-sigopt",
      "rsa_padding_mode:pss",
      "-sigopt", "rsa_pss_saltlen:32", "-signature", folder.path + "/sig", folder.path + "/message",
    ])
    #expect(judged.status == 0, "\(judged.text)\(judged.errorText)")
  }

  @Test("notary uses a key that is sealed here, with its passphrase")
  func notary() throws {
    let peer = try NotaryPeer()
    let folder = try TemporaryDirectory()
    for kind in [PrivateSigningKey.Kind.p256, .p384, .rsa] {
      let key = try PrivateSigningKey(new: kind)
      let sealed = try SealedKeyFile(
        key, headers: [("role", "root")], passphrase: Self.passphrase("root passphrase"), rounds: 3_000)
      let file = try folder.write("\(kind)", Array(sealed.text), mode: 0o600)
      try peer.notary(["init", "example.com/\(kind)", "--rootkey", file, "-p"])
      try peer.add("v1", to: "example.com/\(kind)")
      try peer.notary(["publish", "example.com/\(kind)"])
      #expect(try peer.notary(["list", "example.com/\(kind)"]).contains("v1"))
      #expect(try peer.notary(["key", "list"]).contains(key.id.description))
    }
  }

  @Test("A wrong passphrase, none, and an empty one are told apart")
  func wrong() throws {
    let key = try PrivateSigningKey(new: .p256)
    let sealed = try SealedKeyFile(key, headers: [], passphrase: Self.passphrase("right"), rounds: 2_048)
    #expect(throws: SigningKeyError.locked) { try Self.open(sealed.text, nil) }
    // Often enough that one of the wrong ones leaves a good padding.
    for number in 0..<600 {
      #expect(throws: SigningKeyError.wrongPassphrase) { try Self.open(sealed.text, "wrong \(number)") }
    }
  }
}
