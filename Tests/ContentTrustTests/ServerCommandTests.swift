import ExampleMachine
import TestSupport
import Testing

/// The program with what docker and notary keep for a person: folders, variables, helpers.
@Suite("Commands that ask servers")
struct ServerCommandTests {
  private static let name = "example.com/team/app"
  private static let alice = "YWxpY2U6czNjcmV0"

  /// A person's home directory, and the variables that go with it.
  private final class Person {
    let home: TemporaryDirectory
    var variables = ChildProcess.cleanEnvironment

    init() throws {
      home = try TemporaryDirectory()
      variables["HOME"] = home.path
      variables["PATH"] = home.path + "/bin:" + (variables["PATH"] ?? "")
      for folder in ["bin", ".docker", ".notary", ".config/keyreeve"] { try home.mkdir(folder) }
    }

    func write(_ name: String, _ text: String, mode: UInt32 = 0o600) throws {
      try home.write(name, Array(text.utf8), mode: mode)
    }

    /// What root has seen on this machine is none of the person's business.
    private static let apart = [
      "unshare", "--mount", "--map-root-user", "sh", "-c", "mount -t tmpfs none /var/lib && exec \"$@\"", "sh",
    ]

    /// What `keyreeve-verify content list` ends with, and says.
    func list(_ arguments: [String] = [], _ more: [String: String] = [:]) throws -> (status: Int32, text: String) {
      let command = [Programs.directory + "/keyreeve-verify", "content", "list", ServerCommandTests.name]
      let outcome = try ChildProcess.run(
        Self.apart + command + ["--trust-on-first-use"] + arguments, environment: variables.merging(more) { $1 })
      return (outcome.status, outcome.text + outcome.errorText)
    }
  }

  private static func peer(tokens: TokenAuthority? = nil) throws -> NotaryPeer {
    let peer = try NotaryPeer(tokens: tokens)
    peer.environment["NOTARY_AUTH"] = alice
    try tokens?.give(["*", "push", "pull"], on: name, to: "Basic " + alice)
    try peer.makeRepository(name, targets: ["v1"])
    return peer
  }

  @Test(
    "A password from a helper, from docker's file and from a variable; each failure in its own words, and no secret")
  func credentials() throws {
    let peer = try Self.peer(tokens: TokenAuthority())
    let person = try Person()
    let common = ["SSL_CERT_FILE": try SiteCertificate.authorities]
    let server = ["--server", peer.address]
    func helper(_ script: String) throws {
      try person.write("bin/docker-credential-fake", "#!/bin/sh\n\(script)\n", mode: 0o755)
    }
    func refused(_ problem: String, _ more: [String: String] = [:]) throws {
      let (status, text) = try person.list(server, common.merging(more) { $1 })
      #expect(status == 1 && text.contains(problem) && !text.contains("s3cret"), "\(text)")
    }
    try refused("docker login example.com, or set NOTARY_AUTH")
    try person.write(".docker/config.json", "{\"credHelpers\":{\"example.com\":\"fake\"}}")
    try refused("there is no program docker-credential-fake")
    try helper("echo '{\"Username\":\"alice\",\"Secret\":\"s3cret\"}'")
    let (status, text) = try person.list(server, common)
    #expect(status == 0 && text.contains("v1"), "\(text)")
    try helper("echo '{\"Username\":\"alice\",\"Secret\":\"other\"}'")
    try refused("does not accept the password or token from docker-credential-fake")
    try helper("echo locked; exit 1")
    try refused("docker-credential-fake failed: locked")
    try helper("echo s3cret")
    try refused("docker-credential-fake answers with what is no JSON object")
    try person.write(".docker/config.json", "{\"auths\":{\"example.com\":{\"auth\":\"\(Self.alice)\"}}}")
    #expect(try person.list(server, common).status == 0)
    try refused("from NOTARY_AUTH", ["NOTARY_AUTH": "YWxpY2U6b3RoZXI="])
    try refused("NOTARY_AUTH is not name:password", ["NOTARY_AUTH": "alice:s3cret"])
    try person.write(".docker/config.json", "{\"auths\":")
    try refused("/.docker/config.json: is no JSON object")
    #expect(try person.list(server, common.merging(["NOTARY_AUTH": Self.alice]) { $1 }).status == 0)
  }

