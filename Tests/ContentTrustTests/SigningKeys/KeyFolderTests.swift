import ContentTrust
import SignedMetadata
import Stores
import TestSupport
import Testing
import TrustModel

/// Rules about files and folders of keys; the command that a finding names is run, and mends it.
@Suite("Folders of signing keys")
struct KeyFolderTests {
  /// Makes a plain key under its own identifier.
  private func makeKey(_ shop: borrowing KeyShop) throws -> (id: String, name: String) {
    try shop.shell("openssl ecparam -name prime256v1 -genkey -noout -out k.pem")
    let id = try shop.opensslID("k.pem")
    let name = "private/\(id).key"
    try shop.shell("cp k.pem trust/\(name); sed -i '1arole: root\\n' trust/\(name); chmod 600 trust/\(name)")
    return (id, name)
  }

  private func mend(_ finding: SigningKeyFinding) throws {
    let outcome = try ChildProcess.run(try #require(finding.fix))
    #expect(outcome.status == 0, "\(outcome.errorText)")
  }

  @Test("A key as it should be: its identifier is confirmed, and only its missing passphrase and use are told")
  func good() throws {
    let shop = try KeyShop()
    let (id, name) = try makeKey(shop)
    let survey = try shop.survey()
    #expect(survey.keys.map(\.confirmation) == [.confirmed] && survey.keys.first?.id?.description == id)
    #expect(survey.keys.first?.file == "\(shop.path)/\(name)" && survey.keys.first?.role == "root")
    #expect(survey.rules == ["no-passphrase", "orphan"])
    #expect(
      survey.finding("no-passphrase")?.fix == ["keyreeve", "content", "key", "passwd", id, "--trust-dir", shop.path])
  }

  @Test("The command that sets a passphrase works")
  func passphrase() throws {
    let shop = try KeyShop()
    _ = try makeKey(shop)
    let words = try #require(try shop.survey().finding("no-passphrase")?.fix)
    let program = try #require(BuiltProgram.path(words[0]))
    try shop.shell(
      ([program] + words.dropFirst()).joined(separator: " "),
      // The change log stays out of the machine's own.
      ["NOTARY_ROOT_PASSPHRASE": "root passphrase", "HOME": "/", "KEYREEVE_SYSROOT": shop.directory.path])
    #expect(try shop.survey().keys.first?.contents?.form == .encryptedPKCS8)
  }

  @Test(
    "Rights other than 0600 and 0700 are findings, errors where others get in",
    arguments: [("644", 0), ("640", 0), ("604", 0), ("602", 0), ("400", 1), ("700", 1), ("4600", 1)])
  func rights(mode: String, severity: Int) throws {
    let shop = try KeyShop()
    let (_, name) = try makeKey(shop)
    try shop.shell("chmod \(mode) trust/\(name)")
    let finding = try #require(try shop.survey().finding("file-mode"))
    #expect(finding.severity == [.error, .note][severity] && finding.message.contains(mode))
    try mend(finding)
    #expect(try shop.survey().finding("file-mode") == nil)
  }

  @Test("Folders that others can look into are errors", arguments: ["private", "private/sub"])
  func folders(name: String) throws {
    let shop = try KeyShop()
    try shop.shell("mkdir -p -m 700 trust/\(name); chmod 700 trust/\(name)")
    #expect(try shop.survey().rules.isEmpty)
    try shop.shell("chmod 750 trust/\(name)")
    let finding = try #require(try shop.survey().finding("folder-mode"))
    #expect(finding.severity == .error && finding.file == "\(shop.path)/\(name)")
    try mend(finding)
    #expect(try shop.survey().rules.isEmpty)
    try shop.shell("chmod 500 trust/\(name)")
    #expect(try shop.survey().finding("folder-mode")?.severity == .note)
  }

  @Test("A file of another owner than its folder is told, and given back")
  func owner() throws {
    let shop = try KeyShop()
    let (_, name) = try makeKey(shop)
    guard try shop.shell("id -u") == "0\n" else {
      return print("skipped: files of another owner; only root makes them")
    }
    try shop.shell("chown 12345 trust/\(name)")
    let finding = try #require(try shop.survey().finding("owner"))
    #expect(finding.message.contains("12345"))
    try mend(finding)
    #expect(try shop.survey().finding("owner") == nil)
  }

