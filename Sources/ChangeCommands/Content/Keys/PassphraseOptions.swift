internal import ArgumentParser
internal import ContentChange
internal import ReadCommands

/// Where passphrases come from beside variables, credentials and the terminal.
struct PassphraseOptions: ParsableArguments {
  @Option(
    name: .customLong("passphrase-fd"),
    help: ArgumentHelp("Read passphrases from this descriptor, one line for each that is wanted.", valueName: "n"))
  var descriptor: Int?

  func validate() throws {
    if let descriptor, PassphraseDescriptor(descriptor) == nil {
      throw ValidationError("--passphrase-fd \(descriptor) is not open for reading")
    }
  }

  /// Everybody who may know a passphrase.
  func passphrases() -> Passphrases {
    Passphrases(
      descriptor: descriptor.flatMap { PassphraseDescriptor($0) },
      credentials: Environment["CREDENTIALS_DIRECTORY"].flatMap { PassphraseCredentials($0) },
      variables: PassphraseVariables(),
      person: Environment.canAsk ? SecretTerminal().map { TerminalPassphrases($0) } : nil,
      complain: { Output.complain("warning: " + $0) })
  }
}
