import BuildFiles
import Testing
import TrustModel

/// What a compose file names, with what it includes, extends and builds.
@Suite("Compose files")
struct ComposeTests {
  /// Images as `service file:line:column kind meaning`, then what was not looked at.
  static func read(
    _ text: String, _ files: [String: String] = [:], environment: [String: String] = [:], secret: String? = nil
  ) throws -> [String] {
    var settings = ComposeSettings { name in
      if name == secret || name.hasPrefix("/") || name.hasPrefix("..") { return .refused("outside") }
      return files[name].map { .octets(Array($0.utf8)) } ?? .absent
    }
    settings.environment = { environment[$0] }
    let file = try ComposeFile(Array(text.utf8), settings)
    return file.images.map { image in
      "\(image.service) \(image.file ?? "")\(image.isInline ? "+" : ":")\(DockerfileTests.line(image.mention))"
    } + file.gaps.map { "! \($0.file ?? ""):\($0.line) \($0.description)" }
  }

  @Test("Images of services, with variables of the environment and of the file beside it")
  func images() throws {
    let text = """
      x-a: &a {image: "a:$V"}
      services:
        one: *a
        two:
          <<: *a
          platform: linux/arm64
        three: {image: "b:${W:-w}$$"}
        four: {image: "${U?gone}"}
        five: {image: "${IMAGE}"}
        six: {image: 'c:${T}', volumes: [x:/y, {type: image, source: "d:1", target: /z}]}
        seven: {}
      """
    let env = "V=1\nexport T = 'x$V' # note\nIMAGE=\"reg.example/x:$V\"\nW=\n# c\nQ=a b # c\n"
    let found = try Self.read(text, [".env": env], environment: ["V": "2"])
    #expect(
      found == [
        "one :1:17 service a:2", "two :1:17 service a:2",
        "three :7:18 service ?image reference 'b:w$' is refused at position 4: a tag has letters, digits and _, and behind the first also . and -",
        "four :8:17 service ?variable U has no value: 'gone'", "five :9:17 service reg.example/x:2",
        "six :10:16 service ?image reference 'c:x$V' is refused at position 4: a tag has letters, digits and _, and behind the first also . and -",
        "six :10:64 mounted d:1", "! :11 service seven: it names neither an image nor a build",
      ], "\(found)")
  }

  @Test("Builds: context, file, arguments, target, contexts, a Dockerfile in the file")
  func builds() throws {
    let text = """
      services:
        a: {build: .}
        b:
          image: own:1
          build: {context: ./sub, dockerfile: D, target: t, args: {V: "$X"}}
        c:
          image: own:2
          pull_policy: build
          build:
            dockerfile_inline: |
              FROM base:$$V
            args: [V=5, H]
            additional_contexts: {base: "docker-image://e:1"}
        d: {build: https://x.example/a.git}
        e: {build: {context: sub, additional_contexts: [i=docker-image://f]}}
        f: {build: ../up}
        g: {build: bad}
      """
    let files = [
      "Dockerfile": "FROM root", "sub/D": "ARG V\nFROM s:$V AS t\nFROM u", "sub/Dockerfile": "FROM i",
      "bad/Dockerfile": "FROM",
    ]
    #expect(
      try Self.read(text, files, environment: ["X": "7"]) == [
        "a Dockerfile:1:6 base root", "b :4:12 service own:1", "b sub/D:2:6 base s:7", "b sub/D:-3:6 base u",
        "c :-7:12 service own:2", "c +-given context e:1",
        "c +1:6 base ?variable V has no value (--build-arg V=…): image reference 'base:' is refused at position 6: it is empty",
        "e sub/Dockerfile:given context f", "e sub/Dockerfile:1:6 base =context i",
        "! :14 build of d: its context is not on this machine", "! :16 build of f by ../up/Dockerfile: outside",
        "! :17 build of g by bad/Dockerfile: line 1: FROM takes an image, and AS with a name behind it: ''",
      ])
  }

  @Test("Included files and extended services are followed below the folder, each once; anything else is named")
  func others() throws {
    let text = """
      include: [sub/one.yaml, {path: [sub/two.yaml, ../out.yaml]}, sub/one.yaml, none.yaml, {path: a.yaml, env_file: x}]
      services:
        a: {extends: b, platform: linux/amd64}
        b: {extends: {service: s, file: sub/base.yaml}, volumes: [{type: image, source: w}]}
        c: {extends: c}
        d: {extends: gone}
        e: {extends: {service: built, file: sub/base.yaml}}
      """
    let files = [
      "sub/one.yaml": "include: [two.yaml]\nservices: {one: {build: .}}", "sub/Dockerfile": "FROM i1",
      "sub/two.yaml": "services:\n  two: {image: i2}",
      "sub/base.yaml": "services: {s: {image: i3, volumes: [{type: image, source: v}]}, built: {build: .}}",
    ]
    let refused = #expect(throws: BuildFileError.self) { try Self.read(text, files) }
    #expect(refused?.line == 5)
    let found = try Self.read(text.replacing("  c: {extends: c}\n", with: ""), files)
    #expect(
      found == [
        "two sub/two.yaml:2:16 service i2", "one sub/Dockerfile:1:6 base i1", "a sub/base.yaml:1:23 service i3",
        "a sub/base.yaml:1:59 mounted v", "a :4:83 mounted w", "b sub/base.yaml:1:23 service i3",
        "b sub/base.yaml:1:59 mounted v", "b :4:83 mounted w", "! :1 include of ../out.yaml: outside",
        "! :1 include of none.yaml: there is no such file",
        "! :1 include of a.yaml: it has options that are not read here",
        "! :5 extends gone: there is no such service",
        "! :6 extends built: it is built from another folder: check sub/base.yaml by itself",
        "! :5 service d: it names neither an image nor a build",
        "! :6 service e: it names neither an image nor a build",
      ], "\(found)")
  }

  @Test(
    "What is no compose file is refused, with the line",
    arguments: [
      ("", nil), ("a: [", 2), ("services: {a: {image: x, image: y}}", 1),
      ("services:\n  a: {image: x}\n  a: {image: y}", 3),
      ("services: {a: {<<: 1}}", 1), ("services: {a: *b}", 1), ("a: &a [*a]", 1), ("a: 1\n---\nb: 1", 2), ("[1]", 1),
      ("services: [a]", 1), ("services: {a: 1}", 1), ("services: {a: {image: !reset x}}", 1), ("? [a]\n: b", 1),
      ("services: {a: {build: {context: $}}}", 1), ("services: {a: {build: [x]}}", 1), ("include: x", 1), ("a: 1", nil),
    ])
  func refused(_ text: String, _ line: Int?) throws {
    let error = try #require(throws: BuildFileError.self) { try Self.read(text) }
    #expect(error.line == line, "\(error)")
  }

  @Test("Aliases that multiply, depth, size and numbers end at their limits")
  func limits() throws {
    let bomb = "a0: &a0 [x, x]\n" + (1...40).map { "a\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1)]\n" }.joined()
    #expect(throws: BuildFileError.self) { try Self.read(bomb) }
    let merges =
      "a0: &a0 {x: {image: i}}\n" + (1...40).map { "a\($0): &a\($0) {l: *a\($0 - 1), r: *a\($0 - 1)}\n" }.joined()
    #expect(throws: BuildFileError.self) { try Self.read(merges) }
    func nested(_ depth: Int) -> String {
      "services: {a: {image: i}}\nx: " + String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(try Self.read(nested(BuildFileLimits.nesting - 1)).count == 1)
    #expect(throws: BuildFileError.self) { try Self.read(nested(BuildFileLimits.nesting)) }
    #expect(throws: BuildFileError.self) { try Self.read("x: " + String(repeating: "[", count: 1_000_000)) }
    #expect(throws: BuildFileError.self) { try Self.read(String(repeating: "- ", count: 500_000)) }
    func values(_ count: Int) -> String {
      "services: {a: {image: i}}\nx: [" + String(repeating: "1,", count: count - 9) + "]"
    }
    #expect(try Self.read(values(BuildFileLimits.values)).count == 1)
    #expect(throws: BuildFileError.self) { try Self.read(values(BuildFileLimits.values + 1)) }
    func size(_ count: Int) -> String { "services: {a: {image: i}}\n#" + String(repeating: "x", count: count - 27) }
    #expect(try Self.read(size(BuildFileLimits.octets)).count == 1)
    #expect(throws: BuildFileError.self) { try Self.read(size(BuildFileLimits.octets + 1)) }
    // Each service takes in what the one before it has.
    func extended(_ size: Int) -> String {
      let base = (0..<size).map { "x\($0): 1, " }.joined()
      return "services:\n  b: {image: i, \(base)}\n" + (0..<90).map { "  s\($0): {extends: b}\n" }.joined()
    }
    #expect(try Self.read(extended(1000)).count == 91)
    #expect(throws: BuildFileError.self) { try Self.read(extended(1200)) }
    let doubling = "A0=xx\n" + (1...20).map { "A\($0)=$A\($0 - 1)$A\($0 - 1)\n" }.joined()
    #expect(throws: BuildFileError.self) { try Self.read("services: {}", [".env": doubling]) }
    func services(_ count: Int) -> String { "services:\n" + (0..<count).map { "  s\($0): {image: i}\n" }.joined() }
    #expect(try Self.read(services(BuildFileLimits.services)).count == BuildFileLimits.services)
    #expect(throws: BuildFileError.self) { try Self.read(services(BuildFileLimits.services + 1)) }
    func builds(_ count: Int) -> String { "services:\n" + (0..<count).map { "  s\($0): {build: .}\n" }.joined() }
    #expect(try Self.read(builds(BuildFileLimits.builds), ["Dockerfile": "FROM a"]).count == BuildFileLimits.builds)
    #expect(throws: BuildFileError.self) { try Self.read(builds(BuildFileLimits.builds + 1)) }
    let mounts = "FROM a\nRUN " + String(repeating: "--mount=from=b ", count: 99) + "ls"
    #expect(try Self.read(builds(100), ["Dockerfile": mounts]).count == BuildFileLimits.mentions)
    #expect(throws: BuildFileError.self) { try Self.read(builds(100) + "  z: {image: i}\n", ["Dockerfile": mounts]) }
    func included(_ count: Int) -> (String, [String: String]) {
      let names = (0..<count).map { "f\($0).yaml" }
      return (
        "include: [\(names.joined(separator: ","))]", Dictionary(uniqueKeysWithValues: names.map { ($0, "a: 1") })
      )
    }
    let (allowed, more) = (included(BuildFileLimits.files - 1), included(BuildFileLimits.files))
    #expect(try Self.read(allowed.0, allowed.1).isEmpty)
    #expect(try Self.read(more.0, more.1).count == 1)
  }

  @Test("A file of variables that cannot be read refuses the whole")
  func variables() throws {
    for text in ["a b", "1=2", "A='x", "A=\"x\" y", "A=\"\\n\"", "A=${"] {
      #expect(throws: BuildFileError.self) { try Self.read("services: {}", [".env": text]) }
    }
    let count = BuildFileLimits.variables
    func lines(_ count: Int) -> String { (0..<count).map { "A\($0)=1\n" }.joined() }
    #expect(try Self.read("services: {}", [".env": lines(count)]).isEmpty)
    #expect(throws: BuildFileError.self) { try Self.read("services: {}", [".env": lines(count + 1)]) }
    #expect(throws: BuildFileError.self) { try Self.read("services: {}", secret: ".env") }
  }

  @Test("What a file is, by what is in it")
  func kinds() {
    #expect(ComposeFile.isLikely(Array("services: {}".utf8)))
    #expect(!ComposeFile.isLikely(Array("FROM alpine\nRUN x: y".utf8)))
    #expect(!ComposeFile.isLikely([]))
  }
}
