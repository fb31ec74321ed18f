import TestSupport
import Testing

/// Container images as `keyreeve run` and `keyreeve image` are told them.
@Suite("Container images by their names", .timeLimit(.minutes(5)))
struct NamedRunTests {
  @Test(
    "By docker:// on a machine that has seen nothing; once stored by the bare name and by the digits that lists show")
  func names() throws {
    let registry = try RegistryPeer()
    let folder = try TemporaryDirectory(prefix: "kr-named")
    let notary = try NotaryPeer()
    let owner = try ContainerMachine(notary, registry: registry.port)
    let image = try MadeContainer(octets: 10_000, forms: [.gzip])
    let name = owner.name("team/named:v1")
    try owner.push(name, from: try image.write(to: folder, as: "image"))

    let reader = try ContainerMachine(notary, registry: registry.port)
    let script = "#!/bin/sh\n[ \"$3\" = run ] && echo ran\nexit 0\n"
    let runtime = reader.machine.located(try reader.machine.write("/runtime", Array(script.utf8), mode: 0o755))
    func run(_ words: String..., status: Int32? = 0) throws -> ChildProcess.Outcome {
      try reader.run(["run", "--runtime", runtime, "--exec", "/bin/app"] + words, status: status)
    }
    #expect(try run("docker://" + name, status: 3).errorText.contains("--trust-on-first-use"))
    #expect(try run("--trust-on-first-use", "docker://" + name).text == "ran\n")
    let digits = String(image.manifest.dropFirst(7).prefix(12))
    for word in [name, digits, "sha256:" + digits] {
      #expect(try run(word).text == "ran\n", "\(word)")
      #expect(try reader.run(["image", "show", word]).text.contains(image.manifest), "\(word)")
    }
    let refused = try run("docker://" + reader.name("team/none:v1"), status: 10)
    #expect(refused.text.isEmpty && refused.errorText.contains("no trust data"))
    let other = reader.name("team/none:v1")
    #expect(try run(other, status: nil).errorText.contains("keyreeve run docker://\(other)"))
    #expect(try reader.run(["image", "export", digits], status: 2).errorText.contains("is a container image"))
    #expect(try run("--platform", "linux/arm64", "docker://" + name, status: 17).text.isEmpty)
    #expect(
      try run("--platform", "linux/arm64", "example.com/box", status: 2).errorText.contains("for docker:// alone"))
    try reader.run(["image", "rm", digits])
    #expect(reader.blobs.isEmpty)
  }
}
