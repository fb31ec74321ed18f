internal import ReadCommands

/// A command on signing keys: what it suggests is about the same folder.
protocol SigningKeyCommand: SuggestingCommand {
  var options: CommonOptions { get }
  var keys: SigningKeyOptions { get }
}

extension SigningKeyCommand {
  var given: GivenOptions { GivenOptions(options, folder: keys.folder) }
}

extension ContentKeyExportCommand: SigningKeyCommand {}
extension ContentKeyGenerateCommand: SigningKeyCommand {}
extension ContentKeyImportCommand: SigningKeyCommand {}
extension ContentKeyPasswdCommand: SigningKeyCommand {}
extension ContentKeyRemoveCommand: SigningKeyCommand {}
