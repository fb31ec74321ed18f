import ContentChange
import ContentSigning
import Glibc
import SignedMetadata
import TestSupport
import Testing
import TrustModel

/// Where passphrases come from, in which order, and how long they may be.
@Suite("Passphrases", .timeLimit(.minutes(3)))
struct PassphraseTests {
  private func lines(_ text: String) throws -> (PassphraseDescriptor, Int32) {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    let octets = Array(text.utf8)
    _ = write(ends[1], octets, octets.count)
    close(ends[1])
    return (try #require(PassphraseDescriptor(Int(ends[0]))), ends[0])
  }

  private func request(_ role: String, _ purpose: String = "") -> KeyRequest {
    KeyRequest(nil, role: role, purpose: purpose)
  }

  private func text(_ octets: SecretOctets?) -> String? { octets.map { String(decoding: $0, as: UTF8.self) } }

  @Test("A descriptor gives one line for each request, as it stands, and nothing behind its end")
  func descriptor() throws {
    let (descriptor, file) = try lines("first line\n blanks stay \r\n\nlast")
    defer { close(file) }
    let source = Passphrases(descriptor: descriptor, credentials: nil, variables: nil, person: nil) { _ in }
    #expect(text(source.passphrase(for: request("root", "a"), attempt: 1)) == "first line")
    // Asked again for the same key: the next line is meant for another one.
    #expect(source.passphrase(for: request("root", "a"), attempt: 2) == nil)
    #expect(source.origin(for: request("root", "a"), attempt: 1)?.hasPrefix("--passphrase-fd ") == true)
    #expect(text(source.passphrase(for: request("root", "b"), attempt: 1)) == " blanks stay \r")
    #expect(text(source.passphrase(for: request("root", "c"), attempt: 1)) == "")
    #expect(text(source.newPassphrase(for: request("root", "d"))) == "last")
    #expect(source.passphrase(for: request("root", "e"), attempt: 1) == nil)
  }

  @Test("A line may be as long as the limit, and not one octet longer", arguments: [4_095, 4_096, 4_097, 9_000])
  func limit(length: Int) throws {
    let (descriptor, file) = try lines(String(repeating: "x", count: length) + "\nnext\n")
    defer { close(file) }
    var complaints: [String] = []
    let source = Passphrases(descriptor: descriptor, credentials: nil, variables: nil, person: nil) {
      complaints.append($0)
    }
    let first = source.passphrase(for: request("root", "a"), attempt: 1)
    #expect(first?.count == (length <= GivenPassphrase.limit ? length : nil))
    #expect(complaints.count == (length <= GivenPassphrase.limit ? 0 : 1))
    #expect(text(source.passphrase(for: request("root", "b"), attempt: 1)) == "next")
  }

  @Test("Descriptors that are not open, or that the program writes to, are none")
  func noDescriptor() {
    for number in [-1, 1, 2, 999, Int.max] { #expect(PassphraseDescriptor(number) == nil) }
  }

  @Test("Credentials are files by identifier, then by role; a new one has its own name")
  func credentials() throws {
    let folder = try TemporaryDirectory()
    let id = String(repeating: "ab", count: 32)
    for (name, words) in [
      ("content-trust.root", "by role\n"), ("content-trust.\(id)", "by id"),
      ("content-trust.new.root", "the new one\n\n"),
      ("content-trust.targets", String(repeating: "x", count: 4_096) + "\n"),
      ("content-trust.snapshot", String(repeating: "x", count: 4_097)), ("content-trust.alice", ""),
    ] { _ = try folder.write(name, Array(words.utf8), mode: 0o600) }
    var complaints: [String] = []
    let source = Passphrases(
      descriptor: nil, credentials: PassphraseCredentials(folder.path), variables: nil, person: nil
    ) { complaints.append($0) }
    let root = KeyRequest(KeyID(id), role: "root", purpose: "")
    #expect(text(source.passphrase(for: root, attempt: 1)) == "by id")
    #expect(text(source.passphrase(for: root, attempt: 2)) == "by role")
    #expect(source.origin(for: root, attempt: 2) == "$CREDENTIALS_DIRECTORY/content-trust.root")
    // One line end is none of it, the second one is.
    #expect(text(source.replacement(for: root)) == "the new one\n")
    #expect(source.passphrase(for: request("targets"), attempt: 1)?.count == 4_096 && complaints.isEmpty)
    #expect(source.passphrase(for: request("snapshot"), attempt: 1) == nil && complaints.count == 1)
    #expect(source.passphrase(for: request("alice"), attempt: 1) == nil && complaints.count == 2)
    #expect(source.passphrase(for: request("../\(folder.path)/content-trust.root"), attempt: 1) == nil)
    #expect(PassphraseCredentials("relative") == nil)
  }

  @Test(
    "Every variable of docker and notary opens its keys, and is named where it is wrong",
    arguments: [
      ("root", "DOCKER_CONTENT_TRUST_ROOT_PASSPHRASE"), ("root", "DOCKER_CONTENT_TRUST_OFFLINE_PASSPHRASE"),
      ("root", "NOTARY_ROOT_PASSPHRASE"), ("targets", "DOCKER_CONTENT_TRUST_REPOSITORY_PASSPHRASE"),
      ("targets", "DOCKER_CONTENT_TRUST_TARGET_PASSPHRASE"), ("targets", "DOCKER_CONTENT_TRUST_TAGGING_PASSPHRASE"),
      ("targets", "NOTARY_TARGETS_PASSPHRASE"), ("snapshot", "DOCKER_CONTENT_TRUST_SNAPSHOT_PASSPHRASE"),
      ("snapshot", "NOTARY_SNAPSHOT_PASSPHRASE"), ("snapshot", "DOCKER_CONTENT_TRUST_REPOSITORY_PASSPHRASE"),
      ("alice", "DOCKER_CONTENT_TRUST_REPOSITORY_PASSPHRASE"), ("alice", "NOTARY_DELEGATION_PASSPHRASE"),
      ("alice", "DOCKER_CONTENT_TRUST_TAGGING_PASSPHRASE"),
    ])
  func variables(role: String, name: String) throws {
    let desk = try KeyDesk()
    let key = try desk.place(role: role, gun: SigningKeyHeaders.hasRepository(role) ? "example.com/app" : nil)
    let harden = ["passwd", "\(key.id)", "--harden"]
    let wrong = try desk.key(harden, [name: "wrong word"])
    #expect(wrong.status == 3 && wrong.errorText.contains("(from \(name))"), "\(wrong.errorText)")
    #expect(try desk.key(harden).errorText.contains("nobody gave its passphrase"))
    let right = try desk.key(harden, [name: "right word"])
    #expect(right.status == 0, "\(right.errorText)")
    #expect(!"\(right.text)\(right.errorText)\(wrong.errorText)".contains("right word"))
  }

  @Test("The order: descriptor, credentials, docker's variable, notary's; each is tried")
  func order() throws {
    let desk = try KeyDesk()
    let key = try desk.place()
    let folder = try TemporaryDirectory()
    _ = try folder.write("content-trust.root", Array("wrong b".utf8), mode: 0o600)
    let outcome = try desk.key(
      ["passwd", "\(key.id)", "--harden"],
      [
        "CREDENTIALS_DIRECTORY": folder.path, "DOCKER_CONTENT_TRUST_ROOT_PASSPHRASE": "wrong c",
        "NOTARY_ROOT_PASSPHRASE": "wrong d",
      ], lines: ["wrong a"])
    #expect(
      outcome.errorText.contains(
        "(from --passphrase-fd 0, then $CREDENTIALS_DIRECTORY/content-trust.root, then DOCKER_CONTENT_TRUST_ROOT_PASSPHRASE, "
          + "then NOTARY_ROOT_PASSPHRASE)"), "\(outcome.errorText)")
  }

  @Test("A variable at the limit is used, one past it is not, and an empty one is none", arguments: [0, 4_096, 4_097])
  func variableLimit(length: Int) throws {
    let desk = try KeyDesk()
    let word = String(repeating: "w", count: length)
    let outcome = try desk.key(["generate"], ["DOCKER_CONTENT_TRUST_ROOT_PASSPHRASE": word])
    #expect(outcome.status == (length == 4_096 ? 0 : 3), "\(outcome.errorText)")
    #expect(outcome.errorText.contains("longer than 4096 octets") == (length == 4_097))
    #expect(desk.names.count == (length == 4_096 ? 1 : 0))
  }

  @Test("Strength grows with length and kinds of characters, and not with what only goes on")
  func strength() {
    func bits(_ text: String) -> Int { PassphraseStrength(KeyDesk.secret(text)).bits }
    #expect(bits("") == 0 && bits("aaaaaaaaaaaaaaaa") < 25 && bits("abcdefghijkl") < 20 && bits("12345678") < 15)
    #expect(bits("kqzpvmwx") < bits("kQ7pv!wx") && bits("kqzpvmwx") < bits("kqzpvmwxkqzpvmwx"))
    for (text, words) in [("seven77", "fewer than 8"), (" blank at", "blank"), ("at blank\t", "blank")] {
      #expect(PassphraseStrength.refusal(KeyDesk.secret(text))?.contains(words) == true, "\(text)")
    }
    // Characters count, not octets.
    #expect(PassphraseStrength.refusal(KeyDesk.secret("\u{e9}\u{e9}\u{e9}\u{e9}")) != nil)
    #expect(PassphraseStrength.refusal(KeyDesk.secret("eight888")) == nil)
  }

  @Test("Drawn words are seven of a list of 1,024, and never the same twice")
  func words() {
    var seen: Set<String> = []
    var words: Set<Substring> = []
    for _ in 0..<2_000 {
      let text = String(decoding: WordPassphrase().octets, as: UTF8.self)
      let parts = text.split(separator: " ", omittingEmptySubsequences: false)
      #expect(parts.count == WordPassphrase.count && parts.allSatisfy { (3...8).contains($0.utf8.count) }, "\(text)")
      seen.insert(text)
      words.formUnion(parts)
    }
    #expect(seen.count == 2_000 && words.count == 1_024 && WordPassphrase.bits == 70)
    #expect(PassphraseStrength.refusal(WordPassphrase().octets) == nil)
  }
}
