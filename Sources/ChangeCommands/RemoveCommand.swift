public import ArgumentParser
internal import TrustChange

/// `keyreeve remove`: takes a key of the administrator layer away.
public struct RemoveCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Take a key of the administrator layer away.")

  @OptionGroup var arguments: KeyChangeArguments

  /// A command, filled in by the parser.
  public init() {}

  /// Plans and applies.
  public func run() throws {
    try arguments.run(ChangePlanner.remove, everywhere: ChangePlanner.removeEverywhere)
  }
}
