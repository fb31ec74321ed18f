internal import BuildFiles
internal import Engines
internal import ReadCommands
internal import TrustModel

/// A build in which every image is named by the digest that is signed for its tag.
struct PinnedBuild {
  private let invocation: EngineInvocation
  private let builder: BuildSettings.Builder
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
    let settings = try settings()
    let files = try settings.map { try Dockerfile(source.octets, $0) }
    guard let first = files.first, files.allSatisfy({ $0.mentions.map(\.meaning) == first.mentions.map(\.meaning) })
    else {
      throw CommandFailure(
        .usage, "\(VisibleText(source.shown)) names other images for other platforms: build one platform at a time")
    }
    let text = try pin(first, source)
    try rewriteOptions(first)
    return text
  }

  private mutating func pin(_ file: Dockerfile, _ source: BuildSource) throws -> [UInt8] {
    for mention in file.mentions where mention.isNeeded && isRead(mention) { try resolve(mention, source) }
    let digests = digests
    return try file.pinned { digests[$0] }
  }

  /// Podman has no frontends: it reads every file itself.
  private func isRead(_ mention: ImageMention) -> Bool {
    mention.kind != .frontend || invocation.engine.kind != .podman
  }

  private mutating func resolve(_ mention: ImageMention, _ source: BuildSource) throws {
    switch mention.meaning {
    case .scratch, .stage, .context: return
    case .unknown(let cause):
      let place = mention.place.map { ":\($0.line)" } ?? ""
      throw CommandFailure(
        .usage,
        "\(VisibleText(source.shown))\(place): which image \(VisibleText(mention.written, limit: 200)) is cannot be told: \(cause)"
      )
    case .image(let reference): _ = try digest(of: reference)
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

  private static let scheme = "docker-image://"

  private mutating func rewriteOptions(_ file: Dockerfile) throws {
    var build = self
    let needed = Set(file.mentions.filter { $0.isNeeded && $0.kind == .context }.map(\.written))
    try line.rewrite("--build-context") { value in
      guard let equals = value.firstIndex(of: "="), needed.contains(String(value[..<equals])) else { return value }
      let named = value[value.index(after: equals)...]
      guard named.hasPrefix(Self.scheme) else { return value }
      return value[...equals] + Self.scheme + (try build.pinned(String(named.dropFirst(Self.scheme.count))))
    }
    // What reads the file is part of the build as well.
    if builder == .buildKit, invocation.engine.kind != .podman {
      try line.rewrite("--build-arg") { value in
        let (name, given) = Self.argument(value)
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

  // MARK: Settings

  /// What is said of the build on the command line: once for each platform.
  private func settings() throws -> [BuildSettings] {
    var settings = BuildSettings()
    settings.builder = builder
    for argument in line.values(of: "--build-arg") {
      let (name, value) = Self.argument(argument)
      settings.arguments[name] = value
    }
    for context in line.values(of: "--build-context") {
      guard let equals = context.firstIndex(of: "=") else { continue }
      settings.contexts[String(context[..<equals])] = String(context[context.index(after: equals)...])
    }
    settings.target = line.values(of: "--target").last
    let platforms = line.values(of: "--platform").flatMap { $0.split(separator: ",").map(String.init) }
    guard !platforms.isEmpty else { return [settings] }
    return try platforms.map { platform in
      var own = settings
      own.platform = try BuildPlatform(platform)
      return own
    }
  }

  /// A build argument; one without a value has that of the environment.
  private static func argument(_ text: String) -> (name: String, value: String?) {
    guard let equals = text.firstIndex(of: "=") else { return (text, Environment[text]) }
    return (String(text[..<equals]), String(text[text.index(after: equals)...]))
  }
}
