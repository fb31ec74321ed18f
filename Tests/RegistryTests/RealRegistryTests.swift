import StrictJSON
import TestSupport
import Testing

/// Pushed, signed and fetched with a real docker-registry and a real notary-server; skopeo as second opinion.
@Suite("Container images with a real registry", .serialized, .timeLimit(.minutes(10)))
final class RealRegistryTests {
  private let folder: TemporaryDirectory
  private let notary: NotaryPeer

  init() throws {
    folder = try TemporaryDirectory(prefix: "kr-images")
    notary = try NotaryPeer()
  }

  @Test("What was pushed is what is fetched, layers of every form, and skopeo agrees with the store and the registry")
  func thereAndBack() throws {
    let registry = try RegistryPeer()
    let owner = try ContainerMachine(notary, registry: registry.port)
    let image = try MadeContainer(octets: 300_000)
    let path = try image.write(to: folder, as: "image")
    let name = owner.name("team/app:v1")
    let dry = try owner.run(["push", name, "--from", path, "--dry-run", "--json", "--trust-on-first-use"])
    let plan = try JSON.parse(dry.output)
    #expect(plan["dryRun"]?.boolean == true && plan["upload"]?["blobs"]?.array?.count == 4)
    #expect(try owner.fetch(name, status: 10).errorText.contains("no trust data"))
    let outcome = try owner.push(name, from: path, "--json")
    let published = try JSON.parse(outcome.output)
    #expect(published["verb"]?.string == "push" && published["upload"]?["digest"]?.string?.text == image.manifest)

    let reader = try ContainerMachine(notary, registry: registry.port)
    #expect(try reader.fetch(name).text == image.manifest + "\n")
    #expect(Set(reader.blobs) == Set(image.blobs.keys.map { String($0.dropFirst(7)) }) && reader.staging.isEmpty)
    for (digest, octets) in image.blobs {
      #expect(reader.machine.contents("/var/lib/keyreeve/oci/blobs/sha256/" + digest.dropFirst(7)) == octets)
    }
    let authorities = try SiteCertificate.authorities
    let copies = try ChildProcess.run([
      "sh", "-c", "mkdir -p \"$2/certs\" && cp \"$1\" \"$2/certs/ca.crt\"", "sh", authorities, folder.path,
    ])
    #expect(copies.status == 0)
    let inspected = try JSON.parse(Array(try Skopeo.run("inspect", "oci:\(reader.store):\(name)").utf8))
    #expect(inspected["Digest"]?.string?.text == image.manifest)
    #expect(inspected["Layers"]?.array?.compactMap { $0.string?.text } == image.layers)
    let there = try Skopeo.run("inspect", "--cert-dir", folder.path + "/certs", "docker://" + name)
    #expect(try JSON.parse(Array(there.utf8))["Digest"]?.string?.text == image.manifest)
    // skopeo reads our layout whole, too.
    _ = try Skopeo.run("copy", "-q", "oci:\(reader.store):\(name)", "dir:\(folder.path)/copy")
    // Once more nothing comes, and all of it is still right.
    #expect(try JSON.parse(reader.fetch(name, "--json").output)["downloaded"] == .bool(false))
    #expect(try reader.run(["image", "verify", "docker://" + name]).text.hasPrefix("accepted"))
    #expect(try reader.run(["image", "list", "--json"]).text.contains(image.manifest))
    #expect(try reader.run(["image", "show", String(image.manifest.prefix(20))]).text.contains(name))
    // What changed on the disk is told, and removed with everything.
    try reader.machine.write(
      "/var/lib/keyreeve/oci/blobs/sha256/" + image.layers[1].dropFirst(7), MadeContainer.noise(300_000))
    #expect(try reader.run(["image", "verify", "docker://" + name], status: 15).text.contains("refused"))
    try reader.run(["image", "rm", "docker://" + name])
    #expect(reader.blobs.isEmpty)
    #expect(try reader.run(["image", "verify", "docker://" + name], status: 11).text.isEmpty)
  }

  @Test("An index: each platform's own image, and both side by side")
  func platforms() throws {
    let registry = try RegistryPeer()
    let owner = try ContainerMachine(notary, registry: registry.port)
    let images = [
      try MadeContainer(octets: 20_000, forms: [.gzip]),
      try MadeContainer(octets: 20_000, forms: [.zstd], architecture: "arm64"),
    ]
    var both = MadeContainer()
    let index = both.addIndex(images)
    let name = owner.name("team/wide:v1")
    try owner.push(name, from: try both.write(to: folder, as: "wide", top: index))
    let reader = try ContainerMachine(notary, registry: registry.port)
    for (platform, image) in zip(["linux/amd64", "linux/arm64"], images) {
      let outcome = try JSON.parse(reader.fetch(name, "--platform", platform, "--json").output)
      #expect(outcome["id"]?.string?.text == image.manifest && outcome["subject"]?["digest"]?.string?.text == index)
      #expect(outcome["image"]?["platform"]?.string?.text == platform)
    }
    #expect(reader.blobs.count == both.blobs.count)
    let missing = try reader.fetch(name, "--platform", "linux/s390x", status: 11)
    #expect(missing.errorText.contains("linux/arm64"))
    // Single images have a platform, too.
    let single = owner.name("team/single:v1")
    try owner.push(single, from: try images[1].write(to: folder, as: "single"))
    #expect(try reader.fetch(single, "--platform", "linux/amd64", status: 17).errorText.contains("linux/arm64"))
    try reader.fetch(single)
  }

