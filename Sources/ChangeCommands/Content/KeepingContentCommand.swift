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
    configuration.subcommands += PublishingCommandList.commands
    configuration.subcommands += [ContentRepairCommand.self, ContentFreezeCommand.self, ContentRefreshCommand.self]
    return configuration
  }

  /// A command, filled in by the parser.
  public init() {}

  private static func keeping(_ command: any ParsableCommand.Type) -> (any ParsableCommand.Type)? {
    switch command {
    case is ContentListCommand.Type: Keeping<ContentListCommand>.self
    case is ContentLookupCommand.Type: Keeping<ContentLookupCommand>.self
    case is ContentInspectCommand.Type: Keeping<ContentInspectCommand>.self
    case is ContentVerifyCommand.Type: Keeping<ContentVerifyCommand>.self
    case is ContentDoctorCommand.Type: StagedDoctorCommand.self
    case is ContentKeyCommand.Type: ContentKeyChangesCommand.self
    default: nil
    }
  }

  /// Keeps it in the folder that was read, and the versions seen in the state directory.
  public static func keeper(_ options: CommonOptions) -> ContentKeeper {
    let cache = ContentCache(options.state, user: Environment.userID)
    return { try cache.keep($0) }
  }
}

/// A command with the same words, which keeps what it has learned.
struct Keeping<Command: LearningCommand>: ParsableCommand {
  static var configuration: CommandConfiguration { Command.configuration }

  @OptionGroup var command: Command

  func run() throws { try command.run(keeping: KeepingContentCommand.keeper(command.options)) }
}

extension Keeping: SuggestingCommand {
  var given: GivenOptions { (command as? any SuggestingCommand)?.given ?? GivenOptions(command.options) }
}