  @Test(
    "Authorities from docker's folder and from notary's configuration, for the token server too; without them nothing is trusted"
  )
  func certificates() throws {
    let peer = try Self.peer(tokens: TokenAuthority())
    let person = try Person()
    person.variables["NOTARY_AUTH"] = Self.alice
    let (status, text) = try person.list(["--server", peer.address])
    #expect(status == 1 && text.contains("no authority that is known here"), "\(text)")
    let authority = try ChildProcess.run(["cat", SiteCertificate.authorities]).text
    let folder = ".docker/tls/localhost:\(peer.port)"
    try person.home.mkdir(folder)
    try person.write(folder + "/a.crt", try ChildProcess.run(["cat", SiteCertificate.selfSigned.file]).text)
    try person.write(folder + "/b.crt", authority)
    #expect(try person.list(["--server", peer.address]).status == 0)
    try person.write(folder + "/client.key", "")
    #expect(try person.list(["--server", peer.address]).text.contains("client.key has no client.cert"))
    let other = try Person()
    other.variables["NOTARY_AUTH"] = Self.alice
    try other.write(".notary/ca.crt", authority)
    try other.write(
      ".notary/config.json", "{\"remote_server\":{\"url\":\"\(peer.address)\",\"root_ca\":\"ca.crt\"}}")
    #expect(try other.list(["--server", peer.address]).status == 0)
    // Notary's server where notary's folder is worked with, and only there.
    #expect(try other.list(["--trust-dir", other.home.path + "/.notary"]).status == 0)
    #expect(try other.list(["--trust-dir", other.home.path]).text.contains("https://example.com"))
  }

  @Test("The server by registry stands before docker's variable, and --server before both")
  func servers() throws {
    let peer = try Self.peer()
    let person = try Person()
    try person.write(".config/keyreeve/a.conf", "[registry Example.com]\nserver = \(peer.address)\n")
    let common = [
      "SSL_CERT_FILE": try SiteCertificate.authorities, "DOCKER_CONTENT_TRUST_SERVER": "https://localhost:1",
    ]
    #expect(try person.list([], common).status == 0)
    #expect(try person.list(["--server", "https://localhost:2"], common).text.contains("localhost:2"))
    try person.write(".config/keyreeve/a.conf", "[registry other.example]\nserver = \(peer.address)\n")
    #expect(try person.list([], common).text.contains("localhost:1"))
    #expect(try person.list([], common.merging(["DOCKER_CONTENT_TRUST_SERVER": peer.address]) { $1 }).status == 0)
  }

  @Test("Nothing there, nothing there any more, an error of the server, and no server end in four ways")
  func answers() throws {
    let peer = try Self.peer()
    let person = try Person()
    try peer.notary(["list", Self.name])
    let common = ["SSL_CERT_FILE": try SiteCertificate.authorities]
    let empty = try NotaryPeer()
    let kept = ["--trust-dir", peer.trustFolder]
    #expect(try person.list(["--server", empty.address], common).status == 10)
    let (status, text) = try person.list(["--server", empty.address] + kept, common)
    #expect(status == 16 && text.contains("though it was signed before"), "\(text)")
    let site = try TestSite()
    try site.answer("*", .status(500))
    for (server, problem) in [(site.address(""), "status 500"), ("https://localhost:1", "cannot be reached")] {
      let none = try person.list(["--server", server], common)
      #expect(none.status == 1 && none.text.contains(problem), "\(none.text)")
      // What was kept counts, and it is said why nothing newer does.
      let old = try person.list(["--server", server] + kept, common)
      #expect(old.status == 0 && old.text.contains("v1") && old.text.contains(problem), "\(old.text)")
    }
  }
}
