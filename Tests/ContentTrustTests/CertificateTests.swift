import ContentTrust
import Fetch
import Glibc
import Stores
import TestSupport
import Testing

@Suite("Certificates that docker and notary keep for servers")
struct CertificateTests {
  private static func octets(_ file: String) throws -> [UInt8] { try ChildProcess.run(["cat", file]).output }

  private static func write(_ folder: borrowing TemporaryDirectory, _ name: String, _ file: String) throws {
    try folder.write(name, try octets(file), mode: 0o600)
  }

  private static func settings(_ folder: borrowing TemporaryDirectory, _ server: String) throws -> HostSettings? {
    try DockerCertificates(ForeignFolder(sysroot: .machine, path: folder.path), sysroot: .machine)
      .settings(for: NotaryServer(server))
  }

  private static func fetch(_ site: TestSite, _ host: HostSettings?) throws -> Int {
    var settings = FetchSettings()
    settings.hosts = host.map { [$0] } ?? []
    return try Fetcher(settings).octets(
      FetchRequest(try Address(site.address("/")), limits: FetchLimits(octets: 100))
    ).head.status
  }

  @Test("Docker's authorities, several of them, and its client certificate are used")
  func docker() throws {
    let site = try TestSite(.https(clients: true))
    try site.answer("/", .text("x"))
    let folder = try TemporaryDirectory()
    let place = "tls/localhost:\(site.port)"
    try folder.mkdir(place)
    #expect(try Self.settings(folder, site.address("")) == nil)
    try Self.write(folder, place + "/a.crt", SiteCertificate.selfSigned.file)
    try Self.write(folder, place + "/ca.crt", SiteCertificate.authorities)
    #expect(throws: FetchError.self) { try Self.fetch(site, Self.settings(folder, site.address(""))) }
    try Self.write(folder, place + "/client.cert", SiteCertificate.client.file)
    try Self.write(folder, place + "/client.key", SiteCertificate.client.keyFile)
    try folder.write(place + "/README", [])
    let host = try #require(try Self.settings(folder, site.address("")))
    #expect(host.authorities.count == 2)
    #expect(try Self.fetch(site, host) == 200)
    #expect(try site.requests().last?.certificate.contains("client") == true)
    #expect(try Self.settings(folder, "https://localhost:1") == nil)
    #expect(try Self.settings(folder, "https://127.0.0.1:\(site.port)") == nil)
  }

  @Test("The port of https may stand in the folder's name or not; docker's own folder stands before the machine's")
  func names() throws {
    let machine = try SandboxMachine()
    let docker = ForeignFolder(sysroot: Sysroot(machine.path), path: "/home/u/.docker")
    func origin(_ server: String) throws -> String? {
      try DockerCertificates(docker, sysroot: Sysroot(machine.path)).settings(for: NotaryServer(server))?.caBundle?.path
        .replacing(machine.path, with: "")
    }
    try machine.write("/etc/docker/certs.d/host.example:443/ca.crt", [])
    #expect(try origin("https://host.example") == "/etc/docker/certs.d/host.example:443/ca.crt")
    #expect(try origin("https://host.example:443/x") == "/etc/docker/certs.d/host.example:443/ca.crt")
    #expect(try origin("https://host.example:8443") == nil)
    try machine.write("/home/u/.docker/tls/host.example/ca.crt", [])
    #expect(try origin("https://host.example") == "/home/u/.docker/tls/host.example/ca.crt")
  }

  @Test(
    "Half of a client certificate, and two of them, are never gone on without",
    arguments: [
      (["c.cert"], "c.cert has no c.key"), (["c.key"], "c.key has no c.cert"),
      (["c.cert", "d.key", "ca.crt"], "c.cert has no c.key"),
      (["c.cert", "c.key", "d.cert", "d.key"], "several client"),
    ])
  func incomplete(files: [String], problem: String) throws {
    let folder = try TemporaryDirectory()
    try folder.mkdir("tls/host.example")
    for file in files { try folder.write("tls/host.example/" + file, []) }
    let error = #expect(throws: CertificateError.self) { try Self.settings(folder, "https://host.example") }
    #expect(error.map { "\($0)".contains(problem) && "\($0)".contains(folder.path) } == true)
  }

  @Test("A folder of more names than the limit is not looked through")
  func limit() throws {
    let folder = try TemporaryDirectory()
    try folder.mkdir("tls/host.example")
    for number in 0..<ForeignFolder.nameLimit { try folder.write("tls/host.example/\(number)", []) }
    #expect(try Self.settings(folder, "https://host.example") == nil)
    try folder.write("tls/host.example/more", [])
    #expect(throws: CertificateError.self) { try Self.settings(folder, "https://host.example") }
  }

  private static func notary(_ text: String, mode: UInt32 = 0o644) throws -> NotaryClientConfiguration? {
    let home = try TemporaryDirectory()
    try home.mkdir(".notary")
    try home.write(".notary/config.json", Array(text.replacing("HOME", with: home.path).utf8), mode: mode)
    return try NotaryConfiguration(sysroot: .machine) { $0 == "HOME" ? home.path : nil }.client()
  }

  @Test("Notary's server, authority and client certificate; relative files lie beside its configuration")
  func notaryFiles() throws {
    let text = #"""
      {"trust_dir":"~/trust","remote_server":{"url":"https://host.example:4443/","root_ca":"ca.crt","skipTLSVerify":true,
      "tls_client_cert":"/c.crt","tls_client_key":"c.key"},"trust_pinning":{"disable_tofu":false}}
      """#
    let configuration = try #require(try Self.notary(text))
    #expect(configuration.server == "https://host.example:4443/")
    #expect(configuration.trustFolder.hasSuffix("/trust") && !configuration.trustFolder.contains("~"))
    let host = try #require(configuration.settings(for: NotaryServer("https://host.example:4443")))
    #expect(host.caBundle?.path.hasSuffix("/.notary/ca.crt") == true)
    #expect(host.clientCertificate?.path == "/c.crt" && host.clientKey?.path.hasSuffix("/.notary/c.key") == true)
    #expect(configuration.settings(for: try NotaryServer("https://host.example")) == nil)
    #expect(configuration.settings(for: try NotaryServer("https://other.example:4443")) == nil)
    let empty = try #require(try Self.notary("{}"))
    #expect(empty.server == nil && empty.trustFolder.hasSuffix("/.notary"))
    #expect(try NotaryConfiguration(sysroot: .machine) { _ in "/nowhere" }.client() == nil)
  }

  @Test(
    "What is not as notary reads it is an error that names the file",
    arguments: [
      "", "[]", #"{"remote_server":{"url":1}}"#, #"{"trust_dir":["x"]}"#,
      #"{"remote_server":{"tls_client_cert":"/c"}}"#,
      #"{"remote_server":{"tls_client_key":"/c"}}"#, #"{"a":1,"a":2}"#,
    ])
  func malformed(text: String) throws {
    let error = #expect(throws: (any Error).self) { try Self.notary(text) }
    #expect(error.map { "\($0)".contains("/.notary/config.json: ") } == true)
  }

  @Test("Notary's configuration is read to its limit, and not one octet more")
  func notaryLimit() throws {
    let spaces = String(repeating: " ", count: NotaryConfiguration.limit - 2)
    #expect(try Self.notary("{}" + spaces) != nil)
    #expect(throws: PinError.self) { try Self.notary("{} " + spaces) }
  }
}
