internal import BuildFiles
internal import Engines
internal import ReadCommands
internal import TrustModel

/// What a command line says of a build, once for each platform.
struct BuildPlatforms {
  private let line: EngineCommandLine
  private let kind: EngineKind

  init(_ line: EngineCommandLine, _ kind: EngineKind) { (self.line, self.kind) = (line, kind) }

  /// The settings.
  ///
  /// - Throws: `CommandFailure` for what would change them unseen, or `NameError`.
  func settings(_ builder: BuildSettings.Builder) throws -> [BuildSettings] {
    try checkTheUnseen(builder)
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
    let platforms = platforms
    guard !platforms.isEmpty else { return [settings] }
    return try platforms.map { platform in
      var own = settings
      own.platform = try BuildPlatform(platform)
      return own
    }
  }

  /// A build argument; one without a value has that of the environment.
  static func argument(_ text: String) -> (name: String, value: String?) {
    guard let equals = text.firstIndex(of: "=") else { return (text, Environment[text]) }
    return (String(text[..<equals]), String(text[text.index(after: equals)...]))
  }

  /// Podman takes a platform in parts as well; docker has a variable for where none is named.
  private var platforms: [String] {
    let named = line.values(of: "--platform").flatMap { $0.split(separator: ",").map(String.init) }
    guard named.isEmpty else { return named }
    guard kind == .podman else {
      return (Environment["DOCKER_DEFAULT_PLATFORM"] ?? "").split(separator: ",").map(String.init)
    }
    let parts = ["--os", "--arch", "--variant"].map { line.values(of: $0).last }
    guard parts.contains(where: { $0 != nil }) else { return [] }
    let own = BuildPlatform.machine
    return [
      [parts[0] ?? own.system, parts[1] ?? own.architecture, parts[2]].compactMap(\.self).joined(separator: "/")
    ]
  }

  private static let policy = "EXPERIMENTAL_BUILDKIT_SOURCE_POLICY"

  private func checkTheUnseen(_ builder: BuildSettings.Builder) throws {
    for option in ["--build-arg-file", "--source-policy-file"] where !line.values(of: option).isEmpty {
      throw CommandFailure(
        .usage, "\(option) changes which images are taken, and is not read here: give what it says by --build-arg")
    }
    if builder == .buildKit, let file = Environment[Self.policy], !file.isEmpty {
      throw CommandFailure(
        .usage, "\(Self.policy) has other images taken than those that were checked: leave it out of the environment")
    }
  }
}
