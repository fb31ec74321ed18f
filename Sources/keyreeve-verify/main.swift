import ArgumentParser
import ReadCommands

/// The looking commands alone, for auditors, CI jobs and other programs.
///
/// Holds no code that could change anything.
struct KeyreeveVerify: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keyreeve-verify", abstract: "Say which images may run here, and who says so. Changes nothing.",
    version: "keyreeve-verify \(ReadCommandList.version)", subcommands: ReadCommandList.commands)
}

Program.run(KeyreeveVerify.self)
