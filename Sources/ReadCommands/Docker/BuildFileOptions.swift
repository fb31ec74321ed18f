internal import ArgumentParser
internal import BuildFiles
internal import TrustModel

/// What every command takes that reads a Dockerfile or compose file.
struct BuildFileOptions: ParsableArguments {
  /// Which of the two a file is.
  enum FileType: String, CaseIterable, ExpressibleByArgument {
    case dockerfile
    case compose
  }

  @Option(
    name: .customLong("build-arg"),
    help: ArgumentHelp("A value for an ARG; without a value, that of the environment.", valueName: "name[=value]"))
  var arguments: [String] = []

  @Option(
    name: .customLong("build-context"),
    help: ArgumentHelp("A build context by a name, such as docker-image://REF.", valueName: "name=value"))
  var contexts: [String] = []

  @Option(help: ArgumentHelp("The stage to build, for Dockerfiles; the last one by default.", valueName: "stage"))
  var target: String?

  @Option(
    help: ArgumentHelp("The platform to build for; this machine's by default.", valueName: "os/arch[/variant]"),
    transform: BuildPlatform.argument)
  var platform: BuildPlatform?

  @Option(
    name: .customLong("file-type"),
    help: ArgumentHelp(
      "What the files are: dockerfile or compose; told by name and content otherwise.", valueName: "type"))
  var type: FileType?

  /// Refuses what has no name or no value.
  func validate() throws {
    for argument in arguments where argument.hasPrefix("=") || argument.isEmpty {
      throw ValidationError("--build-arg takes NAME=VALUE, or NAME for the value of the environment")
    }
    for context in contexts where context.hasPrefix("=") || !context.contains("=") {
      throw ValidationError("--build-context takes NAME=VALUE")
    }
  }

  /// The settings of the build.
  func settings() throws -> BuildSettings {
    var settings = BuildSettings()
    for argument in arguments {
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      settings.arguments[parts[0]] = parts.count > 1 ? parts[1] : Environment[parts[0]]
    }
    for context in contexts {
      let parts = context.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      settings.contexts[parts[0]] = parts[1]
    }
    settings.target = target
    settings.platform =
      try platform ?? Environment["DOCKER_DEFAULT_PLATFORM"].flatMap { $0.isEmpty ? nil : try BuildPlatform($0) }
    if BuilderChoice.isClassic { settings.builder = .classic }
    return settings
  }
}

extension BuildPlatform {
  /// Reads a platform.
  @Sendable static func argument(_ text: String) throws -> BuildPlatform {
    do {
      return try BuildPlatform(text)
    } catch {
      throw ValidationError("\(error)")
    }
  }
}
