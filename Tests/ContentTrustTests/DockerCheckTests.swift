import StrictJSON
import TestSupport
import Testing

/// `docker check` with a real server of signed metadata.
@Suite("Checking Dockerfiles")
struct DockerCheckTests {
  private let desk: ContentDesk
  private static let other = "example.com/team/base"

  init() throws {
    desk = try ContentDesk(targets: ["v1", "v2"])
    try desk.peer.makeRepository(Self.other, targets: ["v1"])
  }

  private func check(
    _ text: String, _ words: [String] = [], name: String = "Dockerfile", program: String = "keyreeve",
    under tracer: [String] = []
  ) throws -> ChildProcess.Outcome {
    try desk.machine.write("/src/" + name, Array(text.utf8))
    return try desk.run(
      ["docker", "check", desk.machine.located("/src/" + name), "--trust-on-first-use"] + words, program: program,
      under: tracer)
  }

  private func digest(_ tag: String) throws -> String {
    try desk.content("lookup", [tag]).text.split(separator: "\n").first.map(String.init) ?? ""
  }

  @Test("Every image that is needed is signed, or the status says which one is not")
  func images() throws {
    let app = ContentDesk.name
    let good = "ARG V=v1\nFROM \(app):$V AS a\nFROM scratch\nCOPY --from=a / /\nRUN --mount=from=\(Self.other):v1 ls\n"
    let digest = try digest("v1")
    for program in ["keyreeve", "keyreeve-verify"] {
      let outcome = try check(good, program: program)
      #expect(outcome.status == 0, "\(outcome.text)\(outcome.errorText)")
      #expect(outcome.text.contains("built on \(app):v1\n  signed     \(digest)\n  by         targets, whose key is "))
      #expect(outcome.text.contains("2 of 2 images are signed\n"))
    }
    let bad = try check(good + "COPY --from=\(app):v3 / /\n")
    #expect(
      bad.status == 10 && bad.text.contains("Dockerfile:6: copies from \(app):v3\n  refused    unsigned: "),
      "\(bad.text)")
    #expect(try check(good, ["--build-arg", "V=v2"]).status == 0)
    #expect(try check(good, ["--build-arg", "V=v3"]).status == 10)
    // What the target does not need is not asked about.
    #expect(try check("FROM \(app):v3 AS a\nFROM \(app):v1").status == 0)
    #expect(try check("FROM \(app):v3 AS a\nFROM \(app):v1", ["--target", "a"]).status == 10)
    #expect(try check("FROM example.com/team/none:v1").status == 10)
    #expect(try check("FROM \(app)").status == 10)
    #expect(try check("# syntax=\(app):v3\nFROM \(app):v1").status == 10)
    #expect(try check("FROM a", ["--build-context", "a=docker-image://\(app):v1"]).status == 0)
    #expect(try check("FROM a", ["--build-context", "a=docker-image://\(app):v3"]).status == 10)
  }

  @Test("A digest counts where a signed tag is that image, and with a tag where that tag is it")
  func digests() throws {
    let (app, one, two) = (ContentDesk.name, try digest("v1"), try digest("v2"))
    let none = "sha256:" + String(repeating: "0a", count: 32)
    #expect(one != two)
    let statuses = [
      ("\(app):v1@\(one)", 0), ("\(app)@\(two)", 0), ("\(app):v1@\(two)", 17), ("\(app)@\(none)", 10),
      ("\(app):v3@\(one)", 10),
    ]
    for (name, status) in statuses {
      let outcome = try check("FROM \(name)\n")
      #expect(Int(outcome.status) == status, "\(name): \(outcome.text)\(outcome.errorText)")
    }
    // The worst answer decides, and all are given.
    let all = try check(statuses.map { "FROM \($0.0)\n" }.joined(), ["--json"])
    let every = try check(
      statuses.enumerated().map { "FROM \($1.0) AS s\($0)\n" }.joined() + "FROM scratch\n"
        + statuses.indices.map { "COPY --from=s\($0) / /\n" }.joined(), ["--json"])
    #expect(all.status == 10 && every.status == 17)
    let document = try JSON.parse(every.output)
    #expect(
      document["reason"]?.string?.text == "mismatch" && document["schema"]?.string?.text == "keyreeve.docker-check/1")
    let images = document["files"]?.array?.first?["images"]?.array ?? []
    #expect(
      images.compactMap { $0["verdict"]?["reason"]?.string?.text } == [
        "accepted", "accepted", "mismatch", "unsigned", "unsigned",
      ])
  }

  @Test("A compose file: its images, what it builds, what it does not show; offline from what was kept")
  func compose() throws {
    let app = ContentDesk.name
    try desk.machine.write("/src/sub/Dockerfile", Array("ARG V\nFROM \(Self.other):$V".utf8))
    let text = "services:\n  a: {image: \"\(app):${TAG:-v1}\"}\n  b: {build: {context: sub, args: {V: v1}}}\n"
    let good = try check(text, name: "compose.yaml")
    #expect(
      good.status == 0 && good.text.contains("/sub/Dockerfile:2: built on \(Self.other):v1 for service b"),
      "\(good.text)")
    #expect(try check(text, ["--offline"], name: "compose.yaml").status == 0)
    try desk.machine.write("/src/.env", Array("TAG=v9".utf8))
    #expect(try check(text, name: "compose.yaml").status == 10)
    try desk.machine.write("/src/.env", [])
    let gap = try check(text + "  c: {build: https://x.example/y.git}\n", name: "compose.yaml")
    #expect(gap.status == 1 && gap.text.contains("not checked"), "\(gap.text)")
    let own = "services:\n  b: {build: {context: sub, args: {V: v1}}, image: \"\(app):own\"}\n"
    let pulled = try check(own, name: "compose.yaml")
    #expect(pulled.status == 10 && pulled.text.contains("pull_policy: build keeps it from that"), "\(pulled.text)")
    let built = own.replacing("image:", with: "pull_policy: build, image:")
    #expect(try check(built, name: "compose.yaml").status == 0)
    #expect(try check(text, ["--target", "x"], name: "compose.yaml").status == 2)
  }

  @Test("Several repositories are read over one connection, each once for all its tags")
  func connections() throws {
    let trace = desk.machine.located("/trace")
    func connections(_ text: String) throws -> Int {
      let outcome = try check(text, under: ["strace", "-f", "-e", "trace=connect", "-o", trace])
      #expect(outcome.status == 0, "\(outcome.errorText)")
      let lines = String(decoding: desk.machine.contents("/trace") ?? [], as: UTF8.self).split(separator: "\n")
      return lines.count { $0.contains("htons(\(desk.peer.port))") && $0.contains("SOCK") == false }
    }
    let one = "FROM \(ContentDesk.name):v1\n"
    _ = try connections(one)
    let single = try connections(one)
    #expect(single > 0)
    #expect(
      try connections(one + "COPY --from=\(ContentDesk.name):v2 / /\nCOPY --from=\(Self.other):v1 / /\n") == single)
  }
}
