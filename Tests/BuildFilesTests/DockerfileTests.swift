import BuildFiles
import Testing
import TrustModel

/// What a Dockerfile names, by kind and meaning, as BuildKit reads it.
@Suite("Dockerfiles")
struct DockerfileTests {
  /// A mention in a line: `2:6 base alpine:3`, with `-` before what the target does not need.
  static func line(_ mention: ImageMention) -> String {
    let place = mention.place.map { "\($0.line):\($0.column)" } ?? "given"
    let meaning =
      switch mention.meaning {
      case .image(let reference):
        reference.familiarTagged
      case .scratch: "=scratch"
      case .stage(let number, let name): "=stage \(number) \(name ?? "")"
      case .context(let name): "=context \(name)"
      case .unknown(let cause): "?\(cause)"
      }
    return (mention.isNeeded ? "" : "-") + "\(place) \(mention.kind.rawValue) \(meaning)"
  }

  static func read(_ text: String, _ change: (inout BuildSettings) -> Void = { _ in }) throws -> [String] {
    var settings = BuildSettings()
    change(&settings)
    return try Dockerfile(Array(text.utf8), settings).mentions.map(line)
  }

  @Test(
    "Lines, comments, continuations, words and names",
    arguments: [
      ("FROM alpine", ["1:6 base alpine"]),
      ("from alpine:3 as B\nFROM b", ["1:6 base alpine:3", "2:6 base =stage 0 b"]),
      ("\u{feff}FROM a\r\nRUN x\r\n", ["1:9 base a"]), ("\n  # c\n\t FROM \t a  \n", ["3:10 base a"]),
      ("FROM \\\n  a", ["2:3 base a"]), ("FROM a\\\nb", ["1:6 base ab"]), ("FROM \\  \n# c\n\n  #d\na", ["5:1 base a"]),
      ("FROM \\", []), ("# escape=`\nFROM `\na", ["3:1 base a"]),
      ("#escape = `\nFROM a\nRUN x \\\nRUN y", ["2:6 base a"]),
      ("# note\n# escape=`\nFROM a \\\n\n", ["3:6 base a"]), ("# escape=`\n\nFROM a", ["3:6 base a"]),
      ("FROM scratch", ["1:6 base =scratch"]), ("FROM \"al\"pine", ["1:6 base alpine"]), ("FROM 'a'", ["1:6 base a"]),
      ("FROM a AS x\nFROM x AS y\nFROM y", ["1:6 base a", "2:6 base =stage 0 x", "3:6 base =stage 1 y"]),
      ("FROM a AS x\nFROM x AS x", ["1:6 base a", "2:6 base =stage 0 x"]), ("FROM\u{b}a", ["1:6 base a"]),
      ("\u{a0}FROM a", ["1:8 base a"]), ("FROM a \\\n\u{2003}\n AS b", ["1:6 base a"]),
      ("FROM a\nONBUILD COPY --from=b / /", ["1:6 base a", "2:21 copied b"]),
      ("FROM a\nONBUILD RUN <<E\nFROM evil\nE", ["1:6 base a"]), ("FROM a\nRUN x \\\n# \\\nFROM y", ["1:6 base a"]),
    ])
  func lines(_ text: String, _ expected: [String]) throws {
    if expected.isEmpty {
      #expect(throws: BuildFileError.self) { try Self.read(text) }
    } else {
      #expect(try Self.read(text) == expected)
    }
  }

