public import ArgumentParser

/// `keyreeve keys`: every trusted-key file of both layers.
public struct KeysCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = KeysArguments.configuration

  @OptionGroup var arguments: KeysArguments

  /// A command, filled in by the parser.
  public init() {}

  /// Reads, judges and lists.
  public func run() throws {
    _ = try arguments.list()
  }
}
