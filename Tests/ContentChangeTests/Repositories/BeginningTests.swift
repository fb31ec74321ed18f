import TestSupport
import Testing

@Suite("Repositories that are begun")
struct BeginningTests {
  @Test("Not without a word, not twice, and not over one that nobody here has trusted")
  func twice() throws {
    let desk = try TrustMachine(NotaryPeer())
    #expect(try desk.content("init", ["--dry-run"]).text.contains("root key  a new one"))
    #expect(try desk.content("init", status: 3).errorText.contains("add --yes"))
    #expect(desk.keys.isEmpty)
    try desk.change("init")
    let keys = desk.keys
    #expect(try desk.change("init", status: 3).errorText.contains("has trust data"))
    #expect(desk.keys == keys)
    let other = try TrustMachine(desk.peer)
    #expect(try other.change("init", status: 3).errorText.contains("has trust data"))
    #expect(other.keys.isEmpty)
  }

  @Test("A server that has lost everything is no invitation to begin anew; delete is the way, and the same keys serve")
  func lost() throws {
    let desk = try TrustMachine(NotaryPeer())
    try desk.change("init")
    try desk.sign("v1")
    let keys = desk.keys
    desk.peer.stop()
    try desk.peer.start()
    let refused = try desk.change("init", status: 16)
    #expect(refused.errorText.contains("keyreeve content delete example.com/team/app"))
    // The same without docker's copy: the versions seen still say that it was there.
    let metadata = desk.machine.located(TrustMachine.folder + "/tuf")
    _ = try ChildProcess.run(["mv", metadata, metadata + ".away"])
    #expect(try desk.change("init", status: 16).errorText.contains("not begun anew"))
    try desk.content("delete", ["--confirm", TrustMachine.name])
    try desk.change("init")
    #expect(desk.keys == keys)
    try desk.sign("v1")
    #expect(try desk.signers(of: "v1") == ["targets"])
  }

  @Test("Of several root keys one is named; a new one only by that word")
  func rootKeys() throws {
    let desk = try TrustMachine(NotaryPeer())
    try desk.change("init")
    let first = desk.keys.count
    try desk.content("init", ["--new-root-key", "--yes"], of: "example.com/two")
    #expect(desk.keys.count == first + 2)
    let refused = try desk.content("init", ["--yes"], of: "example.com/three", status: 3)
    #expect(refused.errorText.contains("2 root keys are here") && refused.errorText.contains("--root-key"))
    let digits = refused.errorText.split(separator: " ").first { $0.utf8.count >= 64 }.map { String($0.prefix(12)) }
    try desk.content("init", ["--root-key", digits ?? "", "--yes"], of: "example.com/three")
    #expect(desk.keys.count == first + 3)
    try desk.content("init", ["--root-key", "0000000", "--yes"], of: "example.com/four", status: 11)
  }

  @Test("Where publishing fails, the keys that were made are named and serve the next try")
  func unpublished() throws {
    let peer = try NotaryPeer()
    let proxy = try FaultProxy(peer, .refused)
    let desk = try TrustMachine(peer, proxy: proxy)
    let failed = try desk.change("init", status: 1)
    #expect(failed.errorText.contains("it is broken"))
    #expect(desk.keys.count == 2)
    for key in desk.keys {
      #expect(failed.errorText.contains("key \(key.dropLast(4)) in /home/.docker/trust/private/\(key)"))
    }
    let keys = desk.keys
    try desk.content("init", ["--yes", "--server", peer.address])
    #expect(desk.keys == keys)
  }

  @Test("Nobody who gives a passphrase: no key is made")
  func passphrase() throws {
    let desk = try TrustMachine(NotaryPeer())
    for name in TrustMachine.passphrases.keys { desk.variables[name] = "" }
    #expect(try desk.change("init", status: 3).errorText.contains("needs a passphrase"))
    #expect(desk.keys.isEmpty)
  }
}