  @Test("The image that reads the file is one that runs; what is given with the build stands before it")
  func frontends() throws {
    let name = "docker/dockerfile:1"
    #expect(try Self.read("# syntax=\(name)\nFROM a") == ["1:10 frontend \(name)", "2:6 base a"])
    #expect(try Self.read("#!/x\n#Syntax = \(name) x\nFROM a").first == "2:11 frontend \(name)")
    #expect(try Self.read("# escape=`\n# check=skip=all\n# syntax=\(name)\nFROM a").first == "3:10 frontend \(name)")
    #expect(try Self.read("# c\n# syntax=\(name)\nFROM a").count == 1)
    #expect(try Self.read("FROM a\n# syntax=\(name)").count == 1)
    let given = try Self.read("# syntax=\(name)\nFROM a") { $0.arguments["BUILDKIT_SYNTAX"] = "x/y z" }
    #expect(given == ["given frontend x/y", "2:6 base a"])
    #expect(try Self.read("# syntax=\(name)\nFROM a") { $0.builder = .classic } == ["2:6 base a"])
    #expect(try Self.read("# syntax=A//b\nFROM a").first?.hasPrefix("1:10 frontend ?image reference") == true)
    for text in ["# syntax=a\n# syntax=b\nFROM a", "// syntax=a\nFROM a", "{\"syntax\":\"a\"}", "# escape=x\nFROM a"] {
      #expect(throws: BuildFileError.self) { try Self.read(text) }
    }
  }

  @Test(
    "Variables",
    arguments: [
      ("ARG V=3\nFROM a:$V", "a:3"), ("ARG V=3\nFROM a:${V}x", "a:3x"), ("FROM a:${V:-4}", "a:4"), ("FROM a${V-}", "a"),
      ("ARG V=\nFROM a:${V:-4}", "a:4"), ("ARG V=\nFROM a${V-:4}", "a"), ("ARG V=1\nFROM a${V:+:b}", "a:b"),
      ("FROM a${V:+:b}", "a"), ("ARG V=1\nFROM ${V+b}", "b"), ("ARG A=x B=$A-y\nFROM $B", "x-y"),
      ("ARG V=\"q\"\nFROM $V", "q"), ("ARG V='$x'\nFROM a", "a"), ("FROM ${A:-${B:-c}}", "c"), ("FROM a$V", "a"),
      ("ARG V=1\nFROM \"a:$V\"", "a:1"), ("ARG GIVEN=1\nFROM a:$GIVEN", "a:given"),
      ("ARG GIVEN\nFROM a:$GIVEN", "a:given"),
      ("FROM a:${GIVEN:-none}", "a:none"), ("FROM a:$TARGETARCH", "a:arm"),
      ("ARG TARGETARCH\nFROM a:$TARGETARCH", "a:arm"),
      ("FROM a:$TARGETOS$TARGETVARIANT", "a:linuxv7"), ("FROM a:${TARGETSTAGE}", "a:default"),
      ("FROM a:${V?m}", "?variable V has no value: 'm'"), ("FROM a:${V:0:1}", "?a form of"),
      ("FROM a:${V#x}", "?a form of"),
      ("FROM a:$V", "?variable V has no value (--build-arg V=…): image reference"),
      ("FROM $V", "?variable V has no value"),
      ("FROM ${V", "?a variable in braces"), ("FROM 'a", "?a quote"), ("FROM A", "?image reference 'A' is refused"),
      ("ARG V=A B\nFROM a:$V", "a:A"), ("FROM $$", "?variable $ has no value"), ("ARG é=1\nFROM a:$é", "?image"),
    ])
  func variables(_ text: String, _ expected: String) throws {
    let read = try Self.read(text) {
      $0.arguments = ["GIVEN": "given"]
      $0.platform = try? BuildPlatform("linux/arm/v7")
    }
    let meaning = read[0].split(separator: " ", maxSplits: 2)[2]
    #expect(expected.hasPrefix("?") ? meaning.hasPrefix(expected) : meaning == expected, "\(meaning)")
  }

