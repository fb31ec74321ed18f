import ExampleMachine
import StrictJSON
import TestSupport
import Testing

/// `content key list` of both programs.
@Suite("The command that lists signing keys")
struct KeyListCommandTests {
  private func run(
    _ program: String, _ arguments: [String], _ environment: [String: String] = [:]
  ) throws -> ChildProcess.Outcome {
    try ChildProcess.run(
      [program, "content", "key", "list"] + arguments,
      environment: ChildProcess.cleanEnvironment.merging(environment) { $1 }, timeout: 20)
  }

  @Test("A repository of notary as text and as a document", arguments: [Programs.keyreeve, Programs.keyreeveVerify])
  func repository(program: String) throws {
    let peer = try NotaryPeer()
    try peer.makeRepository("example.com/team/app", targets: ["v1"])
    let text = try run(program, ["--trust-dir", peer.trustFolder])
    #expect(text.status == 0 && text.errorText.isEmpty)
    for words in [
      "signs       root of example.com/team/app as ", "signs       targets of example.com/team/app\n",
      "protection  pbkdf2 hmac-sha1, 2048 rounds, aes-256-cbc: weak", "timestamp  example.com/team/app  the server",
      "identifier  unconfirmed",
    ] { #expect(text.text.contains(words), "\(words) in \(text.text)") }
    let outcome = try run(program, ["--trust-dir", peer.trustFolder, "--json"])
    let document = try JSON.parse(outcome.output)
    #expect(document["schema"]?.string == "keyreeve.content-keys/1")
    let uses = try #require(document["keys"]?.array).compactMap { $0["uses"]?.array?.first }
    let root = try #require(uses.first { $0["role"]?.string == "root" })
    #expect(root["id"] != root["file"] && uses.count == 3)
    #expect(document["missing"]?.array?.map { $0["holder"]?.string } == ["server"])
  }

  @Test("docker's folder and notary's are read by default, below a sysroot too")
  func defaults() throws {
    let shop = try KeyShop()
    try shop.shell(
      """
      umask 077; mkdir -p m/root/.docker/trust/private m/root/.notary/private
      openssl ecparam -name prime256v1 -genkey -noout -out m/root/.docker/trust/private/d.key
      openssl ecparam -name prime256v1 -genkey -noout -out m/root/.notary/private/n.key
      """)
    let environment = ["HOME": "/root"]
    let outcome = try run(Programs.keyreeveVerify, ["--json", "--sysroot", shop.directory.path + "/m"], environment)
    let document = try JSON.parse(outcome.output)
    #expect(document["folders"]?.array?.map { $0.string } == ["/root/.docker/trust", "/root/.notary"])
    let files = document["keys"]?.array?.compactMap { $0["file"]?.string?.text }
    #expect(files == ["/root/.docker/trust/private/d.key", "/root/.notary/private/n.key"])
    let fixes = document["findings"]?.array?.compactMap { $0["fix"]?.array?[2].string?.text }
    #expect(fixes?.contains("\(shop.directory.path)/m/root/.notary/private/n.key") == true)
    try shop.shell("rm -r m/root/.notary")
    let rest = try run(Programs.keyreeveVerify, ["--json", "--sysroot", shop.directory.path + "/m"], environment)
    #expect(try JSON.parse(rest.output)["folders"]?.array?.count == 1)
  }

  @Test("No folder of that name is not found, and an unreadable one fails")
  func refusals() throws {
    let shop = try KeyShop()
    #expect(try run(Programs.keyreeveVerify, ["--trust-dir", shop.path + "/none"]).status == 11)
    try shop.shell("rmdir trust/private; touch trust/private")
    let outcome = try run(Programs.keyreeveVerify, ["--trust-dir", shop.path])
    #expect(outcome.status == 1 && outcome.errorText.contains("\(shop.path)/private: is not a regular file"))
  }
}
