public import ArgumentParser

/// `keyreeve-verify backup --check`: the looking half of `keyreeve backup`.
public struct BackupCheckCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "backup", abstract: "Prove a backup restorable, and say how this machine differs from it.")

  @OptionGroup var options: CommonOptions

  @Flag(name: .long, help: "Check the backup in the file; this program makes none.")
  var check = false

  @Argument(help: "The backup.")
  var file: String

  /// A command, filled in by the parser.
  public init() {}

  /// Refuses what this program cannot do.
  public func validate() throws {
    guard check else {
      throw ValidationError("this program makes no backups; to check one: keyreeve-verify backup --check FILE")
    }
  }

  /// Checks.
  public func run() throws {
    try BackupCheck(file, options).run()
  }
}
