public import ArgumentParser

/// The looking commands, in the order of the help text.
public enum ReadCommandList {
  /// The types of the commands.
  public static var commands: [any ParsableCommand.Type] {
    [KeysCommand.self] + commandsBesideKeys + [ImageCommand.self, BackupCheckCommand.self]
  }

  /// The same without `keys`, `image` and `backup`, of which the program that may write has forms of its own.
  public static var commandsBesideKeys: [any ParsableCommand.Type] {
    [
      ShowCommand.self, ExplainCommand.self, VerifyCommand.self, AuditCommand.self, LogCommand.self,
      DiscoverCommand.self, CheckSiteCommand.self, ContentCommand.self, DockerCommand.self, ConfigCommand.self,
    ]
  }

  /// The version that `--version` prints.
  public static let version = "0.1.0"
}
