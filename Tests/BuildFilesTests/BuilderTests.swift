import BuildFiles
import TestSupport
import Testing
import TrustModel

/// The same Dockerfiles read by us and built by the real BuildKit of Debian's engine.
@Suite("Dockerfiles and the builder")
final class BuilderTests {
  private let engine: EnginePeer
  private let folder: TemporaryDirectory
  private let digest: ManifestDigest

  init() throws {
    engine = try EnginePeer()
    folder = try TemporaryDirectory()
    try folder.mkdir("context")
    _ = try folder.write("context/words", Array("words".utf8))
    let name = engine.registry + "/image"
    try engine.makeImage(name, holding: "words")
    var pushed = ""
    for image in ["a", "b", "c", "d"].flatMap({ ["\($0):1", "\($0):2"] }) {
      let whole = engine.registry + "/" + image
      let host = ["docker", "--host", engine.address]
      _ = try ChildProcess.run(host + ["tag", name, whole])
      pushed = try ChildProcess.run(host + ["push", whole]).text
    }
    let word = pushed.split(whereSeparator: \.isWhitespace).first { $0.hasPrefix("sha256:") }
    digest = try ManifestDigest(word ?? "none")
  }

  /// What became of a build, and the images that it took.
  private func build(_ text: String, _ target: String?) throws -> (status: Int32, images: Set<String>, said: String) {
    var environment = ChildProcess.cleanEnvironment
    (environment["DOCKER_BUILDKIT"], environment["DOCKER_HOST"]) = ("1", engine.address)
    (environment["HOME"], environment["DOCKER_CONFIG"]) = (folder.path, folder.path + "/none")
    // Debian's own: others need a program of their own for BuildKit.
    let words = ["/usr/bin/docker", "build", "--progress=plain", "--no-cache", "-f", "-", folder.path + "/context"]
    let outcome = try ChildProcess.run(
      words + (target.map { ["--target", $0] } ?? []), environment: environment, input: Array(text.utf8))
    var images: Set<String> = []
    for line in outcome.errorText.split(separator: "\n") where line.hasPrefix("#") {
      // `#4 [internal] load metadata for X`, `#6 FROM X@sha256:…`, `#7 [one 1/2] FROM X`
      let words = line.split(separator: " ")
      guard words.count > 2, words.dropLast().last == "FROM" || line.contains(" load metadata for ") else { continue }
      images.insert(String(words[words.count - 1]))
    }
    return (outcome.status, images, outcome.errorText)
  }

  /// Whole names without the digests that the builder puts behind tags.
  private func plain(_ images: Set<String>) -> Set<String> {
    Set(images.map { $0.contains("@") && !$0.hasSuffix("image") ? String($0.split(separator: "@")[0]) : $0 })
  }

  @Test("Of files made at random, both take the same images", .timeLimit(.minutes(5)))
  func random() throws {
    var maker = DockerfileMaker(registry: engine.registry, seed: 11)
    var built = 0
    for _ in 0..<40 {
      let (text, target) = maker.next()
      var settings = BuildSettings()
      settings.target = target
      let file = try Dockerfile(Array(text.utf8), settings)
      let ours = Set(file.mentions.filter(\.isNeeded).compactMap { $0.reference?.description })
      let (status, images, said) = try build(text, target)
      guard !said.contains("failed to create LLB definition") else { continue }
      let theirs = plain(images)
      #expect(theirs.isSubset(of: ours), "\(text)\n\(said)")
      guard status == 0 else { continue }
      built += 1
      #expect(theirs == ours, "\(text)\n\(said)")
    }
    #expect(built >= 10)
  }

  @Test("A file with digests in it is built from these, and from nothing else")
  func pinned() throws {
    let name = engine.registry
    let text =
      "ARG V=1\r\nFROM --platform=linux/amd64 \\\n # c\n \(name)/a:$V AS one\nFROM \"\(name)/b:2\"\nCOPY --from=ONE words /x\n"
      + "COPY --from=\(name)/c:1 words /y\nCOPY --from=0 words /z"
    let pinned = try Dockerfile(Array(text.utf8)).pinned { _ in digest }
    let (status, images, said) = try build(String(decoding: pinned, as: UTF8.self), nil)
    #expect(status == 0, "\(said)")
    #expect(images == Set(["a", "b", "c"].map { "\(name)/\($0)@\(digest)" }), "\(said)")
  }
}

/// Makes Dockerfiles of pieces that readers could take in different ways, the same in every run.
private struct DockerfileMaker {
  let registry: String
  private var random: SeededRandom

  init(registry: String, seed: UInt64) { (self.registry, random) = (registry, SeededRandom(seed)) }

  private mutating func any(_ words: [String]) -> String { words.randomElement(using: &random) ?? "" }

  private mutating func image() -> String { registry + "/" + any(["a", "b", "c", "d"]) + ":" + any(["1", "2"]) }

  private mutating func space() -> String {
    any([" ", " ", "  ", "\t", " \\\n", " \\\n  ", " \\ \n# c\n ", " \\\n\n  "])
  }

  private mutating func lineEnd() -> String { any(["\n", "\n", "\n\n", "\n# FROM x\n", "\r\n", "\n   # y \\\n"]) }

  private mutating func base(_ names: [String]) -> String {
    let variable = any(["$V", "${V}", "${V:-2}", "${U:-1}", "\"$V\"", "${U:+x}1"])
    let image = image()
    return any(
      [image, "\"\(image)\"", "'\(image)'", "scratch", registry + "/a:" + variable, registry + "/b:" + variable] + names
    )
  }

  /// A file, and the stage to build.
  mutating func next() -> (text: String, target: String?) {
    var text =
      any(["", "", "\u{feff}", "# c\n", "# escape=\\\n", "\n", "# other=1\n"])
      + any(["ARG V=1\n", "arg V='2' W=\"x\"\n"])
    var names: [String] = []
    for number in 0..<Int.random(in: 1...4, using: &random) {
      text +=
        any(["FROM", "from"]) + space() + any(["", "--platform=linux/amd64 ", "--platform=$BUILDPLATFORM "])
        + base(names)
      let name = any(["one", "two", "x-y", "z_1", "a.b"])
      if Bool.random(using: &random), !names.contains(name) {
        text += space() + any(["AS", "as"]) + " " + any([name, name.uppercased()])
        names.append(name)
      }
      text += lineEnd()
      for line in 0..<Int.random(in: 0...2, using: &random) {
        let source = any([
          image(), "\"\(image())\"", names.dropLast().last ?? image(), number > 0 ? "\(number - 1)" : image(),
        ])
        let copy = any(["COPY", "copy"]) + space() + any(["", "--chown=1:1 "]) + "--from=" + source
        text += any([
          copy + space() + "words" + space() + "/\(line)", copy + " words /w", "LABEL x=\"FROM \(image())\"", "ENV a=b",
        ])
        text += lineEnd()
      }
    }
    return (text, Bool.random(using: &random) ? names.last : nil)
  }
}
