import TestSupport
import Testing

/// What BuildKit is told: with an engine that keeps what it is given, since no BuildKit is on this machine.
@Suite("keyreeve docker build with BuildKit", .timeLimit(.minutes(5)))
struct BuildKitTests {
  private static let digest = SignedNames.digest

  private func build(_ engine: FakeEngine, _ file: String, _ options: [String] = [], status: Int32 = 7) throws -> String
  {
    try engine.write("Dockerfile", file)
    let outcome = try engine.keyreeve(["build"] + options + [engine.path])
    #expect(outcome.status == status, "\(outcome.errorText)")
    return outcome.errorText
  }

  @Test("The frontend, stages, mounts and copies that are needed are resolved, and what is not needed is not asked for")
  func resolved() throws {
    let (engine, notary) = try SignedNames.engine(signing: ["example.com/a", "example.com/syntax"])
    defer { withExtendedLifetime(notary) {} }
    try engine.write("Dockerfile.dockerignore", "left-out\n")
    _ = try build(
      engine,
      """
      # syntax=example.com/syntax:v1
      FROM example.com/unsigned:v1 AS unneeded
      FROM example.com/a:v1 AS base
      RUN --mount=type=bind,from=example.com/a:v1,target=/m <<END
      FROM example.com/never:v1
      END
      FROM base
      COPY --from=example.com/a:v1 /x /y

      """)
    let given = try engine.file("given/Dockerfile")
    let pinned = "example.com/a@\(Self.digest)"
    #expect(given.hasPrefix("# syntax=example.com/syntax@\(Self.digest)\n"))
    #expect(given.contains("FROM example.com/unsigned:v1 AS unneeded\nFROM \(pinned) AS base"))
    #expect(given.contains("from=\(pinned),target=/m <<END\nFROM example.com/never:v1\nEND\n"))
    #expect(given.contains("FROM base\nCOPY --from=\(pinned) /x /y"))
    #expect(try engine.file("given/Dockerfile.dockerignore") == "left-out\n")
    let path = try engine.words().drop { $0 != "--file" }.dropFirst().first ?? ""
    #expect(path.hasSuffix("/Dockerfile") && !path.hasPrefix(engine.path))
    #expect(try ChildProcess.run(["test", "-e", path]).status == 1)
    let unsigned = try build(engine, "FROM example.com/a:v1 AS a\nFROM example.com/unsigned:v1\n", ["--target", "a"])
    #expect(unsigned.isEmpty)
    #expect(
      try build(engine, "# syntax=example.com/unsigned:v1\nFROM example.com/a:v1\n", status: 10).contains(
        "example.com/unsigned"))
  }

  @Test("Images that are given on the command line are resolved in their place")
  func options() throws {
    let (engine, notary) = try SignedNames.engine(signing: ["example.com/a"])
    defer { withExtendedLifetime(notary) {} }
    _ = try build(
      engine, "FROM other\nCOPY --from=more / /\n",
      [
        "--build-context", "other=docker-image://example.com/a:v1", "--build-context=more=./here", "--build-context",
        "no=docker-image://example.com/unsigned:v1",
        "--build-arg", "BUILDKIT_SYNTAX=example.com/a:v1", "--build-arg=OTHER=x", "-t", "made:1", "--cache-from",
        "example.com/cache",
      ])
    let words = try engine.words()
    #expect(words.contains("other=docker-image://example.com/a@\(Self.digest)"))
    #expect(
      words.contains("--build-context=more=./here") && words.contains("no=docker-image://example.com/unsigned:v1"))
    #expect(words.contains("BUILDKIT_SYNTAX=example.com/a@\(Self.digest)") && words.contains("--build-arg=OTHER=x"))
    let refused = try build(
      engine, "FROM other\n", ["--build-context", "other=docker-image://example.com/a:v2"], status: 10)
    #expect(refused.contains("v2 of example.com/a"))
  }

  @Test("Platforms that would take other images are built one at a time")
  func platforms() throws {
    let (engine, notary) = try SignedNames.engine(signing: ["example.com/a"])
    defer { withExtendedLifetime(notary) {} }
    let refused = try build(
      engine, "FROM example.com/a:v1-${TARGETARCH}\n", ["--platform", "linux/amd64,linux/arm64"], status: 2)
    #expect(refused.contains("build one platform at a time"))
    _ = try build(engine, "FROM --platform=$BUILDPLATFORM example.com/a:v1\n", ["--platform=linux/amd64,linux/arm64"])
  }
}