  @Test("Sources of files: stages by name and number, images, nothing; in every form of an option")
  func sources() throws {
    let text = """
      FROM a AS one
      FROM b
      COPY --from=ONE / /
      COPY --chown=1 --from=0 / /
      COPY --from=c:1 --link / /
      ADD --from=d / /
      RUN --mount=type=bind,from=e,target=/x --mount=from=one,src=/ --mount=type=cache,target=/y ls --mount=from=no
      RUN --mount="type=bind,from=f" --mount=type=bind,"from=g" ls
      COPY --from=7 / /
      COPY --from=$V / /
      COPY --from=scratch / /
      COPY -- --from=x / /
      run --mount=FROM=h ls
      """
    #expect(
      try Self.read(text) == [
        "1:6 base a", "2:6 base b", "3:13 copied =stage 0 one", "4:23 copied =stage 0 one", "5:13 copied c:1",
        "6:12 copied d", "7:28 mounted e", "7:53 mounted =stage 0 one", "8:29 mounted f", "8:56 mounted g",
        "9:13 copied ?there is no stage 7",
        "10:13 copied ?no variables are read in from=: name a stage, with FROM $V AS …", "11:13 copied =scratch",
        "13:18 mounted h",
      ])
  }

  @Test("Only what the target needs is built by BuildKit; the classic builder builds all before it")
  func targets() throws {
    let text =
      "FROM a AS a\nFROM b AS b\nFROM c AS c\nCOPY --from=d / /\nFROM a AS e\nRUN --mount=from=b ls\nFROM f AS f\n"
    let needed = { (name: String?, builder: BuildSettings.Builder) in
      try Self.read(text) { ($0.target, $0.builder) = (name, builder) }.filter { !$0.hasPrefix("-") }.count
    }
    #expect(try needed(nil, .buildKit) == 1)
    #expect(try needed("E", .buildKit) == 4)
    #expect(try needed("c", .buildKit) == 2)
    #expect(try needed("c", .classic) == 4)
    #expect(try needed("1", .classic) == 2)
    #expect(try needed(nil, .classic) == 7)
    for name in ["1", "g"] { #expect(throws: BuildFileError.self) { try needed(name, .buildKit) } }
    // Stages that need each other are no way to hang.
    #expect(try Self.read("FROM a AS a\nCOPY --from=b / /\nFROM b AS b\nCOPY --from=a / /").count == 4)
  }

  @Test("A build context stands before an image and before a stage's base")
  func contexts() throws {
    func read(_ text: String, _ contexts: [String: String]) throws -> [String] {
      try Self.read(text) { $0.contexts = contexts }
    }
    #expect(
      try read("FROM alpine", ["alpine": "docker-image://b:1", "x": "/dir", "y": "docker-image://c"]) == [
        "given context b:1", "-given context c", "1:6 base =context alpine",
      ])
    #expect(
      try read("FROM alpine:latest\nFROM alpine:3", ["docker.io/library/alpine": "."]).last == "2:6 base alpine:3")
    #expect(try read("FROM a AS one\nFROM one", ["one": "."]) == ["1:6 base =context one", "2:6 base =stage 0 one"])
    #expect(try read("FROM a\nCOPY --from=src / /", ["src": "."]).last == "2:13 copied =context src")
    #expect(try read("FROM scratch", ["scratch": "docker-image://b"]).last == "1:6 base =scratch")
  }

  @Test("Platforms are taken from variables")
  func platforms() throws {
    var settings = BuildSettings()
    settings.platform = try BuildPlatform("linux/arm64/v8")
    let file = try Dockerfile(Array("FROM --platform=$TARGETPLATFORM a\nFROM --platform=linux/s390x b".utf8), settings)
    #expect(file.mentions.map(\.platform) == ["linux/arm64", "linux/s390x"])
    #expect(try BuildPlatform("Linux/x86_64").description == "linux/amd64")
    for text in ["", "linux", "a/b/c/d", "a//b", "a/b c"] {
      #expect(throws: NameError.self) { try BuildPlatform(text) }
    }
  }
}

extension DockerReference {
  fileprivate var familiarTagged: String {
    familiarName + (tag.map { ":\($0)" } ?? "") + (digest.map { "@\($0)" } ?? "")
  }
}
