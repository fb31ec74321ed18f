public import ArgumentParser
internal import ReadCommands

/// `keyreeve image` for the program that may write.
public struct ImageChangesCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "image", abstract: "Show, verify, export and remove the images that were fetched.",
    subcommands: ImageCommand.lookingCommands + [
      ImageExportCommand.self, ImageRemoveCommand.self, ImageCleanCommand.self,
    ])

  /// A command, filled in by the parser.
  public init() {}
}
