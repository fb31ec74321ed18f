public import ArgumentParser

/// `keyreeve content key`: the private keys that sign tags.
public struct ContentKeyCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "key", abstract: "The private keys of docker and notary that sign tags: list.",
    subcommands: [ContentKeyListCommand.self])

  /// A command, filled in by the parser.
  public init() {}
}
