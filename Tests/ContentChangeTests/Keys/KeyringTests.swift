import ContentChange
import ContentSigning
import ContentTrust
import SignedMetadata
import Stores
import TestSupport
import Testing
import TrustModel

/// Keys that are found and opened; rows S-01, S-03, S-04 of reference/security.md.
@Suite("A ring of signing keys")
struct KeyringTests {
  private func request(_ key: PrivateSigningKey, role: String = "root") -> KeyRequest {
    KeyRequest(key.id, role: role, purpose: "to sign")
  }

  @Test("A key is opened once, and kept for the run")
  func once() throws {
    let desk = try KeyDesk()
    let key = try desk.place()
    let passphrases = ListedPassphrases("right word")
    let ring = SigningKeyring([desk.folder], passphrases: passphrases)
    #expect(ring.holds(key.id))
    for _ in 0..<3 { #expect(try ring.key(request(key))?.publicKey == key.publicKey) }
    #expect(passphrases.asked == [1])
    #expect(try ring.key(KeyRequest(nil, role: "root", purpose: "")) == nil)
  }

  @Test("A wrong passphrase is asked for again; a missing key is nothing, and asks nobody")
  func wrongAndMissing() throws {
    let desk = try KeyDesk()
    let key = try desk.place()
    let absent = try PrivateSigningKey(new: .p256)
    let retried = SigningKeyring([desk.folder], passphrases: ListedPassphrases("wrong", "Right word", "right word"))
    #expect(try retried.key(request(key)) != nil)
    let nobody = ListedPassphrases()
    let ring = SigningKeyring([desk.folder], passphrases: nobody)
    #expect(try ring.key(request(absent)) == nil && !ring.holds(absent.id))
    #expect(nobody.asked.isEmpty)
    let locked = try #require(throws: KeyringError.self) { try ring.key(request(key)) }
    let missing = try #require(throws: KeyringError.self) { try ring.neededKey(request(absent), absent.id) }
    let wrong = try #require(throws: KeyringError.self) {
      try SigningKeyring([desk.folder], passphrases: ListedPassphrases("a", "b", "c", "d", nil)).key(request(key))
    }
    #expect(
      locked.description.contains("nobody gave its passphrase")
        && locked.description.contains("DOCKER_CONTENT_TRUST_ROOT"))
    #expect(missing.description.contains("there is no key \(absent.id)") && missing.reason == .notFound)
    #expect(wrong.description.contains("passphrase is wrong for the root key \(key.id.description.prefix(7))"))
    #expect(wrong.description.contains("from list") && wrong.reason == .declined)
    #expect(!"\(locked)\(missing)\(wrong)".contains("right word"))
  }

  @Test("A source without end is not asked for ever")
  func attempts() throws {
    final class Endless: PassphraseSource {
      var count = 0
      func passphrase(for request: KeyRequest, attempt: Int) -> SecretOctets? {
        count += 1
        return KeyDesk.secret("wrong \(attempt)")
      }
      func newPassphrase(for request: KeyRequest) -> SecretOctets? { nil }
    }
    let desk = try KeyDesk()
    let key = try desk.place()
    let endless = Endless()
    #expect(throws: KeyringError.self) { try SigningKeyring([desk.folder], passphrases: endless).key(request(key)) }
    #expect(endless.count == OpenedKey.attemptLimit)
  }

  @Test("A plain key asks nobody; a file named for another key is refused")
  func plainAndOther() throws {
    let desk = try KeyDesk()
    let plain = try desk.place(.ed25519, passphrase: nil)
    let nobody = ListedPassphrases()
    let ring = SigningKeyring([desk.folder], passphrases: nobody)
    #expect(try ring.key(request(plain)) != nil && nobody.asked.isEmpty)
    let other = try PrivateSigningKey(new: .p256)
    try desk.machine.write(desk.file(other), desk.machine.contents(desk.file(plain)) ?? [], mode: 0o600)
    let error = try #require(throws: KeyringError.self) { try ring.key(request(other)) }
    #expect(error.description.contains("is named for key \(other.id), and holds key \(plain.id)"))
  }

  @Test("Keys of older layouts are found where they lie, and not moved")
  func olderLayouts() throws {
    let desk = try KeyDesk()
    let root = try desk.place()
    let targets = try desk.place(role: "targets", gun: "example.com/app")
    let old = [
      (root, "\(KeyDesk.keys)/root_keys/\(root.id)_root.key"),
      (targets, "\(KeyDesk.keys)/tuf_keys/example.com/app/\(targets.id)_targets.key"),
    ]
    for (key, path) in old {
      try desk.machine.write(path, desk.machine.contents(desk.file(key)) ?? [], mode: 0o600)
      try desk.machine.remove(desk.file(key))
    }
    try desk.shell("chmod 700 ../\(KeyDesk.keys)")
    let ring = SigningKeyring([desk.folder], passphrases: ListedPassphrases("right word", "right word"))
    for (key, path) in old {
      #expect(ring.holds(key.id))
      #expect(try ring.key(request(key)) != nil)
      #expect(desk.machine.contents(path) != nil)
    }
  }

  @Test(
    "Files that others may have changed or read are refused, with the command that mends it",
    arguments: [
      ("chmod 644 $KEY", "its mode is 0644, not 0600; to mend it: chmod 600 "),
      ("chmod 640 $KEY", "its mode is 0640"),
      ("chmod 777 $(dirname $KEY)", "others can write into its folder, which has mode 0777"),
      ("chown 1234 $KEY", "it belongs to user 1234"), ("mv $KEY real; ln -s $PWD/real $KEY", "is a symbolic link"),
      ("rm $KEY; mkfifo $KEY", "is not a regular file"),
      ("head -c 300000 /dev/zero >$KEY", "is larger than 262144 octets"),
      ("echo no >$KEY", "cannot be used: it holds no PEM block"),
    ])
  func refused(_ change: String, _ words: String) throws {
    let desk = try KeyDesk()
    let key = try desk.place()
    try desk.shell("KEY=\(desk.machine.located(desk.file(key)))\n\(change)")
    let passphrases = ListedPassphrases("right word")
    let error = try #require(throws: KeyringError.self) {
      try SigningKeyring([desk.folder], passphrases: passphrases).key(request(key))
    }
    #expect(error.description.contains(words), "\(error)")
    #expect(passphrases.asked.isEmpty)
  }

  @Test("Where not all was looked through, a key that is not found is not called missing")
  func unseen() throws {
    let desk = try KeyDesk()
    let key = try desk.place()
    try desk.shell("cd ..\(KeyDesk.keys); for n in $(seq 10000); do : >x$n; done; for n in $(seq 20); do : >0$n; done")
    let absent = try PrivateSigningKey(new: .p256)
    let ring = SigningKeyring([desk.folder], passphrases: ListedPassphrases("right word"))
    let error = try #require(throws: KeyringError.self) { try ring.key(request(absent)) }
    #expect(error.description.contains("was not looked through to its end") && !ring.holds(absent.id))
    #expect(throws: KeyFolderError.self) {
      try desk.writer.add(absent, SigningKeyHeaders(role: "root", repository: nil), passphrase: nil)
    }
    #expect(desk.machine.contents(desk.file(key)) != nil)
  }

  @Test("The first folder that has a key counts; one that is not there has none")
  func folders() throws {
    let desk = try KeyDesk()
    let key = try desk.place()
    let absent = TrustFolder(sysroot: Sysroot(desk.machine.path), path: "/home/.notary")
    let ring = SigningKeyring([absent, desk.folder], passphrases: ListedPassphrases("right word"))
    #expect(try ring.key(request(key)) != nil)
  }

  @Test("Passphrases count octet by octet: long ones, and two spellings of one letter")
  func octets() throws {
    let desk = try KeyDesk()
    for text in [String(repeating: "p", count: 4_096), "caf\u{e9} caf\u{e9}", "a\nb c d e f", " blank at both ends "] {
      let key = try desk.place(passphrase: text)
      let wrong =
        text.replacing("\u{e9}", with: "e\u{301}").replacing("\n", with: " ")
        + (text.contains("\n") || text.contains("f\u{e9}") ? "" : "x")
      let passphrases = ListedPassphrases(wrong, text)
      #expect(try SigningKeyring([desk.folder], passphrases: passphrases).key(request(key)) != nil)
      #expect(passphrases.asked == [1, 2])
    }
  }
}
