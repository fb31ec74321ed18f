import TrustModel
import Fetch
import Glibc
import Stores
import TestSupport
import Testing

@testable import Credentials

@Suite("Credentials of docker's config.json")
struct DockerCredentialTests {
  /// Name and password, tokens, and where from, as text: for comparing.
  private static func shown(_ credential: Credential?) -> String {
    guard let credential else { return "nothing" }
    func text(_ octets: SecretOctets?) -> String { octets.map { String(decoding: Array($0), as: UTF8.self) } ?? "-" }
    let pair = credential.basic.flatMap { SecretBase64.decode($0) }
    return [text(pair), text(credential.identityToken), text(credential.registryToken)].joined(separator: " ")
  }

  private static func credential(_ text: String, for registry: String) throws -> Credential? {
    let folder = try TemporaryDirectory()
    try folder.write("config.json", Array(text.utf8))
    return try DockerCredentials(ForeignFolder(sysroot: .machine, path: folder.path)).credential(for: registry)
  }

  private static let login = #""auth":"YWxpY2U6czNjcmV0""#

  @Test(
    "The entry of a registry, under the key that docker looks up",
    arguments: [
      (#"{"auths":{"host.example:5000":{LOGIN}}}"#, "host.example:5000", "alice:s3cret - -"),
      (#"{"auths":{"host.example:5000":{LOGIN}}}"#, "host.example", "nothing"),
      (#"{"auths":{"host.example":{LOGIN}}}"#, "HOST.example", "nothing"),
      (#"{"auths":{"https://index.docker.io/v1/":{LOGIN}}}"#, "docker.io", "alice:s3cret - -"),
      (#"{"auths":{"docker.io":{LOGIN}}}"#, "docker.io", "nothing"),
      (#"{"auths":{"https://host.example/v1/":{LOGIN}}}"#, "host.example", "alice:s3cret - -"),
      (#"{"auths":{"http://host.example":{LOGIN},"host.example":{"auth":"YjpjZA=="}}}"#, "host.example", "b:cd - -"),
      (
        #"{"auths":{"host.example":{LOGIN,"identitytoken":"id","registrytoken":"reg"}}}"#, "host.example",
        "alice:s3cret id reg"
      ),
      (#"{"auths":{"host.example":{"auth":"YWxpY2U6","identitytoken":"id"}}}"#, "host.example", "- id -"),
      (#"{"auths":{"host.example":{"auth":"YWxpY2U6cHcAAA=="}}}"#, "host.example", "alice:pw - -"),
      // Name and password apart, as docker 28.2.2 was seen to take them: only without an auth, and only both.
      (#"{"auths":{"host.example":{"username":"bob","password":"p\u0077"}}}"#, "host.example", "bob:pw - -"),
      (#"{"auths":{"host.example":{"username":"bob","password":"pw","auth":""}}}"#, "host.example", "bob:pw - -"),
      (
        #"{"auths":{"host.example":{"username":"bob","password":"pw",LOGIN}}}"#, "host.example", "alice:s3cret - -"
      ),
      (
        #"{"auths":{"host.example":{"username":"bob","password":"pw","identitytoken":"id"}}}"#, "host.example",
        "bob:pw id -"
      ),
      (#"{"auths":{"host.example":{"username":"bob"}}}"#, "host.example", "nothing"),
      (#"{"auths":{"host.example":{"password":"pw"}}}"#, "host.example", "nothing"),
      (#"{"auths":{"host.example":{}}}"#, "host.example", "nothing"), ("{}", "host.example", "nothing"),
      // As docker 28.2.2 writes it after docker login.
      (
        "{\n\t\"auths\": {\n\t\t\"localhost:15443\": {\n\t\t\t\"auth\": \"YWxpY2U6cCJ3XDwmL3g=\"\n\t\t}\n\t}\n}",
        "localhost:15443", #"alice:p"w\<&/x - -"#
      ),
      (#"{"auths":null,"credsStore":"","credHelpers":{"host.example":""}}"#, "host.example", "nothing"),
    ])
  func entries(text: String, registry: String, shown: String) throws {
    let text = text.replacing("LOGIN", with: Self.login)
    #expect(Self.shown(try Self.credential(text, for: registry)) == shown)
  }

  @Test(
    "What is not as docker writes it is an error that names the file, and nothing of what is in it",
    arguments: [
      "", "[]", "{", #"{"auths":[]}"#, #"{"auths":{"h":"s3cret"}}"#, #"{"auths":{"h":{"auth":1}}}"#,
      #"{"auths":{"h":{"auth":"s3cret"}}}"#, #"{"auths":{"h":{"auth":"czNjcmV0"}}}"#, #"{"credsStore":1}"#,
      #"{"auths":{"h":{"username":1,"password":"s3cret"}}}"#, #"{"auths":{"h":{"username":"a","password":{}}}}"#,
      #"{"auths":{},"auths":{}}"#, #"{"credHelpers":{"h":["x"]}}"#, #"{"credsStore":"../x"}"#, #"{"credsStore":"a b"}"#,
    ])
  func malformed(text: String) throws {
    let error = #expect(throws: CredentialError.self) { try Self.credential(text, for: "h") }
    let sentence = error.map { "\($0)" } ?? ""
    #expect(sentence.contains("/config.json") && !sentence.contains("s3cret"), "\(sentence)")
  }

  @Test("The file is read to its limit, and not one octet more")
  func limit() throws {
    func padded(_ count: Int) -> String {
      let text = #"{"auths":{"h":{LOGIN}}}"#.replacing("LOGIN", with: Self.login)
      return text + String(repeating: " ", count: count - text.utf8.count)
    }
    #expect(Self.shown(try Self.credential(padded(CredentialLimits.fileOctets), for: "h")) == "alice:s3cret - -")
    let error = #expect(throws: CredentialError.self) {
      try Self.credential(padded(CredentialLimits.fileOctets + 1), for: "h")
    }
    #expect(error.map { "\($0)".contains("larger than") } == true)
  }

  @Test("No file is no credentials; a link to one is followed on the machine, and not below a sysroot")
  func files() throws {
    let folder = try TemporaryDirectory()
    let docker = ForeignFolder(sysroot: .machine, path: folder.path)
    #expect(try DockerCredentials(docker).credential(for: "h") == nil)
    try folder.write("real.json", Array(#"{"auths":{"h":{LOGIN}}}"#.replacing("LOGIN", with: Self.login).utf8))
    #expect(symlink(folder.path + "/real.json", folder.path + "/config.json") == 0)
    #expect(Self.shown(try DockerCredentials(docker).credential(for: "h")) == "alice:s3cret - -")
    let below = ForeignFolder(sysroot: Sysroot("/tmp"), path: String(folder.path.dropFirst("/tmp".count)))
    #expect(throws: CredentialError.self) { try DockerCredentials(below).credential(for: "h") }
  }

  @Test("With a sysroot no program is started")
  func sysroot() throws {
    let folder = try TemporaryDirectory()
    try folder.write("config.json", Array(#"{"credsStore":"fake"}"#.utf8))
    let below = ForeignFolder(sysroot: Sysroot("/tmp"), path: String(folder.path.dropFirst("/tmp".count)))
    let error = #expect(throws: CredentialError.self) { try DockerCredentials(below).credential(for: "h") }
    #expect(error == .helperElsewhere("docker-credential-fake", file: folder.path + "/config.json"))
  }

  @Test("A helper that is not installed is named, with the file that names it")
  func noHelper() throws {
    let error = #expect(throws: CredentialError.self) {
      try Self.credential(#"{"credsStore":"none","credHelpers":{"h":"kr-no-such"}}"#, for: "h")
    }
    guard case .helperMissing("docker-credential-kr-no-such", _)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }
}
