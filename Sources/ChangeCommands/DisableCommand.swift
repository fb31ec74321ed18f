public import ArgumentParser
internal import TrustChange

/// `keyreeve disable`: switches a key of the distribution off.
public struct DisableCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "disable", abstract: "Switch a key of the distribution off by an empty administrator file.")

  @OptionGroup var arguments: KeyChangeArguments

  /// A command, filled in by the parser.
  public init() {}

  /// Plans and applies.
  public func run() throws {
    try arguments.run(ChangePlanner.disable, everywhere: ChangePlanner.disableEverywhere)
  }
}
