public import ArgumentParser
internal import TrustChange

/// `keyreeve enable`: takes the empty file of a disabled key away.
public struct EnableCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "enable", abstract: "Take the empty file of a disabled key away.")

  @OptionGroup var arguments: KeyChangeArguments

  /// A command, filled in by the parser.
  public init() {}

  /// Plans and applies.
  public func run() throws {
    try arguments.run(ChangePlanner.enable, everywhere: ChangePlanner.enableEverywhere)
  }
}