  @Test("A tag that moved, a digest beside the tag, a plain digest, and verification switched off")
  func references() throws {
    let registry = try RegistryPeer()
    let owner = try ContainerMachine(notary, registry: registry.port)
    let (first, second) = (try MadeContainer(octets: 5000), try MadeContainer(octets: 6000))
    let name = owner.name("team/moved:v1")
    try owner.push(name, from: try first.write(to: folder, as: "first"))
    // Somebody moves the tag on the registry without a signature: the signed digest counts.
    let layout = try second.write(to: folder, as: "second")
    _ = try Skopeo.run(
      "copy", "-q", "--preserve-digests", "--dest-tls-verify=false", "oci:\(layout)", "docker://\(name)")
    let reader = try ContainerMachine(notary, registry: registry.port)
    #expect(try reader.fetch(name).text == first.manifest + "\n")
    #expect(try reader.fetch("\(name)@\(first.manifest)").text == first.manifest + "\n")
    #expect(try reader.fetch("\(name)@\(second.manifest)", status: 17).errorText.contains("was asked for"))
    let plain = try reader.fetch("\(owner.name("team/moved"))@\(second.manifest)")
    #expect(plain.text == second.manifest + "\n" && plain.errorText.contains("no signature was asked for"))
    #expect(try reader.run(["image", "verify", second.manifest], status: 12).text.contains("nobody vouches"))
    let careless = try ContainerMachine(notary, registry: registry.port)
    let taken = try careless.fetch(name, "--insecure-options=image", "--json")
    #expect(
      try JSON.parse(taken.output)["unverified"] == .bool(true) && taken.errorText.contains("switches verification off")
    )
    #expect(try careless.run(["image", "list", "--json"]).text.contains(second.manifest))
    // Unverified for good; another image of the same tag is another matter.
    try careless.fetch(name)
  }

  @Test("Unsigned, not there, bad words")
  func refusals() throws {
    let registry = try RegistryPeer()
    let owner = try ContainerMachine(notary, registry: registry.port)
    let image = try MadeContainer(octets: 5000)
    let name = owner.name("team/none:v1")
    try owner.push(name, from: try image.write(to: folder, as: "image"))
    #expect(try owner.fetch(owner.name("team/none:v2"), status: 10).errorText.contains("signed by no role"))
    #expect(try owner.run(["fetch", "docker://A//b"], status: 2).errorText.contains("refused at position"))
    #expect(try owner.run(["fetch", "docker://a", "--platform", "x"], status: 2).errorText.contains("platform"))
    #expect(
      try owner.run(["fetch", "example.com/a", "--platform", "linux/amd64"], status: 2).errorText.contains("docker://"))
    #expect(try owner.run(["push", name, "--from", folder.path + "/image"], status: 3).errorText.contains("--yes"))
    #expect(try owner.run(["push", name + "@" + image.manifest], status: 2).errorText.contains("never a digest"))
    #expect(try owner.run(["push", name], status: 11).errorText.contains("--from"))
    #expect(
      try owner.push(name, from: folder.path + "/image", "--chunk-size", "65535", status: 2).errorText.contains("65536")
    )
  }

  @Test("With a password, with a wrong one, with none")
  func passwords() throws {
    let registry = try RegistryPeer(.password)
    let path = try MadeContainer(octets: 50_000).write(to: folder, as: "image")
    let owner = try ContainerMachine(notary, registry: registry.port, login: RegistryPeer.login)
    try owner.push(owner.name("team/closed:v1"), from: path)
    try owner.fetch(owner.name("team/closed:v1"))
    let wrong = try ContainerMachine(notary, registry: registry.port, login: "YWxpY2U6d3Jvbmc=")
    let said = try wrong.fetch(owner.name("team/closed:v1"), status: 1).errorText
    #expect(said.contains("does not accept") && said.contains("docker login localhost:\(registry.port)"), "\(said)")
    #expect(!said.contains("wrong\u{22}") && !said.contains("NOTARY_AUTH"))
    let nobody = try ContainerMachine(notary, registry: registry.port)
    #expect(try nobody.fetch(owner.name("team/closed:v1"), status: 1).errorText.contains("docker login"))
    #expect(try nobody.push(owner.name("team/closed:v2"), from: path, status: 1).errorText.contains("docker login"))
  }

  @Test("With tokens, whose scope is the path alone")
  func tokens() throws {
    let authority = try TokenAuthority()
    let registry = try RegistryPeer(.token(authority))
    let owner = try ContainerMachine(notary, registry: registry.port, login: RegistryPeer.login)
    try authority.give(["pull", "push"], on: "team/token")
    try owner.push(owner.name("team/token:v1"), from: try MadeContainer(octets: 50_000).write(to: folder, as: "image"))
    try authority.site.forget()
    try authority.give(["pull"], on: "team/token")
    let reader = try ContainerMachine(notary, registry: registry.port)
    try reader.fetch(owner.name("team/token:v1"))
    let asked = try authority.site.requests("/token")
    // The threads that fetch layers show what the first one was given.
    #expect(asked.count == 1 && asked[0].target.contains("scope=repository%3Ateam%2Ftoken%3Apull"), "\(asked)")
    #expect(asked[0].headers["authorization"] == nil)
    try authority.give([], on: "team/other")
    let other = try ContainerMachine(notary, registry: registry.port)
    #expect(try other.fetch(owner.name("team/token:v1"), status: 1).errorText.contains("docker login"))
  }

  @Test("Pieces, mounts, and a layer that the repository has already")
  func uploads() throws {
    let registry = try RegistryPeer()
    let owner = try ContainerMachine(notary, registry: registry.port)
    let image = try MadeContainer(octets: 200_000)
    let path = try image.write(to: folder, as: "image")
    try owner.push(owner.name("team/one:v1"), from: path, "--chunk-size", "65536")
    // The new repository has nothing, and gets everything from the other one.
    let mounted = try owner.push(
      owner.name("team/two:v1"), from: path, "--mount-from", owner.name("team/one"), "--verbose")
    #expect(mounted.errorText.contains("upload 4 blobs"))
    let again = try owner.push(owner.name("team/one:v2"), from: path)
    #expect(again.errorText.contains("upload 0 blobs") && again.errorText.contains("4 are there"))
    for name in ["team/one:v1", "team/one:v2", "team/two:v1"] {
      let reader = try ContainerMachine(notary, registry: registry.port)
      #expect(try reader.fetch(owner.name(name)).text == image.manifest + "\n")
      // A fetched image is pushed on from the store.
      if name == "team/one:v1" { try reader.run(["push", owner.name(name), "--dry-run", "--trust-on-first-use"]) }
    }
  }

  @Test("A push whose connection is cut in the middle goes through in the end, or signs nothing")
  func cutUploads() throws {
    let registry = try RegistryPeer()
    let proxy = try CuttingProxy(to: registry.port)
    let owner = try ContainerMachine(notary, registry: proxy.port)
    let path = try MadeContainer(octets: 400_000, forms: [.none]).write(to: folder, as: "image")
    try proxy.set(.cut)
    let failed = try owner.push(owner.name("team/cut:v1"), from: path, status: 1)
    #expect(failed.errorText.contains("connection ended"), "\(failed.errorText)")
    #expect(try owner.run(["content", "list", owner.name("team/cut")], status: 10).text.isEmpty)
    try proxy.set(.pass)
    try owner.push(owner.name("team/cut:v1"), from: path)
    try owner.fetch(owner.name("team/cut:v1"))
  }

  @Test("A registry that was broken into: another manifest, another layer")
  func tampered() throws {
    let registry = try RegistryPeer()
    let owner = try ContainerMachine(notary, registry: registry.port)
    let image = try MadeContainer(octets: 50_000)
    let name = owner.name("team/bad:v1")
    try owner.push(name, from: try image.write(to: folder, as: "image"))
    var octets = image.blobs[image.layers[2]] ?? []
    octets[octets.count / 2] ^= 1
    try registry.damage(image.layers[2], octets)
    let reader = try ContainerMachine(notary, registry: registry.port)
    let refused = try reader.fetch(name, "--json", status: 15)
    #expect(try JSON.parse(refused.output)["reason"]?.string == "tampered")
    let bad = String(image.layers[2].dropFirst(7))
    #expect(!reader.blobs.contains(bad) && !reader.staging.contains(bad + ".part"))
    #expect(try reader.run(["image", "list", "--json"]).text.contains("\"containers\": []"))
    try registry.damage(image.manifest, Array("{\"schemaVersion\":2}".utf8))
    #expect(
      try ContainerMachine(notary, registry: registry.port).fetch(name, status: 15).errorText.contains(
        "another manifest"))
  }
}
