import ContentChange
import ContentSigning
import ContentTrust
import SignedMetadata
import TestSupport
import Testing
import TrustModel

/// `keyreeve content key`: row S-02, S-05 of reference/security.md, and the bugs of docker and notary about keys.
@Suite("Commands for signing keys", .timeLimit(.minutes(5)))
struct KeyCommandTests {
  private static let words = ["DOCKER_CONTENT_TRUST_REPOSITORY_PASSPHRASE": "word of openssl"]

  /// Every shape that docker, notary and openssl write, from a key `k` in SEC 1.
  static let shapes = [
    "cp k f", "openssl pkcs8 -topk8 -nocrypt -in k -out f",
    "openssl pkcs8 -topk8 -v2 aes-256-cbc -in k -passout $P -out f",
    "openssl pkcs8 -topk8 -v2 aes-256-cbc -v2prf hmacWithSHA1 -in k -passout $P -out f",
    "openssl pkcs8 -topk8 -v2 aes-128-cbc -v2prf hmacWithSHA512 -iter 9999 -in k -passout $P -out f",
    "openssl pkcs8 -topk8 -scrypt -in k -passout $P -out f", "openssl ec -aes256 -in k -passout $P -out f",
    "openssl ecparam -name prime256v1 -out f; cat k >>f", "openssl ec -in k -pubout -out f; cat k >>f",
    "openssl genrsa -out k 2048; openssl rsa -traditional -in k -out f",
    "openssl genrsa -out k 3072; openssl rsa -aes128 -traditional -in k -passout $P -out f",
    "openssl genpkey -algorithm ed25519 -out k; cp k f",
    "openssl ecparam -name secp384r1 -genkey -noout -out k; cp k f",
    "sed 's/$/\\r/' k >f",
  ]

