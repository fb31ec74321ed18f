public import ArgumentParser

/// `keyreeve content`: Docker Content Trust, looked at.
public struct ContentCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "content",
    abstract: "Signed tags of Docker Content Trust: list, look up, inspect, verify; the keys that sign.",
    subcommands: [
      ContentListCommand.self, ContentLookupCommand.self, ContentInspectCommand.self, ContentVerifyCommand.self,
      ContentKeyCommand.self, ContentInventoryCommand.self, ContentDoctorCommand.self,
    ])

  /// A command, filled in by the parser.
  public init() {}
}
