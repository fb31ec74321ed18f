import TestSupport
import Testing

/// An image that a real dockerd has saved, pushed without it, signed, and pulled by a real docker with content trust.
@Suite("Images of docker save", .timeLimit(.minutes(5)))
struct SavedImageTests {
  @Test("docker save, keyreeve push, docker pull with content trust")
  func saved() throws {
    let (engine, notary) = (try EnginePeer(), try NotaryPeer())
    let folder = try TemporaryDirectory(prefix: "kr-saved")
    let name = engine.registry + "/team/saved:v1"
    try engine.makeImage(name, holding: "saved by docker")
    let file = folder.path + "/saved.tar"
    let saved = try ChildProcess.run(["docker", "--host", engine.address, "save", "-o", file, name])
    try #require(saved.status == 0, "\(saved.errorText)")
    let port = Int(engine.registry.drop { $0 != ":" }.dropFirst()) ?? 0
    let owner = try ContainerMachine(notary, registry: port)
    // The engine's registry speaks in the clear.
    let setting = "[fetch]\nca-bundle = /ca.pem\n[registry \(engine.registry)]\ninsecure-http = yes\n"
    #expect(try owner.push(name, from: file, status: 1).errorText.contains("no secure connection"))
    try owner.machine.write("/etc/keyreeve/tests.conf", Array(setting.utf8))
    try owner.push(name, from: file)
    try owner.machine.write(
      "/home/.docker/tls/localhost:\(notary.port)/ca.crt",
      try ChildProcess.run(["cat", try SiteCertificate.authorities]).output)
    var environment = owner.environment
    (environment["HOME"], environment["DOCKER_CONFIG"]) = (
      owner.machine.located("/home"), owner.machine.located("/home/.docker")
    )
    (environment["DOCKER_HOST"], environment["DOCKER_CONTENT_TRUST"]) = (engine.address, "1")
    let pulled = try ChildProcess.run(["docker", "pull", name], environment: environment)
    #expect(
      pulled.status == 0 && (pulled.text + pulled.errorText).contains("Tagging"), "\(pulled.text)\(pulled.errorText)")
    try owner.fetch(name)
    #expect(try owner.run(["image", "verify", "docker://" + name]).text.hasPrefix("accepted"))
  }
}
