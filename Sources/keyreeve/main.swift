import ArgumentParser
import ChangeCommands
import ReadCommands

/// The whole program: looking, changing, and the terminal interface.
struct Keyreeve: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keyreeve",
    abstract: "Show, explain and change which keys this machine trusts, and verify what they signed.",
    version: "keyreeve \(ReadCommandList.version)",
    subcommands: [CachingKeysCommand.self]
      + ReadCommandList.commandsBesideKeys
      .filter { $0 != ConfigCommand.self && $0 != ContentCommand.self && $0 != DockerCommand.self }
      + [KeepingContentCommand.self, EngineGroupCommand.self, CheckingConfigCommand.self] + ChangeCommandList.commands
      + [ConsoleCommand.self],
    defaultSubcommand: ConsoleCommand.self)
}

Program.run(Keyreeve.self, foreign: EngineEntry.run)
