import ContentChange
import ContentSigning
import SignedMetadata
import TestSupport
import Testing
import TrustModel

/// Keys of this program in the hands of notary and docker with a real server, and theirs in its hands.
@Suite("Signing keys with notary, docker and a server", .timeLimit(.minutes(3)))
struct KeyServerTests {
  private static let words = [
    "DOCKER_CONTENT_TRUST_ROOT_PASSPHRASE": "root passphrase",
    "DOCKER_CONTENT_TRUST_REPOSITORY_PASSPHRASE": "targets passphrase",
  ]

  @Test(
    "notary makes a repository with a root key of this program, after its passphrase was changed; its keys open here")
  func notary() throws {
    let (peer, desk) = (try NotaryPeer(), try KeyDesk())
    let trust = desk.machine.located(KeyDesk.trust)
    #expect(try desk.key(["generate"], lines: ["first passphrase"]).status == 0)
    let root = String(try #require(desk.names.first).prefix(64))
    #expect(try desk.key(["passwd", root], lines: ["first passphrase", "root passphrase"]).status == 0)
    try peer.notary(["init", "example.com/app", "-p"], folder: trust)
    try desk.machine.write("/desk/file", Array("v1".utf8))
    try peer.notary(["add", "example.com/app", "v1", desk.machine.located("/desk/file"), "-p"], folder: trust)
    #expect(try peer.notary(["list", "example.com/app"], folder: trust).contains("v1"))
    let ring = SigningKeyring(
      [desk.folder], passphrases: ListedPassphrases("targets passphrase", "snapshot passphrase"))
    let list = try peer.notary(["key", "list"], folder: trust).split(separator: "\n")
    #expect(list.contains { $0.hasPrefix("root") && $0.contains(root) })
    for role in ["targets", "snapshot"] {
      let row = try #require(list.first { $0.hasPrefix(role) })
      let id = try #require(row.split(separator: " ").compactMap { KeyID($0) }.first)
      #expect(try ring.key(KeyRequest(id, role: role, repository: "example.com/app", purpose: "")) != nil)
    }
  }

  @Test("docker signs with a root key and a signer of this program", arguments: ["ecdsa-p256", "ecdsa-p384", "rsa"])
  func docker(type: String) throws {
    let (peer, desk) = (try NotaryPeer(), try KeyDesk())
    let authorities = try ChildProcess.run(["cat", try SiteCertificate.authorities]).output
    try desk.machine.write("/home/.docker/tls/localhost:\(peer.port)/ca.crt", authorities)
    #expect(try desk.key(["generate", "--type", type], Self.words).status == 0)
    let root = String(try #require(desk.names.first).prefix(64))
    #expect(
      try desk.key(["generate", "--role", "alice", "--type", type, "--output", "alice.pub"], Self.words).status == 0)
    let alice = String(try #require(desk.names.first { !$0.hasPrefix(root) }).prefix(64))
    let variables = Self.words.merging(["DOCKER_CONTENT_TRUST_SERVER": peer.address]) { $1 }
    let added = try desk.docker(
      ["trust", "signer", "add", "--key", "alice.pub", "alice", "example.com/team/app"], variables)
    #expect(added.status == 0, "\(added.text)\(added.errorText)")
    #expect(desk.names.count == 3, "docker made another root key: \(desk.names)")
    let list = try peer.notary(
      ["delegation", "list", "example.com/team/app"], folder: desk.machine.located(KeyDesk.trust))
    #expect(list.contains(alice), "\(list)")
    // The signer signs.
    try desk.machine.write("/desk/file", Array("v1".utf8))
    peer.environment = ["NOTARY_DELEGATION_PASSPHRASE": "targets passphrase"]
    try peer.notary(
      ["add", "example.com/team/app", "v1", desk.machine.located("/desk/file"), "--roles", "targets/alice", "-p"],
      folder: desk.machine.located(KeyDesk.trust))
    #expect(try desk.docker(["trust", "inspect", "example.com/team/app"], variables).text.contains("alice"))
  }
}
