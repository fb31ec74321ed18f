import ContentTrust
import Credentials
import Fetch
import SignedMetadata
import Stores
import TestSupport
import Testing
import TrustModel

/// A site in place of a server that wants to know who asks, and of its token server.
@Suite("Passwords and tokens that are shown to servers")
struct AccessTests {
  private static let path = "/v2/localhost/team/app/_trust/tuf/root.json"
  /// alice:s3cret.
  private static let alice = "YWxpY2U6czNjcmV0"
  private let site: TestSite

  init() throws { site = try TestSite() }

  private func bearer(_ realm: String? = nil) -> String {
    "Bearer realm=\"\(realm ?? site.address("/token"))\",service=\"here & there\",scope=\"repository:x:push,pull\""
  }

  private func demand(_ authorization: String, _ challenge: String) throws {
    try site.answer(Self.path, SiteAnswer.text("{yes}").with { $0.demands = (authorization, challenge) })
  }

  private func client(_ source: (any CredentialSource)?, hosts: [HostSettings] = []) throws -> MetadataClient {
    var settings = FetchSettings()
    settings.caBundle = SettingFile(path: try SiteCertificate.authorities, origin: "the test")
    settings.hosts = hosts
    return MetadataClient(
      try NotaryServer(site.address("")), for: try Repository("localhost/team/app"), with: Fetcher(settings),
      credentials: source)
  }

  /// What the answer is, in words: `{yes}`, `absent`, or why not.
  private func ask(_ source: (any CredentialSource)?, hosts: [HostSettings] = []) throws -> String {
    Self.words(try client(source, hosts: hosts).answer(.latestRoot(MetadataLimits())))
  }

  private static func words(_ answer: MetadataUpdate.Answer) -> String {
    switch answer {
    case .octets(let octets): String(decoding: octets, as: UTF8.self)
    case .absent: "absent"
    case .longer(let limit): "longer than \(limit)"
    case .unreachable(let cause): cause
    }
  }

  private static func password(_ digits: String = alice) -> NotaryVariable {
    NotaryVariable(SecretOctets(Array(digits.utf8)))
  }

  /// What the answer is to whoever has this in docker's file for `localhost`.
  private func ask(docker members: String) throws -> String {
    let folder = try TemporaryDirectory()
    try folder.write("config.json", Array("{\"auths\":{\"localhost\":{\(members)}}}".utf8))
    return try ask(DockerCredentials(ForeignFolder(sysroot: .machine, path: folder.path)))
  }

  private var shown: [String?] { get throws { try site.requests().map { $0.headers["authorization"] } } }

  @Test("A password is shown where the server asks for one, once it has asked, and with each further request")
  func password() throws {
    try demand("Basic \(Self.alice)", "Basic realm=\"x\"")
    let client = try client(Self.password())
    for _ in 0..<2 { #expect(Self.words(client.answer(.latestRoot(MetadataLimits()))) == "{yes}") }
    #expect(try shown == [nil, "Basic \(Self.alice)", "Basic \(Self.alice)"])
    #expect(Set(try site.requests().map(\.connection)).count == 1)
  }

  @Test("A wrong password, none at all, and a challenge that cannot be met are told apart")
  func refusedPassword() throws {
    try demand("Basic other", "Basic realm=\"x\"")
    let wrong = try ask(Self.password())
    #expect(wrong.contains("does not accept the password or token from NOTARY_AUTH"), "\(wrong)")
    #expect(!wrong.contains(Self.alice) && !wrong.contains("s3cret"))
    #expect(try ask(nil).hasSuffix("docker login localhost, or set NOTARY_AUTH"))
    #expect(try ask(docker: "\"identitytoken\":\"id\"").contains("has only a token"))
    try demand("other", "Digest realm=\"x\"")
    #expect(try ask(Self.password()).contains("neither a password nor a token"))
  }

  @Test("A password gets a token, for this repository and for reading alone, whatever the server asks for")
  func token() throws {
    try demand("Bearer abc", bearer())
    try site.answer(
      "/token",
      SiteAnswer.text("{\"access_token\":\"abc\"}").with { $0.demands = ("Basic \(Self.alice)", "Basic realm=\"x\"") })
    #expect(try ask(Self.password()) == "{yes}")
    #expect(try shown == [nil, "Basic \(Self.alice)", "Bearer abc"])
    let request = try #require(try site.requests("/token").first)
    #expect(
      request.target
        == "/token?service=here%20%26%20there&scope=repository%3Alocalhost%2Fteam%2Fapp%3Apull&account=alice")
  }

