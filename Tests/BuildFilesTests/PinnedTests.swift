import BuildFiles
import Testing
import TrustModel

/// A Dockerfile with digests in it: nothing else is another octet.
@Suite("Dockerfiles with digests")
struct PinnedTests {
  private static let hex = String(repeating: "0a", count: 32)

  private static func pinned(
    _ text: String, _ change: (inout BuildSettings) -> Void = { _ in }, only: String? = nil
  ) throws -> String {
    var settings = BuildSettings()
    change(&settings)
    let digest = try ManifestDigest("sha256:" + hex)
    let file = try Dockerfile(Array(text.utf8), settings)
    return String(
      decoding: try file.pinned { only == nil || $0.familiarName == only ? digest : nil }, as: UTF8.self)
  }

  @Test("Each image that is needed is replaced, all else stays octet by octet")
  func replaced() throws {
    let text =
      "\u{feff}#syntax=docker/dockerfile:1 x\r\nARG V=1\r\nFROM --platform=linux/amd64   a:$V\tAS one\r\nRUN <<E\r\nFROM a:1\r\nE\r\n"
      + "from \"b\" aS two\r\nCOPY --from=one --from-not=1 / /\r\nCOPY --link --from=c:2 \\\r\n  # c\r\n / / \r\n"
      + "RUN --mount=type=bind,from=d,target=/x --mount=from=scratch,target=/y ls\r\nFROM e"
    let expected = text.replacing("docker/dockerfile:1", with: "docker.io/docker/dockerfile@sha256:\(Self.hex)")
      .replacing("a:$V", with: "docker.io/library/a@sha256:\(Self.hex)")
      .replacing("\"b\"", with: "docker.io/library/b@sha256:\(Self.hex)")
      .replacing("c:2", with: "docker.io/library/c@sha256:\(Self.hex)")
      .replacing("from=d,", with: "from=docker.io/library/d@sha256:\(Self.hex),")
    #expect(try Self.pinned(text) { $0.target = "two" } == expected)
  }

  @Test("A name over two lines, one that is left, one that is not needed, a context")
  func others() throws {
    let whole = "docker.io/library/ab@sha256:\(Self.hex)"
    #expect(try Self.pinned("FROM a\\\nb AS x") == "FROM \(whole) AS x")
    #expect(
      try Self.pinned("FROM a AS z\nFROM ab\nCOPY --from=c / /", only: "ab")
        == "FROM a AS z\nFROM \(whole)\nCOPY --from=c / /")
    #expect(try Self.pinned("FROM ab") { $0.contexts["ab"] = "docker-image://x" } == "FROM ab")
    #expect(try Self.pinned("FROM ab@sha256:\(String(repeating: "1", count: 64))") == "FROM \(whole)")
  }

  @Test("What stands in quotes inside of an option is not replaced, and no build begins with it")
  func quoted() throws {
    for text in [
      "COPY --from=\"b\" / /", "COPY --fr\"om=b\" / /", "RUN --mount=type=bind,\"from=b\" ls", "COPY --from=\\b / /",
    ] {
      let error = try #require(throws: BuildFileError.self) { try Self.pinned("FROM a\n" + text) }
      #expect(error.line == 2)
    }
  }
}
