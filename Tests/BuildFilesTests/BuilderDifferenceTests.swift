import BuildFiles
import Testing
import TrustModel

/// Files that one builder reads otherwise than another: what is hidden from us must be hidden from all of them.
@Suite("Dockerfiles and their builders")
struct BuilderDifferenceTests {
  private typealias Builder = BuildSettings.Builder

  private static func read(_ text: String, _ builder: Builder) throws -> [String] {
    try DockerfileTests.read(text) { $0.builder = builder }
  }

  @Test(
    "An escape character counts where every version of the builder sees it",
    arguments: [
      // Unicode's white space is none for older BuildKits, nor for podman and the classic builder.
      ("#\u{a0}escape=`", Builder.allCases), ("#escape\u{a0}=`", Builder.allCases),
      ("#escape\u{b}=`", Builder.allCases),
      // Older BuildKits end at a directive that they do not know, podman at any other.
      ("# check=skip=all\n# escape=`", Builder.allCases), ("# syntax=a\n# escape=`", [.classic, .buildah]),
    ])
  func escapes(_ beginning: String, _ builders: [BuildSettings.Builder]) throws {
    for builder in builders {
      #expect(throws: BuildFileError.self, "\(builder)") {
        try Self.read(beginning + "\nFROM a\nLABEL a=`\nFROM evil", builder)
      }
      #expect(try Self.read("# escape=`\nFROM a\nLABEL a=`\nFROM", builder).count == 1)
    }
  }

  @Test("Letters that only look like those of a directive end the directives")
  func letters() throws {
    for builder in Builder.allCases {
      let images = try Self.read("# chec\u{212a}=x\n# escape=`\nFROM a\nLABEL a=`\nFROM evil", builder)
      #expect(images.last == "5:6 base evil")
    }
    #expect(try Self.read("# syntax=a\n# escape=`\nFROM `\nb", .buildKit).last == "4:1 base b")
  }

  @Test(
    "A here-document that is a list of instructions for builders without any is refused",
    arguments: [
      ("RUN <<\"LABEL a=b\"\nFROM evil\nLABEL a=b", Builder.allCases),
      ("RUN <<\"LABEL a=b\"\nLABEL a=b", [.classic, .buildKit]),
      // Buildah begins at the top, and finds out later what is no instruction.
      ("RUN <<EOF\nFROM evil\nEOF", [.buildah]), ("RUN <<EOF\nfrom evil as x\nEOF", [.buildah]),
      ("COPY <<EOF /x\nCOPY --from=evil / /\nEOF", [.buildah]),
      ("RUN <<EOF\nRUN --mount=type=bind,FROM=evil ls\nEOF", [.buildah]),
      ("RUN <<#E\nRUN true \\\n#E\nLABEL a=b", Builder.allCases),
    ])
  func hereDocuments(_ text: String, _ builders: [BuildSettings.Builder]) throws {
    for builder in Builder.allCases {
      let images = try? Self.read("FROM a\n" + text, builder)
      #expect((images == nil) == builders.contains(builder), "\(builder): \(images ?? [])")
    }
  }

  @Test(
    "One whose lines are none for any builder stays what it is",
    arguments: [
      "RUN <<EOF\nset -e\nRUN=1\nEOF", "RUN python3 <<EOF\nfrom os import path\nfrom x import a, b\nprint(1)\nEOF",
      "COPY <<EOF /x\nuser root;\nEOF", "RUN [ -f x ] && cat <<EOF\n[ y ]\nEOF",
    ])
  func plain(_ text: String) throws {
    for builder in Builder.allCases { #expect(try Self.read("FROM a\n" + text, builder) == ["1:6 base a"]) }
  }

  @Test(
    "Behind a list in JSON some begin a here-document",
    arguments: ["[\"a\"] <<E", "[] <<E", "[ \"a\\\"]\" , \"b\" ] <<E", "[\"a\"]x <<E"])
  func lists(_ rest: String) throws {
    let error = try #require(throws: BuildFileError.self) { try Self.read("FROM a\nRUN \(rest)\nset\nE", .buildKit) }
    #expect(error.line == 2)
    #expect(try Self.read("FROM a\nRUN [\"a\", <<E\nset\nE", .buildKit).count == 1)
  }

  @Test("BuildKit alone knows a stage before it comes; the others take the name for an image")
  func later() throws {
    let rows = [
      "FROM a\nCOPY --from=x / /\nFROM b AS x", "FROM a AS x\nCOPY --from=x / /\nFROM x",
      "FROM a\nCOPY --from=1 / /\nFROM b",
      "FROM a\nRUN --mount=from=x ls\nFROM b AS x",
    ]
    for text in rows {
      #expect(try Self.read(text, .buildKit).contains { $0.contains("=stage") })
      for builder in [Builder.classic, .buildah] {
        #expect(try Self.read(text, builder)[1].contains("?the stage is not behind this line"), "\(text)")
      }
    }
  }

  @Test("Podman tells small letters from others, and has one stage of a name")
  func names() throws {
    #expect(throws: BuildFileError.self) { try Self.read("FROM a AS Base\nFROM base", .buildah) }
    #expect(
      try Self.read("FROM a AS base\nFROM b\nCOPY --from=BASE / /", .buildah).last?.contains("?image reference") == true
    )
    #expect(
      try Self.read("FROM a AS base\nFROM b\nCOPY --from=00 / /", .buildah).last?.contains("?there is no stage") == true
    )
    for builder in [Builder.classic, .buildah] {
      #expect(throws: BuildFileError.self) { try Self.read("FROM evil AS x\nFROM a AS x\nFROM x", builder) }
    }
    #expect(
      try Self.read("FROM a AS x\nFROM b AS y\nFROM x", .buildah).map { $0.first == "-" } == [false, true, false])
    #expect(try Self.read("# syntax=a\nFROM b", .buildah) == ["2:6 base b"])
  }

  @Test("Build contexts are images by more names for podman, and take no stage's place")
  func contexts() throws {
    func read(_ text: String, _ builder: BuildSettings.Builder, _ contexts: [String: String]) throws -> [String] {
      try DockerfileTests.read(text) { ($0.builder, $0.contexts) = (builder, contexts) }
    }
    for scheme in ["docker-image://", "docker://", "container-image://"] {
      #expect(try read("FROM x", .buildah, ["x": scheme + "a"]).first == "given context a")
    }
    #expect(try read("FROM x", .buildKit, ["x": "docker://a"]).count == 1)
    #expect(try read("FROM a AS x", .buildah, ["x": "."]) == ["1:6 base a"])
    #expect(throws: BuildFileError.self) { try read("FROM a", .buildKit, ["a::linux/amd64": "docker-image://b"]) }
  }

  @Test("With digests in it no variable is left in a FROM")
  func variables() throws {
    var settings = BuildSettings()
    settings.arguments = ["V": "one", "N": "scratch"]
    let digest = try ManifestDigest("sha256:" + String(repeating: "0a", count: 32))
    let text =
      "ARG V\nARG N\nARG D=b@\(digest)\nFROM a AS one\nFROM $V\nFROM ${N} AS two\nFROM $D\nCOPY --from=one / /\n"
      + "COPY --from=two / /\nCOPY --from=1 / /"
    let file = try Dockerfile(Array(text.utf8), settings)
    let pinned = String(decoding: try file.pinned { $0.digest ?? digest }, as: UTF8.self)
    let whole = "docker.io/library/%@\(digest)"
    #expect(
      pinned.contains(
        "\nFROM \(whole.replacing("%", with: "a")) AS one\nFROM one\nFROM scratch AS two\nFROM \(whole.replacing("%", with: "b"))\n"
      ))
  }
}