  @Test("An identity token is posted for another one, and is in no address")
  func identityToken() throws {
    try demand("Bearer abc", bearer())
    try site.answer("/token", .text("{\"access_token\":\"abc\"}"))
    #expect(try ask(docker: "\"auth\":\"\(Self.alice)\",\"identitytoken\":\"a/b+c\"") == "{yes}")
    let request = try #require(try site.requests("/token").first)
    #expect(request.method == "POST" && request.target == "/token" && request.headers["authorization"] == nil)
    #expect(
      String(decoding: request.body, as: UTF8.self)
        == "grant_type=refresh_token&service=here%20%26%20there&client_id=docker"
        + "&scope=repository%3Alocalhost%2Fteam%2Fapp%3Apull&refresh_token=a%2Fb%2Bc")
  }

  @Test("A registry token is shown as it is")
  func registryToken() throws {
    try demand("Bearer reg", bearer())
    #expect(try ask(docker: "\"registrytoken\":\"reg\"") == "{yes}")
    #expect(try site.requests("/token").isEmpty)
  }

  @Test("A token server that refuses, gives nothing, or gives too little: each in its own words")
  func refusedToken() throws {
    try demand("Bearer abc", bearer())
    try site.answer("/token", .status(401))
    #expect(
      try ask(Self.password()).contains("localhost:\(site.port) does not accept the password or token from NOTARY"))
    #expect(try ask(nil).contains("does not let everybody see localhost/team/app: docker login localhost"))
    try site.answer("/token", .status(400))
    let wrong = try ask(docker: "\"identitytoken\":\"id\"")
    #expect(wrong.contains("does not accept") && wrong.contains("/config.json"), "\(wrong)")
    try site.answer("/token", .status(403))
    #expect(try ask(Self.password()).contains("does not let the account from NOTARY_AUTH see localhost/team/app"))
    try site.answer("/token", .status(500))
    #expect(try ask(Self.password()).contains("status 500"))
    for rubbish in ["{}", "hello", "{\"token\":\"\"}", "{\"token\":7}"] {
      try site.answer("/token", .text(rubbish))
      #expect(try ask(Self.password()).hasSuffix("gave no token: try again later, or tell who runs it"), "\(rubbish)")
    }
    try site.answer("/token", .text("{\"token\":\"other\"}"))
    #expect(try ask(Self.password()).contains("does not let the account from NOTARY_AUTH see"))
    #expect(try ask(nil).contains("docker login localhost, or set NOTARY_AUTH"))
  }

  @Test("A token that has expired is renewed; without credentials a token for everybody is asked for")
  func renewed() throws {
    try demand("Bearer one", bearer())
    try site.answer("/token", .text("{\"token\":\"one\"}"), .text("{\"token\":\"two\"}"))
    let client = try client(nil)
    #expect(Self.words(client.answer(.latestRoot(MetadataLimits()))) == "{yes}")
    try demand("Bearer two", bearer())
    #expect(Self.words(client.answer(.latestRoot(MetadataLimits()))) == "{yes}")
    #expect(try site.requests("/token").count == 2)
  }

  @Test("Credentials that cannot be had are no obstacle to what everybody may see, and are named where they are missed")
  func unavailable() throws {
    let folder = try TemporaryDirectory()
    try folder.write("config.json", Array("{\"credsStore\":\"kr-no-such\"}".utf8))
    let source = DockerCredentials(ForeignFolder(sysroot: .machine, path: folder.path))
    try demand("Bearer abc", bearer())
    try site.answer("/token", .text("{\"token\":\"abc\"}"))
    #expect(try ask(source) == "{yes}")
    try site.answer("/token", .status(401))
    #expect(try ask(source).contains("there is no program docker-credential-kr-no-such"))
  }

  @Test("Nothing is shown to another origin, over plain http, or in a private network of another name")
  func origins() throws {
    let other = try site.open(.https())
    try site.answer(
      Self.path, SiteAnswer.status(401).with(header: "WWW-Authenticate", "Basic realm=\"x\""),
      .redirect(to: "https://localhost:\(other)/elsewhere"))
    try site.answer("/elsewhere", .text("{yes}"))
    #expect(try ask(Self.password(), hosts: [HostSettings(authority: "localhost:\(other)")]) == "{yes}")
    #expect(try site.requests("/elsewhere").map { $0.headers["authorization"] } == [nil])
    for realm in ["http://localhost:\(site.port)/token", "https://127.0.0.1:\(site.port)/token", "/token", "ftp://x/"] {
      try demand("Bearer abc", bearer(realm))
      try site.answer("/token", .text("{\"token\":\"abc\"}"))
      let problem = try ask(Self.password())
      #expect(problem.contains("token server that cannot be asked") || problem.contains("lies in"), "\(problem)")
    }
    try demand("Bearer abc", bearer())
    try site.answer("/token", .redirect(to: "/other-token"))
    #expect(try ask(Self.password()).contains("redirects"))
    #expect(try site.requests("/other-token").isEmpty)
  }
}
