internal import BuildFiles
internal import Engines
internal import ReadCommands
internal import TrustModel

/// A build in which every image is named by the digest that is signed for its tag.
struct PinnedBuild {
  private let invocation: EngineInvocation
  let builder: BuildSettings.Builder
  /// What was said of the build, for its first platform.
  private(set) var settings = BuildSettings()
  /// Whether the file names an image that is to read it.
  private(set) var namesFrontend = false
  private var digests: [DockerReference: ManifestDigest] = [:]
  private var warned: Set<DockerReference> = []
  /// The command line, with digests in its options.
  private(set) var line: EngineCommandLine

  init(_ invocation: EngineInvocation, _ builder: BuildSettings.Builder) {
    (self.invocation, self.builder, line) = (invocation, builder, invocation.line)
  }

  /// The text of the Dockerfile with digests.
  ///
  /// - Throws: `BuildFileError`, `CommandFailure`, or `CommandEnd` after a refusal was printed.
  mutating func pin(_ source: BuildSource) throws -> [UInt8] {
    let all = try BuildPlatforms(line, invocation.engine.kind).settings(builder)
    let files = try all.map { try Dockerfile(source.octets, $0) }
    settings = all.first ?? settings
    guard let first = files.first, files.allSatisfy({ $0.mentions.map(\.meaning) == first.mentions.map(\.meaning) })
    else {
      throw CommandFailure(
        .usage, "\(VisibleText(source.shown)) names other images for other platforms: build one platform at a time")
    }
    namesFrontend = first.namesFrontend
    let text = try pin(first, source)
    try rewriteOptions(first)
    return text
  }

  private mutating func pin(_ file: Dockerfile, _ source: BuildSource) throws -> [UInt8] {
    for mention in file.mentions where mention.isNeeded { try resolve(mention, source) }
    let digests = digests
    // One that is named by its digest is written out as well: no variable is left to the builder.
    return try file.pinned { digests[$0] ?? $0.digest }
  }

  private mutating func resolve(_ mention: ImageMention, _ source: BuildSource) throws {
    let place = VisibleText(source.shown).description + (mention.place.map { ":\($0.line)" } ?? "")
    switch mention.meaning {
    case .scratch, .stage, .context: return
    case .unknown(let cause):
      throw CommandFailure(
        .usage,
        "\(place): which image \(VisibleText(mention.written, limit: 200)) is cannot be told: \(cause)"
      )
    case .image(let reference):
      do {
        try digest(of: reference)
      } catch let failure as CommandFailure {
        throw CommandFailure(failure.reason, "\(place): \(failure.description)")
      } catch let end as CommandEnd {
        Output.complain("  named by   \(place)")
        throw end
      }
    }
  }

  /// The signed digest of a reference; nil for one that is named by its digest alone.
  @discardableResult
  private mutating func digest(of reference: DockerReference) throws -> ManifestDigest? {
    if let known = digests[reference] { return known }
    guard reference.tagged.tag != nil else {
      if warned.insert(reference).inserted { UncheckedImage.warn(digest: reference) }
      return nil
    }
    let digest = try invocation.signed.image(reference.tagged).digest
    digests[reference] = digest
    return digest
  }

  // MARK: Options

  /// The image that lists what is in another one: it runs in the build.
  private static let lister = ["generator"] as Set<String>

  private mutating func rewriteOptions(_ file: Dockerfile) throws {
    var build = self
    let needed = Set(file.mentions.filter { $0.isNeeded && $0.kind == .context }.map(\.written))
    try line.rewrite("--build-context") { value in
      // Podman may take a context where the file has a stage of the same name.
      guard let equals = value.firstIndex(of: "="), builder == .buildah || needed.contains(String(value[..<equals])),
        let (scheme, name) = settings.image(ofContext: String(value[value.index(after: equals)...]))
      else { return value }
      return value[...equals] + scheme + (try build.pinned(name))
    }
    try line.rewrite("--attest") {
      try FieldList(type: "sbom", keys: Self.lister).rewriting($0) { try build.pinned($0) }
    }
    try line.rewrite("--sbom") { try FieldList(type: nil, keys: Self.lister).rewriting($0) { try build.pinned($0) } }
    try line.rewrite("--sbom-scanner-image") { try build.pinned($0) }
    // What reads the file is part of the build as well.
    if builder == .buildKit {
      try line.rewrite("--build-arg") { value in
        let (name, given) = BuildPlatforms.argument(value)
        guard name == "BUILDKIT_SYNTAX", let given, !given.isEmpty else { return value }
        let words = given.split(separator: " ", maxSplits: 1).map(String.init)
        return "\(name)=" + ([try build.pinned(words[0])] + words.dropFirst()).joined(separator: " ")
      }
    }
    try line.rewrite("--from") { try build.pinned($0) }
    (digests, warned) = (build.digests, build.warned)
  }

  private mutating func pinned(_ text: String) throws -> String {
    let reference = try DockerReference(text)
    guard let digest = try digest(of: reference) else { return text }
    return reference.pinned(to: digest).description
  }
}
