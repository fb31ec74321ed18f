public import ArgumentParser
internal import ReadCommands

/// `keyreeve docker` for the program that may write: what was learned of repositories is kept.
public struct KeepingDockerCommand: ParsableCommand {
  /// Name and help, with forms that keep in place of those that only look.
  public static var configuration: CommandConfiguration {
    var configuration = DockerCommand.configuration
    configuration.subcommands = configuration.subcommands.map { command in
      command is DockerCheckCommand.Type ? Keeping<DockerCheckCommand>.self : command
    }
    return configuration
  }

  /// A command, filled in by the parser.
  public init() {}
}
