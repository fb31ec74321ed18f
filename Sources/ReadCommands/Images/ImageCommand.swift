public import ArgumentParser

/// `keyreeve image` for the program that may only look.
public struct ImageCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "image", abstract: abstract,
    subcommands: lookingCommands + [ImagePrintCommand.self])

  /// One line of help.
  public static let abstract = "Show, verify and export the images that were fetched."

  /// The subcommands that look and do the same in every program.
  public static var lookingCommands: [any ParsableCommand.Type] {
    [ImageListCommand.self, ImageShowCommand.self, ImageVerifyCommand.self]
  }

  /// A command, filled in by the parser.
  public init() {}
}
