public import ArgumentParser
internal import ContentTrust
internal import Stores
internal import StrictJSON
internal import TrustModel

/// `keyreeve content key list`: every file of a private key, what it signs for, and what is wrong with it.
public struct ContentKeyListCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the private keys of docker and notary, and what each one signs for.",
    discussion: """
      No passphrase is asked for, nothing is moved or written, and no server is asked: whom a key signs for is told by \
      the metadata that docker or notary keeps beside it.
      """)

  @OptionGroup var options: CommonOptions

  @Option(
    name: .customLong("trust-dir"),
    help: ArgumentHelp(
      "The folder of docker or notary; by default docker's own, and ~/.notary where it is there.", valueName: "dir"))
  var folder: String?

  /// A command, filled in by the parser.
  public init() {}

  /// Lists.
  public func run() throws {
    let surveys = try options.surveys(of: try options.trustFolders(named: folder))
    try Output(options).result(document(surveys)) { style in
      SigningKeyText(surveys: surveys, style: style, isVerbose: options.verbose).lines
    }
  }

  private func document(_ surveys: [SigningKeySurvey]) -> JSON {
    [
      "schema": "keyreeve.content-keys/1", "folders": JSON(surveys.map(\.folder)),
      "keys": .array(surveys.flatMap { survey in survey.keys.map(\.document) }),
      "missing": .array(surveys.flatMap { survey in survey.missing.map { $0.document(survey.folder) } }),
      "findings": .array(surveys.flatMap { survey in survey.findings.map(\.document) }),
    ]
  }
}