  @Test("Every shape is taken in, with the key's own identifier, and notary lists it", arguments: shapes)
  func shape(_ script: String) throws {
    let desk = try KeyDesk()
    try desk.shell(
      "P='pass:word of openssl'; openssl ecparam -name prime256v1 -genkey -noout -out k; \(script.replacing("$P", with: "\"$P\"")); chmod 600 f"
    )
    let outcome = try desk.key(["import", "f", "--role", "alice", "--json"], Self.words)
    #expect(outcome.status == 0, "\(outcome.errorText)")
    let name = try #require(desk.names.first)
    #expect(desk.names.count == 1 && outcome.text.contains("\"\(name.prefix(64))\""))
    let text = String(decoding: desk.machine.contents(KeyDesk.keys + "/" + name) ?? [], as: UTF8.self)
    #expect(text.hasPrefix("-----BEGIN ENCRYPTED PRIVATE KEY-----\nrole: alice\n\n"))
    #expect(try desk.notary(["key", "list"]).text.contains(name.prefix(64)))
    // notary opens what was sealed here, and what it seals then is opened here.
    let changed = try desk.notary(
      ["key", "passwd", String(name.prefix(64))], ["NOTARY_DELEGATION_PASSPHRASE": "word of openssl"])
    #expect(changed.status == 0, "\(changed.text)")
    let hardened = try desk.key(["passwd", String(name.prefix(64)), "--harden"], Self.words)
    #expect(hardened.status == 0 && hardened.text.contains("2048 rounds"), "\(hardened.text)\(hardened.errorText)")
  }

  @Test(
    "What is no key is refused by its reason, and nothing is written",
    arguments: [
      (": >f", "holds no PEM block"), ("echo text >f; cat k >>f", "holds other text"),
      ("cat k >f; echo text >>f", "holds other text"),
      ("head -c 150 k >f", "has no end"), ("openssl req -x509 -key k -subj /CN=x -out f", "holds no PEM block"),
      ("sed 's/EC PRIVATE/DSA PRIVATE/' k >f", "holds no private key but DSA"), ("sed '2s/^./*/' k >f", "no base64"),
      ("openssl genrsa -out f 1024", "do not use"), ("openssl ec -des3 -in k -passout pass:x -out f", "not known here"),
      ("head -c 1048577 /dev/zero >f", "larger than 1048576 octets"), ("mkdir f", "is not a regular file"),
      ("mkfifo f", "is not a regular file"),
      ("rm -f f", "No such file"), ("for n in $(seq 101); do cat k; done >f", "more than 100 blocks"),
    ])
  func refused(_ script: String, _ words: String) throws {
    let desk = try KeyDesk()
    try desk.shell("openssl ecparam -name prime256v1 -genkey -noout -out k; \(script); chmod -f 600 f || true")
    let outcome = try desk.key(["import", "f", "--role", "alice"], Self.words)
    #expect(outcome.status != 0 && outcome.errorText.contains(words), "\(outcome.errorText)")
    #expect(desk.names.isEmpty)
  }

  @Test("A key whose public half is another key's is refused")
  func halves() throws {
    let desk = try KeyDesk()
    try desk.shell(
      """
      for n in 1 2; do openssl ecparam -name prime256v1 -genkey -noout -out k$n; openssl ec -in k$n -outform DER -out d$n 2>/dev/null; done
      { echo "-----BEGIN EC PRIVATE KEY-----"; { head -c 56 d1; tail -c 65 d2; } | base64 -w 64; echo "-----END EC PRIVATE KEY-----"; } >f
      chmod 600 f
      """)
    let outcome = try desk.key(["import", "f", "--role", "alice"], Self.words)
    #expect(outcome.status == 1 && outcome.errorText.contains("public half does not belong"), "\(outcome.errorText)")
  }

  @Test("docker's bug 3: an encrypted key with its passphrase is taken in, where docker says so and writes nothing")
  func dockerBug() throws {
    let desk = try KeyDesk()
    try desk.shell(
      "openssl ecparam -name prime256v1 -genkey -noout | openssl pkcs8 -topk8 -v2 aes-256-cbc -v2prf hmacWithSHA1 -passout "
        + "'pass:word of openssl' -out f; chmod 600 f")
    let docker = try desk.docker(["trust", "key", "load", "f", "--name", "alice"], Self.words)
    #expect(docker.text.contains("Successfully imported key") && desk.names.isEmpty)
    #expect(try desk.key(["import", "f", "--role", "alice"], Self.words).status == 0 && desk.names.count == 1)
  }

  @Test("What docker generates and loads is opened here, and what is exported here is loaded by docker")
  func docker() throws {
    let desk = try KeyDesk()
    let made = try desk.docker(["trust", "key", "generate", "alice"], Self.words)
    #expect(made.status == 0, "\(made.errorText)")
    let id = String(try #require(desk.names.first).prefix(64))
    #expect(try desk.key(["passwd", id, "--no-passphrase"], Self.words).status == 0)
    let open = try desk.key(["export", id, "--output", "plain", "--no-passphrase"])
    #expect(open.status == 0 && open.text.contains("whoever reads the copy"), "\(open.errorText)")
    let other = try KeyDesk()
    try other.machine.write("/desk/plain", desk.machine.contents("/desk/plain") ?? [], mode: 0o600)
    let loaded = try other.docker(["trust", "key", "load", "plain", "--name", "alice"], Self.words)
    #expect(loaded.status == 0 && other.names == ["\(id).key"], "\(loaded.errorText)")
    #expect(try other.key(["passwd", id, "--harden"], Self.words).status == 0)
  }

  @Test("Several keys of notary's export come back with their roles; a missing one is an error, not silence")
  func severalBlocks() throws {
    let desk = try KeyDesk()
    let root = try desk.place(passphrase: "word of openssl")
    let targets = try desk.place(role: "targets", gun: "example.com/app", passphrase: "word of openssl")
    #expect(try desk.notary(["key", "export", "-o", desk.machine.located("/desk/all")]).status == 0)
    // notary says nothing of a key that it has not.
    let silent = try desk.notary(["key", "export", "--key", String(repeating: "0", count: 64)])
    #expect(silent.status == 0)
    let missing = try desk.key(["export", String(repeating: "0", count: 64)])
    #expect(missing.status == 11 && missing.output.isEmpty && missing.errorText.contains("there is no key 0000"))
    for key in [root, targets] { try desk.machine.remove(desk.file(key)) }
    let outcome = try desk.key(
      ["import", "all"], ["NOTARY_ROOT_PASSPHRASE": "word of openssl", "NOTARY_TARGETS_PASSPHRASE": "word of openssl"])
    #expect(outcome.status == 0, "\(outcome.errorText)")
    #expect(
      outcome.text.contains("\(root.id)  root") && outcome.text.contains("\(targets.id)  targets of example.com/app"))
    #expect(desk.names.count == 2)
  }

  @Test("Of several keys all or none are taken in")
  func allOrNone() throws {
    let desk = try KeyDesk()
    try desk.shell(
      "for n in 1 2; do openssl ecparam -name prime256v1 -genkey -noout -out k$n; done; openssl pkcs8 -topk8 -in k2 -passout "
        + "'pass:another one' -out e2; cat k1 e2 >f; chmod 600 f")
    #expect(try desk.key(["import", "f", "--role", "alice"], Self.words).status == 3)
    #expect(desk.names.isEmpty)
    let twice = try desk.key(["import", "k1", "k1", "--role", "alice"], Self.words)
    #expect(twice.status == 2 && desk.names.isEmpty, "\(twice.errorText)")
  }

  @Test("No import writes over a key or changes its role, as notary's does")
  func noOverwriting() throws {
    let desk = try KeyDesk()
    let key = try desk.place(passphrase: "the first word")
    let before = desk.machine.contents(desk.file(key))
    #expect(try desk.key(["export", "\(key.id)", "--output", "copy"]).status == 0)
    let variables = ["DOCKER_CONTENT_TRUST_ROOT_PASSPHRASE": "the first word"].merging(
      ["DOCKER_CONTENT_TRUST_REPOSITORY_PASSPHRASE": "the first word"]) { $1 }
    let same = try desk.key(["import", "copy"], variables)
    #expect(same.status == 0 && same.text.contains("kept  \(key.id)  root"), "\(same.errorText)")
    let other = try desk.key(["import", "copy", "--role", "alice"], variables)
    #expect(other.status == 3 && other.errorText.contains("no role is changed by an import"), "\(other.errorText)")
    #expect(desk.machine.contents(desk.file(key)) == before)
  }

  @Test("Another role than the file's is said; a file that says none needs one")
  func roles() throws {
    let desk = try KeyDesk()
    let key = try desk.place(role: "targets", gun: "example.com/app", passphrase: "word of openssl")
    try desk.shell("mv ..\(desk.file(key)) f")
    let none = try desk.key(["import", "f", "--role", "snapshot", "--gun", "example.com/"], Self.words)
    #expect(none.status != 0 && desk.names.isEmpty)
    let outcome = try desk.key(["import", "f", "--role", "bob"], Self.words)
    #expect(
      outcome.status == 0 && outcome.text.contains("its file says the role targets; it is kept for bob"),
      "\(outcome.errorText)")
    try desk.shell("openssl ecparam -name prime256v1 -genkey -noout -out k; chmod 600 k")
    let unknown = try desk.key(["import", "k"], Self.words)
    #expect(unknown.status == 2 && unknown.errorText.contains("--role"))
    let lacking = try desk.key(["import", "k", "--role", "targets"], Self.words)
    #expect(lacking.status == 2 && lacking.errorText.contains("--gun"))
  }

  @Test("An empty passphrase is none; --no-passphrase leaves a key open, and says what that means")
  func empty() throws {
    let desk = try KeyDesk()
    let empty = try desk.key(["generate"], lines: [""])
    #expect(empty.status == 3 && empty.errorText.contains("--no-passphrase") && desk.names.isEmpty)
    let open = try desk.key(["generate", "--no-passphrase"])
    #expect(open.status == 0 && open.text.contains("whoever reads its file can sign"))
    #expect(try desk.key(["list"]).errorText.isEmpty)
  }

  @Test("Limits of a file of keys: at them, and one past them")
  func limits() throws {
    let desk = try KeyDesk()
    try desk.shell(
      """
      openssl ecparam -name prime256v1 -genkey -noout -out k; chmod 600 k
      size=$(stat -c %s k); { cat k; head -c $((1048576 - size)) /dev/zero | tr '\\0' '\\n'; } >full; { cat full; echo; } >over
      for n in $(seq 100); do cat k; done >hundred
      chmod 600 full over hundred
      """)
    let hundred = try desk.key(["import", "hundred", "--role", "alice"], Self.words)
    #expect(hundred.errorText.contains("is in the files twice"), "\(hundred.errorText)")
    let over = try desk.key(["import", "over", "--role", "alice"], Self.words)
    #expect(over.errorText.contains("larger than 1048576 octets") && desk.names.isEmpty)
    let role = String(repeating: "a", count: SigningKeyHeaders.roleLimit)
    #expect(try desk.key(["import", "full", "--role", role + "a"], Self.words).status == 2)
    #expect(try desk.key(["import", "full", "--role", role], Self.words).status == 0 && desk.names.count == 1)
  }

  @Test("--no-passphrase takes the protection of a key that is imported, and not that of a copy")
  func plain() throws {
    let desk = try KeyDesk()
    let key = try desk.place(passphrase: "word of openssl")
    let refused = try desk.key(["export", "\(key.id)", "--no-passphrase", "--output", "copy"])
    #expect(
      refused.status == 2 && refused.errorText.contains("passwd \(key.id) --no-passphrase"), "\(refused.errorText)")
    #expect(try desk.key(["remove", "\(key.id)", "--copy", "copy"]).status == 0)
    let imported = try desk.key(["import", "copy", "--no-passphrase"], ["NOTARY_ROOT_PASSPHRASE": "word of openssl"])
    #expect(imported.status == 0 && imported.text.contains("whoever reads its file can sign"), "\(imported.errorText)")
    let text = String(decoding: desk.machine.contents(desk.file(key)) ?? [], as: UTF8.self)
    #expect(text.hasPrefix("-----BEGIN PRIVATE KEY-----\nrole: root\n"))
  }

  @Test("What the list advises for a weak key mends it")
  func advice() throws {
    let desk = try KeyDesk()
    let key = try desk.place(passphrase: "word of openssl")
    let before = try desk.key(["list"]).text
    let command = "keyreeve content key passwd \(key.id) --harden --trust-dir "
    #expect(before.contains("[weak-derivation]") && before.contains("fix: \(command)"), "\(before)")
    let fix = try #require(before.split(separator: "\n").first { $0.contains(command) })
    let words = fix.split(separator: " ").drop { $0 != "content" }.map(String.init)
    let outcome = try desk.run(words, ["NOTARY_ROOT_PASSPHRASE": "word of openssl"])
    #expect(outcome.status == 0, "\(outcome.errorText)")
    #expect(try !desk.key(["list"]).text.contains("weak-derivation"))
  }

  @Test("A key in an older layout gets another passphrase where it lies, and notary finds it there")
  func olderLayout() throws {
    let desk = try KeyDesk()
    let key = try desk.place(passphrase: "word of openssl")
    try desk.shell(
      "cd ..\(KeyDesk.keys); mkdir -m 700 root_keys; grep -v 'role:' \(key.id).key | sed '2{/^$/d}' >root_keys/\(key.id)_root.key; "
        + "chmod 600 root_keys/*; rm \(key.id).key")
    let outcome = try desk.key(["passwd", "\(key.id)"], lines: ["word of openssl", "another word"])
    #expect(outcome.status == 0 && outcome.text.contains("root_keys/\(key.id)_root.key"), "\(outcome.errorText)")
    #expect(desk.names == ["root_keys"])
    #expect(try desk.notary(["key", "list"]).text.contains("root"))
    #expect(desk.names == ["\(key.id).key"])
    #expect(try desk.key(["passwd", "\(key.id)", "--harden"], lines: ["another word"]).status == 0)
  }

  @Test(
    "A dry run writes nothing and asks nobody",
    arguments: [["generate"], ["import", "k", "--role", "a", "--no-passphrase"]])
  func dryRun(_ words: [String]) throws {
    let desk = try KeyDesk()
    try desk.shell("openssl ecparam -name prime256v1 -genkey -noout -out k; chmod 600 k")
    let outcome = try desk.key(words + ["--dry-run"])
    #expect(outcome.status == 0 && outcome.text.contains("dry run: nothing was changed"), "\(outcome.errorText)")
    #expect(desk.machine.names(in: KeyDesk.trust) == nil)
  }
}
