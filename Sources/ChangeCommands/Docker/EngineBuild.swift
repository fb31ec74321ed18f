internal import BuildFiles
internal import ChildPrograms
internal import Engines
internal import ReadCommands
internal import TrustModel

/// `keyreeve docker build`: the engine is given a Dockerfile with the signed digests in place of tags; the context is untouched.
struct EngineBuild {
  private let invocation: EngineInvocation

  init(_ invocation: EngineInvocation) { self.invocation = invocation }

  /// - Returns: the exit status.
  func run() throws -> Int32 {
    let operands = invocation.line.operands
    guard !operands.isEmpty || invocation.engine.kind == .podman else { return try invocation.become(invocation.line) }
    guard operands.count < 2 else { throw invocation.tooMany("folder") }
    let source = try BuildSource(invocation.line, context: operands.first ?? ".", invocation.engine.kind)
    let builder = try builder()
    try checkStages()
    var build = PinnedBuild(invocation, builder)
    do {
      let text = try build.pin(source)
      warnOfTheUnchecked(build.settings)
      return try run(text, source, build)
    } catch let error as BuildFileError {
      throw CommandFailure(.malformed, "\(VisibleText(source.shown)): \(error)")
    }
  }

  private func run(_ text: [UInt8], _ source: BuildSource, _ build: PinnedBuild) throws -> Int32 {
    let folder = try WorkFolder()
    try folder.write("Dockerfile", text)
    for list in try source.ignoredFiles() { try folder.write("Dockerfile" + list.ending, list.octets) }
    var line = build.line
    line.remove("--file")
    line.prepend(["--file", folder.path + "/Dockerfile"] + stageOption)
    var engine = invocation.engine
    if let choice = choice(build) { engine.set(BuilderChoice.variable, choice) }
    Output(invocation.options.common).progress(ShellText.line([engine.path] + line.words))
    return try engine.program(line.words).runInForeground().status
  }

  /// Docker without buildx still has the builder of old; both read the same file in different ways.
  private func builder() throws -> BuildSettings.Builder {
    guard invocation.engine.kind != .podman else { return .buildah }
    guard invocation.engine.kind == .docker, invocation.line.commandWords.first != "buildx" else { return .buildKit }
    if BuilderChoice.isClassic { return .classic }
    return try invocation.images.hasBuildKit() ? .buildKit : .classic
  }

  /// Makes docker take the builder that was reckoned with: those before 23 choose by other rules.
  ///
  /// Without need it is not told, for it says then that the classic one was wished for.
  private func choice(_ build: PinnedBuild) -> String? {
    guard invocation.engine.kind == .docker, invocation.line.commandWords.first != "buildx" else { return nil }
    switch build.builder {
    case .buildKit: return "1"
    case .classic: return build.namesFrontend ? "0" : nil
    case .buildah: return nil
    }
  }

  private static let skipping = "--skip-unused-stages"

  /// Podman builds every stage where it is told to, needed or not: only those that are needed are checked.
  private func checkStages() throws {
    guard invocation.engine.kind == .podman, !invocation.line.values(of: Self.skipping).isEmpty,
      try !invocation.line.isSet(Self.skipping)
    else { return }
    throw CommandFailure(
      .usage,
      "\(Self.skipping)=false has stages built that nothing needs, of which nothing is checked: leave it out, or name a --target"
    )
  }

  private var stageOption: [String] { invocation.engine.kind == .podman ? [Self.skipping + "=true"] : [] }

  private func warnOfTheUnchecked(_ settings: BuildSettings) {
    for (name, value) in settings.contexts.sorted(by: { $0.key < $1.key })
    where settings.image(ofContext: value) == nil && !Environment.isDirectory(value) {
      Output.complain(
        "warning: nothing is checked of build context \(VisibleText(name, limit: 200)), which is taken from \(VisibleText(value, limit: 200))"
      )
    }
    // Whatever lists what is in an image is one as well, and is run.
    let lists =
      invocation.line.values(of: "--sbom") + invocation.line.values(of: "--attest").filter { $0.contains("type=sbom") }
    for list in lists where !list.contains("generator=") && !["", "0", "false"].contains(list) {
      Output.complain("warning: nothing is checked of the image that lists what was built: --sbom")
    }
    for cache in invocation.line.values(of: "--cache-from") {
      Output.complain(
        "warning: nothing is checked of \(VisibleText(cache, limit: 200)), which results are taken from: --cache-from")
    }
  }
}
