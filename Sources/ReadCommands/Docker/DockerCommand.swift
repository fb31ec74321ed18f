public import ArgumentParser

/// `keyreeve docker`: images of docker, looked at.
public struct DockerCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "docker", abstract: "Images of docker: check which ones of a Dockerfile or compose file are signed.",
    subcommands: [DockerCheckCommand.self])

  /// A command, filled in by the parser.
  public init() {}
}
