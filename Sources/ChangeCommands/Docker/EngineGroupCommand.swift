public import ArgumentParser
internal import ReadCommands

/// `keyreeve docker`: the engine's own command, only with signed tags.
///
/// Its words never come this way, except for help: see `EngineEntry`.
public struct EngineGroupCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: EngineEntry.name,
    abstract: "The container engine's own command, only with signed tags.",
    usage: "keyreeve docker [OPTION …] [ENGINE-OPTION …] COMMAND [WORD …]",
    discussion: """
      Runs docker, podman or nerdctl with the words that follow. For pull, run, create, build and service the digest that is signed \
      for a tag is looked up, and the engine is given that; push signs what was pushed. Every other command is handed on as it is, \
      so that alias docker='keyreeve docker' works.

      Options of keyreeve stand before all others; keyreeve help docker pull shows them. The engine's own help: \
      keyreeve docker COMMAND --help, and keyreeve docker help.

      keyreeve docker pull registry.example/team/app:v1
      keyreeve docker --trust-on-first-use pull registry.example/team/app:v1
      keyreeve docker --yes push registry.example/team/app:v1
      keyreeve docker check Dockerfile

      With \(EngineVerbs.trustOption) behind the command nothing is verified, and nothing signed. What is named by a digest, or \
      for run and create by an id, is taken with a warning.
      """,
    subcommands: KeepingDockerCommand.configuration.subcommands + [
      EnginePullCommand.self, EnginePushCommand.self, EngineRunCommand.self, EngineCreateCommand.self,
      EngineBuildCommand.self, EngineServiceCommand.self,
    ])

  /// A command, filled in by the parser.
  public init() {}
}
