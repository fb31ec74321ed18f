internal import ArgumentParser
internal import Engines
internal import ReadCommands

/// The commands of an engine that are more than handed on: for help and for completions.
enum EngineVerbs {
  static let trustOption = EngineCommandLine.trustOption

  static func configuration(_ name: String, _ abstract: String, _ discussion: String = "") -> CommandConfiguration {
    CommandConfiguration(
      commandName: name, abstract: abstract,
      usage: "keyreeve docker [OPTION …] \(name) [WORD …]",
      discussion: discussion + (discussion.isEmpty ? "" : "\n\n")
        + "The options stand before the word \(name): what follows it is the engine's.")
  }
}

/// A command of an engine.
protocol EngineVerbCommand: ParsableCommand {
  var options: EngineOptions { get }
  var words: [String] { get }
}

extension EngineVerbCommand {
  func run() throws {
    let status = try EngineInvocation(options, Self.configuration.commandName.map { [$0] + words } ?? words).run()
    if status != 0 { throw ExitCode(status) }
  }
}

/// `keyreeve docker pull`.
struct EnginePullCommand: EngineVerbCommand {
  static let configuration = EngineVerbs.configuration(
    "pull", "Pull the digest that is signed for a tag; with --all-tags every signed tag.")
  @OptionGroup var options: EngineOptions
  @Argument(parsing: .captureForPassthrough, help: "The engine's words.") var words: [String] = []
}

/// `keyreeve docker push`.
struct EnginePushCommand: EngineVerbCommand {
  static let configuration = EngineVerbs.configuration(
    "push", "Push, and sign what the registry then has.",
    "The first push of a repository makes it on the server of signed metadata, once that was agreed to.")
  @OptionGroup var options: EngineOptions
  @Argument(parsing: .captureForPassthrough, help: "The engine's words.") var words: [String] = []
}

/// `keyreeve docker run`.
struct EngineRunCommand: EngineVerbCommand {
  static let configuration = EngineVerbs.configuration(
    "run", "Run the image that is signed for a tag.",
    "The exit status is the container's, unless the image was refused.")
  @OptionGroup var options: EngineOptions
  @Argument(parsing: .captureForPassthrough, help: "The engine's words.") var words: [String] = []
}

/// `keyreeve docker create`.
struct EngineCreateCommand: EngineVerbCommand {
  static let configuration = EngineVerbs.configuration(
    "create", "Make a container of the image that is signed for a tag.")
  @OptionGroup var options: EngineOptions
  @Argument(parsing: .captureForPassthrough, help: "The engine's words.") var words: [String] = []
}

/// `keyreeve docker build`.
struct EngineBuildCommand: EngineVerbCommand {
  static let configuration = EngineVerbs.configuration(
    "build", "Build upon images that are signed, and no others.",
    "The engine is given a copy of the Dockerfile with digests in place of tags; the file itself stays as it is.")
  @OptionGroup var options: EngineOptions
  @Argument(parsing: .captureForPassthrough, help: "The engine's words.") var words: [String] = []
}

/// `keyreeve docker service`.
struct EngineServiceCommand: EngineVerbCommand {
  static let configuration = EngineVerbs.configuration(
    "service", "Make or update a service of a swarm with the digest that is signed for its tag.")
  @OptionGroup var options: EngineOptions
  @Argument(parsing: .captureForPassthrough, help: "The engine's words.") var words: [String] = []
}
