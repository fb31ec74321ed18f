import TestSupport
import Testing

/// Builds upon signed images, with the builder that docker without buildx has.
@Suite("keyreeve docker build", .serialized, SharedEngine(), .timeLimit(.minutes(10)))
final class BuildTests {
  private let desk: EngineDesk
  private let folder: TemporaryDirectory

  init() throws {
    desk = try #require(EngineDesk.shared)
    folder = try TemporaryDirectory(prefix: "kr-build")
  }

  private func write(_ lines: String..., as name: String = "Dockerfile") throws {
    _ = try folder.write(name, Array((lines.joined(separator: "\n") + "\n").utf8))
  }

  /// Every file of the context with its digest.
  private func contents() throws -> String {
    try ChildProcess.run(["sh", "-c", "find \"$0\" -type f | sort | xargs sha256sum", folder.path]).text
  }

  @Test("Stages, platforms and arguments in FROM, with which docker fails")
  func stages() throws {
    let name = try desk.push(["v1"], to: "stages")
    try write("FROM \(name):v1 AS base", "COPY Dockerfile /", "FROM base", "LABEL stage=2")
    let reader = try desk.reader()
    try reader.docker("build \(folder.path)", fails: true)
    try reader.keyreeve("build -t built:1 \(folder.path)")
    try write("FROM --platform=linux/amd64 \(name):v1")
    try reader.docker("build \(folder.path)", fails: true)
    try reader.keyreeve("build \(folder.path)")
    try write("ARG TAG=v0", "ARG NAME=\(name)", "FROM ${NAME}:${TAG}", "COPY x* Dockerfile /")
    try reader.docker("build --build-arg TAG=v1 \(folder.path)", fails: true)
    try reader.keyreeve("build --build-arg TAG=v1 \(folder.path)")
    #expect(try reader.keyreeve("build \(folder.path)", status: 10).errorText.contains("v0 of \(name)"))
    let digest = try #require(try desk.owner.signed(name)["v1"])
    #expect(
      try reader.keyreeve("build --no-cache --build-arg=TAG=v1 \(folder.path)").text.contains("\(name)@\(digest)"))
  }

  @Test("Nothing is copied from an image that nobody signs, which docker does")
  func copied() throws {
    let name = try desk.push(["v1"], to: "copied")
    try desk.engine.makeImage("\(name):v2", holding: "nobody's")
    try desk.owner.docker("push \(name):v2", trusting: false)
    try write("FROM \(name):v1", "COPY --from=\(name):v2 /words /other")
    let reader = try desk.reader()
    try reader.docker("build \(folder.path)")
    let refused = try reader.keyreeve("build \(folder.path)", status: 10)
    #expect(refused.errorText.contains("v2 of \(name)"))
    let skipped = try reader.keyreeve("build --disable-content-trust \(folder.path)")
    #expect(skipped.errorText.contains("switches verification off"))
    try desk.owner.docker("push \(name):v2")
    try reader.keyreeve("build \(folder.path)")
  }

  @Test("The file comes from elsewhere or from standard input, the context is a folder, and both stay as they are")
  func files() throws {
    let name = try desk.push(["v1"], to: "files")
    try write("FROM \(name):v1", "COPY . /", as: "other.file")
    try write("other.file", as: ".dockerignore")
    let before = try contents()
    let reader = try desk.reader()
    try reader.keyreeve("build -f \(folder.path)/other.file \(folder.path)")
    try reader.keyreeve([], ["build", "-f", "-", folder.path], input: Array("FROM \(name):v1\nCOPY . /\n".utf8))
    #expect(
      try reader.keyreeve([], ["build", "-f-", folder.path], status: 10, input: Array("FROM \(name):v9\n".utf8)).text
        .isEmpty)
    #expect(try contents() == before)
  }

  @Test(
    "A context whose file nobody sees before the engine does is refused, with the way out",
    arguments: [
      ("-", "give the Dockerfile alone by -f -"), ("https://example.com/x.git", "fetch it into a folder"),
      ("git@example.com:x", "fetch it into a folder"),
    ])
  func contexts(_ context: String, _ words: String) throws {
    let outcome = try desk.reader().keyreeve([], ["build", "-t", "x", context], status: 2)
    #expect(outcome.errorText.contains(words))
  }

  @Test("What cannot be told, and what is no Dockerfile, is refused")
  func refused() throws {
    try write("ARG NAME", "FROM ${NAME}")
    #expect(try desk.reader().keyreeve("build \(folder.path)", status: 2).errorText.contains("Dockerfile"))
    try write("RUN echo before any stage")
    #expect(try desk.reader().keyreeve("build \(folder.path)", status: 18).errorText.contains("line 1"))
    #expect(try desk.reader().keyreeve("build \(folder.path)/nowhere", status: 11).errorText.contains("is no folder"))
  }
}
