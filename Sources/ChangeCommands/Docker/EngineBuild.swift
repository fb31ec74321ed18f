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
    let source = try BuildSource(invocation.line, context: operands.first ?? ".", invocation.engine.kind)
    let builder = try builder()
    try checkStages()
    var build = PinnedBuild(invocation, builder)
    do {
      let text = try build.pin(source)
      warnOfCaches()
      return try run(text, source, build)
    } catch let error as BuildFileError {
      throw CommandFailure(.malformed, "\(VisibleText(source.shown)): \(error)")
    }
  }

  private func run(_ text: [UInt8], _ source: BuildSource, _ build: PinnedBuild) throws -> Int32 {
    let folder = try WorkFolder()
    try folder.write("Dockerfile", text)
    if let ignored = try source.ignoredFiles() { try folder.write("Dockerfile.dockerignore", ignored) }
    var line = build.line
    line.remove("--file")
    line.prepend(["--file", folder.path + "/Dockerfile"] + stageOption)
    Output(invocation.options.common).progress(ShellText.line([invocation.engine.path] + line.words))
    return try invocation.engine.program(line.words).runInForeground().status
  }

  /// Docker without buildx still has the builder of old; both read the same file in different ways.
  private func builder() throws -> BuildSettings.Builder {
    guard invocation.engine.kind == .docker, invocation.line.commandWords.first != "buildx" else { return .buildKit }
    if let wish = Environment["DOCKER_BUILDKIT"], ["0", "f", "F", "false", "FALSE", "False"].contains(wish) {
      return .classic
    }
    return try invocation.images.hasBuildKit() ? .buildKit : .classic
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

  private func warnOfCaches() {
    for cache in invocation.line.values(of: "--cache-from") {
      Output.complain(
        "warning: nothing is checked of \(VisibleText(cache, limit: 200)), which results are taken from: --cache-from")
    }
  }
}
