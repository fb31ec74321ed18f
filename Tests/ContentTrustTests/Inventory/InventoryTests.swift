import ContentTrust
import Glibc
import Stores
import TestSupport
import Testing

/// `content inventory`, and what it takes for a use of content trust.
@Suite("Where content trust is in use", .timeLimit(.minutes(3)))
struct InventoryTests {
  @Test(
    "Lines of Dockerfiles, compose files, units, scripts and pipelines",
    arguments: [
      ("ENV DOCKER_CONTENT_TRUST 1", "DOCKER_CONTENT_TRUST", "1"),
      ("ENV DOCKER_CONTENT_TRUST=1", "DOCKER_CONTENT_TRUST", "1"),
      ("export DOCKER_CONTENT_TRUST=\"1\"", "DOCKER_CONTENT_TRUST", "1"),
      ("  DOCKER_CONTENT_TRUST: 1", "DOCKER_CONTENT_TRUST", "1"),
      ("      - DOCKER_CONTENT_TRUST=1", "DOCKER_CONTENT_TRUST", "1"),
      ("Environment=\"DOCKER_CONTENT_TRUST=0\"", "DOCKER_CONTENT_TRUST", "0"),
      (
        "DOCKER_CONTENT_TRUST_SERVER=https://user:secret@host.example:4443 x", "DOCKER_CONTENT_TRUST_SERVER",
        "https://host.example:4443"
      ),
      ("A=1 DOCKER_CONTENT_TRUST_ROOT_PASSPHRASE=secret", "DOCKER_CONTENT_TRUST_ROOT_PASSPHRASE", nil),
      ("env: {NOTARY_AUTH: secret}", "NOTARY_AUTH", nil), ("if docker --tls trust sign x; then", "docker trust", nil),
      ("/usr/bin/notary -s https://x -d ~/.n publish host/app", "notary", nil),
      ("docker build --disable-content-trust=false .", "--disable-content-trust", nil),
      ("curl https://notary.docker.io/v2/", "notary.docker.io", nil),
    ] as [(String, String, String?)])
  func line(text: String, name: String, value: String?) {
    let mentions = TrustMention.all(in: Array("\n\(text)\n".utf8))
    #expect(mentions == [TrustMention.all(in: Array("\n\(text)".utf8)).first].compactMap { $0 } && mentions.count == 1)
    #expect(mentions.first?.name == name && mentions.first?.value == value && mentions.first?.line == 2, "\(mentions)")
    #expect(!"\(mentions)".contains("secret"))
  }

  @Test("Remarks, other words, and executables that are no scripts are none; of a file a thousand mentions are taken")
  func none() {
    for text in [
      "# DOCKER_CONTENT_TRUST=1", "the notary of the town", "DOCKER_CONTENT_TRUSTED=1", "trust docker", "notary",
    ] {
      #expect(TrustMention.all(in: Array(text.utf8)).isEmpty, "\(text)")
    }
    let line = Array("docker trust inspect x\n".utf8)
    #expect(TrustMention.all(in: line, isScript: true).isEmpty)
    #expect(TrustMention.all(in: Array("#!/bin/sh\n".utf8) + line, isScript: true).count == 1)
    for (count, taken) in [(TrustMention.limit, TrustMention.limit), (TrustMention.limit + 1, TrustMention.limit)] {
      #expect(TrustMention.all(in: [[UInt8]](repeating: line, count: count).flatMap { $0 }).count == taken)
    }
  }