  @Test("A plain key under another name is contradicted, and the command renames it")
  func renamed() throws {
    let shop = try KeyShop()
    let (id, name) = try makeKey(shop)
    let other = "private/" + String(repeating: "a", count: 64) + ".key"
    try shop.shell("mv trust/\(name) trust/\(other)")
    let survey = try shop.survey()
    #expect(survey.keys.map(\.confirmation) == [.contradicted] && survey.finding("no-passphrase")?.fix == nil)
    let finding = try #require(survey.finding("key-id"))
    #expect(finding.severity == .error && finding.key?.description == id)
    try mend(finding)
    #expect(try shop.survey().keys.map(\.confirmation) == [.confirmed])
    for odd in ["private/mine.key", "private/\(id)"] {
      try shop.shell("mv trust/\(name) trust/\(odd)")
      try mend(try #require(try shop.survey().findings.first { ["file-name", "no-ending"].contains($0.id) }))
      #expect(try shop.survey().keys.map(\.confirmation) == [.confirmed])
    }
  }

  @Test("A key that lies in two places is told with both")
  func duplicate() throws {
    let shop = try KeyShop()
    let (id, name) = try makeKey(shop)
    try shop.shell("mkdir -m 700 trust/private/sub; cp -p trust/\(name) trust/private/sub/")
    let finding = try #require(try shop.survey().finding("duplicate"))
    #expect(finding.key?.description == id && finding.message.contains("/private/sub/"))
    #expect(finding.message.contains("cmp \(shop.path)/\(name) \(shop.path)/private/sub/\(id).key"))
  }

  @Test("Older layouts are read with role and repository from their names, and nothing is moved")
  func oldLayouts() throws {
    let shop = try KeyShop()
    try shop.shell("openssl ecparam -name prime256v1 -genkey -noout -out k.pem")
    let id = try shop.opensslID("k.pem")
    try shop.shell(
      """
      umask 077; mkdir -p trust/private/root_keys trust/private/tuf_keys/docker.io/team/app
      openssl ec -in k.pem -aes256 -passout pass:x -out trust/private/root_keys/\(id)_root.key 2>/dev/null
      cp k.pem trust/private/tuf_keys/docker.io/team/app/\(id)_targets.key
      """)
    let before = try shop.fingerprint()
    let survey = try shop.survey()
    #expect(try shop.fingerprint() == before)
    #expect(survey.keys.map(\.role) == ["root", "targets"] && survey.keys.allSatisfy { $0.id?.description == id })
    #expect(survey.keys.map(\.repository) == [nil, "docker.io/team/app"])
    #expect(survey.keys.map(\.confirmation) == [.unconfirmed, .confirmed])
    #expect(survey.rules.filter { $0 == "old-layout" }.count == 2 && survey.finding("no-passphrase")?.fix == nil)
    // The same folder under notary: what was announced is what happens.
    try shop.shell("notary -d trust key list >/dev/null", ["HOME": shop.directory.path])
    #expect(try shop.survey().keys.map(\.name.isOld).contains(true) == false)
  }

  @Test("Links are passed over, and neither links, pipes nor folders in the place of files stop the rest")
  func strangers() throws {
    let shop = try KeyShop()
    let (_, name) = try makeKey(shop)
    try shop.shell(
      """
      cd trust/private; ln -s ../\(name) link.key; ln -s nowhere dangling.key; ln -s /tmp folder; mkfifo pipe.key
      mkdir -m 700 folder.key; echo hello >README; printf 'x' >"$(printf 'not-utf8-\\377.key')"
      """)
    let before = try shop.fingerprint()
    let survey = try shop.survey()
    #expect(try shop.fingerprint() == before)
    #expect(survey.keys.filter { $0.contents != nil }.count == 1)
    #expect(survey.findings.filter { $0.id == "link" }.map(\.severity) == [.warning, .warning])
    #expect(survey.findings.filter { $0.id == "stray-file" }.count == 2)
    #expect(survey.findings.filter { $0.id == "broken-file" }.map(\.file) == ["\(shop.path)/private/pipe.key"])
    #expect(survey.finding("unreadable")?.severity == .error)
  }

  @Test("What stands in headers and names is shown, never acted on")
  func hostileText() throws {
    let shop = try KeyShop()
    let (_, name) = try makeKey(shop)
    try shop.shell(
      """
      cd trust; sed -i "s/^role: root/role: root$(printf '\\033')[2J\\ngun: $(printf '\\342\\200\\256')evil/" \(name)
      cp -p \(name) "private/$(printf '\\033')]0;x.key"
      """)
    let survey = try shop.survey()
    #expect(survey.findings.filter { $0.id == "header" }.count == 2)
    for finding in survey.findings {
      #expect(finding.message.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0 != "\u{202e}" }, "\(finding.message)")
    }
    #expect(survey.findings.contains { $0.message.contains("<U+001B>]0;x.key") })
  }
}
