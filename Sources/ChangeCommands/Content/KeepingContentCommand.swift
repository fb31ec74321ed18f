public import ArgumentParser
internal import ContentTrust
public import ReadCommands
internal import TrustChange

/// `keyreeve content` for the program that may write: the same answers, and what was learned is kept for the next ones.
public struct KeepingContentCommand: ParsableCommand {
  /// Name and help, with forms that keep in place of those that only look.
  public static var configuration: CommandConfiguration {
    var configuration = ContentCommand.configuration
    configuration.subcommands = configuration.subcommands.map { keeping($0) ?? $0 }
    return configuration
  }

  /// A command, filled in by the parser.
  public init() {}

  private static func keeping(_ command: any ParsableCommand.Type) -> (any ParsableCommand.Type)? {
    switch command {
    case is ContentListCommand.Type: KeepingListCommand.self
    case is ContentLookupCommand.Type: KeepingLookupCommand.self
    case is ContentInspectCommand.Type: KeepingInspectCommand.self
    case is ContentVerifyCommand.Type: KeepingVerifyCommand.self
    default: nil
    }
  }

  /// Keeps it in the folder that was read, and the versions seen in the state directory.
  public static func keeper(_ options: CommonOptions) -> ContentKeeper {
    let cache = ContentCache(options.state, user: Environment.userID)
    return { try cache.keep($0) }
  }
}

private struct KeepingListCommand: ParsableCommand {
  static let configuration = ContentListCommand.configuration

  @OptionGroup var command: ContentListCommand

  func run() throws { try command.run(keeping: KeepingContentCommand.keeper(command.options)) }
}

private struct KeepingLookupCommand: ParsableCommand {
  static let configuration = ContentLookupCommand.configuration

  @OptionGroup var command: ContentLookupCommand

  func run() throws { try command.run(keeping: KeepingContentCommand.keeper(command.options)) }
}

private struct KeepingInspectCommand: ParsableCommand {
  static let configuration = ContentInspectCommand.configuration

  @OptionGroup var command: ContentInspectCommand

  func run() throws { try command.run(keeping: KeepingContentCommand.keeper(command.options)) }
}

private struct KeepingVerifyCommand: ParsableCommand {
  static let configuration = ContentVerifyCommand.configuration

  @OptionGroup var command: ContentVerifyCommand

  func run() throws { try command.run(keeping: KeepingContentCommand.keeper(command.options)) }
}
