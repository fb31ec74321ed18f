import TestSupport
import Testing

/// What BuildKit would take beside the Dockerfile: with an engine that keeps what it is given.
@Suite("Images beside the Dockerfile of BuildKit", .timeLimit(.minutes(5)))
struct BuildKitTrapTests {
  private let pinned = "example.com/a@\(SignedNames.digest)"

  @Test("Lists of contents, contexts of one platform, policies and builders of old")
  func options() throws {
    let (engine, notary) = try SignedNames.engine(signing: ["example.com/a"])
    defer { withExtendedLifetime(notary) {} }
    func build(_ file: String, _ options: [String], status: Int32 = 7) throws -> String {
      try engine.write("Dockerfile", file)
      let outcome = try engine.keyreeve(["build"] + options + [engine.path])
      #expect(outcome.status == status, "\(options) \(outcome.errorText)")
      return outcome.errorText
    }
    let file = "FROM example.com/a:v1\n"
    try engine.write("Dockerfile.containerignore", "secret\n")
    _ = try build(file, [])
    #expect(try engine.file("given/Dockerfile.containerignore") == "secret\n")
    for option in ["--sbom=generator=%", "--attest=type=sbom,generator=%"] {
      _ = try build(file, [option.replacing("%", with: "example.com/a:v1")])
      #expect(try engine.words().contains(option.replacing("%", with: pinned)))
      _ = try build(file, [option.replacing("%", with: "example.com/a:v2")], status: 10)
    }
    #expect(try build(file, ["--sbom=true"]).contains("nothing is checked of the image that lists"))
    #expect(try build(file, ["--sbom=false", "--attest", "type=provenance,mode=max"]).isEmpty)
    _ = try build(file, ["--attest=\"type=sbom\",\"generator=x\""], status: 2)
    // BuildKit looks for a context by the platform, too: after the digest was put in its place.
    _ = try build(file, ["--build-context", "\(pinned)::linux/amd64=docker-image://x"], status: 18)
    #expect(
      try build(file, ["--build-context", "x=https://example.com/x.tar"]).contains(
        "nothing is checked of build context x"))
    #expect(try engine.file("variables").contains("DOCKER_BUILDKIT=1\n"))
    engine.variables["DOCKER_BUILDKIT"] = "0"
    _ = try build("# syntax=example.com/none\n" + file, [])
    #expect(try engine.file("variables").contains("DOCKER_BUILDKIT=0\n"))
    engine.variables["DOCKER_BUILDKIT"] = nil
    engine.variables["DOCKER_DEFAULT_PLATFORM"] = "linux/riscv64"
    #expect(try build("FROM example.com/a:${TARGETARCH}\n", [], status: 10).contains("riscv64 of example.com/a"))
    engine.variables["EXPERIMENTAL_BUILDKIT_SOURCE_POLICY"] = "/policy.json"
    #expect(try build(file, [], status: 2).contains("leave it out of the environment"))
  }
}
