import Testing
import TrustModel

/// Docker's names of images: the whole form or a refusal with the place.
@Suite("References of docker")
struct DockerReferenceTests {
  private static let hex = String(repeating: "0a", count: 32)

  @Test(
    "A name is taken to its whole form",
    arguments: [
      ("alpine", "docker.io/library/alpine"), ("alpine:3.19", "docker.io/library/alpine:3.19"),
      ("team/app", "docker.io/team/app"), ("docker.io/alpine", "docker.io/library/alpine"),
      ("index.docker.io/alpine", "docker.io/library/alpine"), ("index.docker.io/team/app:x", "docker.io/team/app:x"),
      ("docker.io/library/alpine", "docker.io/library/alpine"), ("localhost/x", "localhost/x"),
      ("localhost:5000/x", "localhost:5000/x"), ("example.com:5000/a/b:c", "example.com:5000/a/b:c"),
      ("[::1]:5000/x", "[::1]:5000/x"), ("A/b", "A/b"), ("Example.com/b", "Example.com/b"),
      ("host:5000", "docker.io/library/host:5000"), ("localhost:5000", "docker.io/library/localhost:5000"),
      ("x/a.b-c__d---e", "docker.io/x/a.b-c__d---e"), ("alpine:_", "docker.io/library/alpine:_"),
      ("alpine:Az.9-_", "docker.io/library/alpine:Az.9-_"), ("registry/library/x", "docker.io/registry/library/x"),
    ])
  func whole(_ text: String, _ whole: String) throws {
    let reference = try DockerReference(text)
    #expect(reference.description == whole)
    #expect(try DockerReference(whole) == reference)
    #expect(try Repository(reference.repository.name) == reference.repository)
  }

  @Test("A tag and a digest stand beside each other, and each alone")
  func parts() throws {
    let both = try DockerReference("team/app:v1@sha256:\(Self.hex)")
    #expect(both.tag?.name == "v1" && both.digest?.hex == Self.hex && both.repository.name == "docker.io/team/app")
    let plain = try DockerReference("app@sha256:\(Self.hex)")
    #expect(plain.tag == nil && plain.familiarName == "app")
    #expect(both.familiarName == "team/app")
    #expect(try DockerReference("example.com/library/x").familiarName == "example.com/library/x")
    let digest = try #require(both.digest)
    #expect(both.pinned(to: digest).description == "docker.io/team/app@sha256:\(Self.hex)")
  }

  @Test(
    "What docker's grammar does not have is refused where it stands",
    arguments: [
      ("", 0), ("a//b", 2), ("/a", 0), ("a/", 2), ("a/B", 2), ("Alpine", 0), ("host:port/x", 5), ("host:/x", 5),
      ("host:0/x", 5), ("host:65536/x", 5), ("a/../b", 2), ("../b", 0), ("a/.b", 2), ("a/b-", 3), ("a/b..c", 4),
      ("a/b___c", 4), ("a/b._c", 4), ("a b", 1), ("a:", 2), ("a:.x", 2), ("a:-x", 2), ("a:b:c", 3), ("a:b/c:", 2),
      ("a@", 2), ("a@sha512:\(hex)", 5), ("a@sha256:0A", 10), ("a@sha256:\(hex):tag", 73), ("a@sha256:\(hex)0", 73),
      ("a@sha256:../../x", 9), ("a@b@c", 2), ("\(hex)", 0), ("a\u{0}", 1), ("\u{e4}", 0), ("-a.b/x", 0),
      ("a-.b/x", 1), ("a..b/x", 2), ("[::1/x", 0), ("[]:1/x", 1), ("[::1]a:1/x", 5), ("[::g]:1/x", 3),
      ("https://a/b", 6), ("a.b_c/x", 3), ("a.b-c__d/x", 5),
    ])
  func refused(_ text: String, _ offset: Int) throws {
    let error = try #require(throws: NameError.self) { try DockerReference(text) }
    #expect(error.offset == offset, "\(error)")
    #expect(error.text == text)
    #expect("\(error)".utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7f } || text == "\u{e4}")
  }

  @Test("The limits of a name, a tag and a whole reference")
  func limits() throws {
    let path = String(repeating: "a", count: 255 - "docker.io/x/".utf8.count)
    #expect(try DockerReference("x/" + path).repository.name.utf8.count == 255)
    #expect(throws: NameError.self) { try DockerReference("x/" + path + "a") }
    let whole = String(repeating: "a", count: 255 - "a.b/".utf8.count)
    #expect(try DockerReference("a.b/" + whole).repository.name.utf8.count == 255)
    #expect(throws: NameError.self) { try DockerReference("a.b/" + whole + "a") }
    let tag = String(repeating: "t", count: 128)
    #expect(try DockerReference("a:" + tag).tag?.name == tag)
    let error = try #require(throws: NameError.self) { try DockerReference("a:" + tag + "t") }
    #expect(error.offset == 130 && error.rule == .tooLong(limit: 128))
    let longest = "a.b/" + whole + ":" + tag + "@sha256:" + Self.hex
    #expect(longest.utf8.count == DockerReference.limit)
    #expect(try DockerReference(longest).description == longest)
    let long = try #require(throws: NameError.self) { try DockerReference(longest + "0") }
    #expect(long.rule == .tooLong(limit: DockerReference.limit))
  }

  @Test("A digest is sha256 and 64 digits in lower case, and nothing near it")
  func digests() throws {
    #expect(try ManifestDigest("sha256:" + Self.hex).description == "sha256:" + Self.hex)
    let refused = [
      "", "sha256:", Self.hex, "SHA256:" + Self.hex, "sha256:" + Self.hex.uppercased(), "sha512:" + Self.hex + Self.hex,
      "sha256:../../x", "sha256:" + Self.hex.dropLast(), "sha256:" + Self.hex + "0", "sha256-" + Self.hex,
      "sha256:" + Self.hex.dropLast() + "g", "sha256:" + Self.hex + "\n", " sha256:" + Self.hex,
    ]
    for text in refused { #expect(throws: NameError.self, "\(text)") { try ManifestDigest(text) } }
  }

  @Test("Tags are told apart and ordered by octets")
  func tags() throws {
    #expect(try DockerTag("latest") == .latest)
    #expect(try DockerTag("B") < DockerTag("a"))
    #expect(throws: NameError.self) { try DockerTag("e\u{301}") }
  }
}
