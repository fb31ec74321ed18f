internal import ArgumentParser
internal import ReadCommands

/// `keyreeve content key` for the program that may write.
struct ContentKeyChangesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "key",
    abstract:
      "The private keys of docker and notary that sign tags: list, generate, import, export, passwd, remove, rotate.",
    subcommands: [
      ContentKeyListCommand.self, ContentKeyGenerateCommand.self, ContentKeyImportCommand.self,
      ContentKeyExportCommand.self, ContentKeyPasswdCommand.self, ContentKeyRemoveCommand.self,
      ContentKeyRotateCommand.self,
    ])
}