  @Test("Each limit of a look through a folder holds at it, and one past it is said")
  func limits() throws {
    let machine = try SandboxMachine()
    for name in ["a", "b"] { try machine.write("/tree/\(name)/x.sh", Array("docker trust\n".utf8)) }
    func look(_ change: (inout FileTreeLimits) -> Void) throws -> String {
      var limits = FileTreeLimits()
      change(&limits)
      var count = 0
      var tree = FileTree(limits, wants: { _, _, _ in true }, take: { _, _ in count += 1 })
      try tree.read("/tree", under: Sysroot(machine.path))
      return "\(count) read, \(tree.cut == nil ? "whole" : "cut"), \(tree.obstacles.count) obstacles"
    }
    let whole = "2 read, whole, 0 obstacles"
    #expect(try look { $0.names = 4 } == whole)
    #expect(try look { $0.names = 3 }.contains("cut"))
    #expect(try look { $0.files = 2 } == whole)
    #expect(try look { $0.files = 1 } == "1 read, cut, 0 obstacles")
    #expect(try look { $0.total = 26 } == whole)
    #expect(try look { $0.total = 25 } == "1 read, cut, 0 obstacles")
    #expect(try look { $0.file = 13 } == whole)
    #expect(try look { $0.file = 12 } == "0 read, whole, 2 obstacles")
    #expect(try look { $0.depth = 1 } == whole)
    #expect(try look { $0.depth = 0 } == "0 read, whole, 2 obstacles")
  }

  @Test(
    "A machine: variables by name, configuration, what is kept and when it ends, keys, uses; links and FIFOs passed over"
  )
  func machine() throws {
    let desk = try ContentDesk()
    #expect(try desk.content("list").status == 0)
    try desk.machine.write("/src/Dockerfile", Array("FROM x\nENV DOCKER_CONTENT_TRUST=1\n".utf8))
    try desk.machine.write("/src/.github/workflows/ci.yml", Array("run: docker trust sign x\n".utf8))
    try desk.machine.write("/src/.git/ci.yml", Array("run: docker trust sign x\n".utf8))
    try desk.machine.write("/src/bin/build", Array("#!/bin/sh\nnotary publish x\n".utf8), mode: 0o755)
    try desk.machine.write("/secret.sh", Array("docker trust sign\n".utf8))
    try desk.machine.link("/src/link.sh", to: "../secret.sh")
    try desk.machine.makeFIFO("/src/fifo.sh")
    try desk.machine.write("/src/big.sh", [UInt8](repeating: 0x20, count: (1 << 20) + 1))
    try desk.machine.write("/var/lib/dpkg/status", Array("Package: docker-ce-cli\nVersion: 5:29.0.1-1\n".utf8))
    try desk.machine.write("/home/.docker/trust/tuf/docker.io/library/alpine/metadata/root.json", Array("{".utf8))
    guard let program = BuiltProgram.path("keyreeve-verify") else { throw NotaryPeer.Failure.failed("no program") }
    let environment = desk.environment.merging([
      "DOCKER_CONTENT_TRUST_REPOSITORY_PASSPHRASE": "very secret", "DOCKER_CONTENT_TRUST": "1",
    ]) { $1 }
    let outcome = try ChildProcess.run(
      [program, "content", "inventory", "/src", "--json", "--sysroot", desk.machine.path], environment: environment)
    #expect(outcome.status == 0, "\(outcome.errorText)")
    let text = outcome.text
    for part in [
      "\"schema\": \"keyreeve.inventory/1\"", "DOCKER_CONTENT_TRUST_REPOSITORY_PASSPHRASE", "\"docker-ignores\"",
      "\"docker-server-ends\"", "2026-12-08", "/src/Dockerfile", "/src/.github/workflows/ci.yml", "/src/bin/build",
      "\"root certificate\"", "\"unreadable\"", "/src/big.sh", "\"repository\": \"example.com/team/app\"",
    ] { #expect(text.contains(part), "\(part): \(text)") }
    #expect(text.contains("/src/fifo.sh: is not a regular file"), "\(text)")
    for part in ["very secret", "link.sh", ".git/ci.yml"] { #expect(!text.contains(part), "\(part)") }
    let plain = try desk.run(["content", "inventory", "/src"])
    #expect(plain.status == 0 && plain.text.contains("/src/Dockerfile:2  DOCKER_CONTENT_TRUST=1"), "\(plain.text)")
    #expect(try desk.run(["content", "inventory", "/nowhere"]).status == 1)
  }
}
