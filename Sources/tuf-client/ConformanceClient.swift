import ArgumentParser

/// The client that the conformance tests of The Update Framework run: the engine of content trust in the TUF 1.0 dialect.
///
/// Source: reference/security.md, section 1, "CLI protocol".
struct ConformanceClient: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tuf-client", abstract: "Update and download with The Update Framework 1.0.",
    subcommands: [InitCommand.self, RefreshCommand.self, DownloadCommand.self])

  @OptionGroup var options: ClientOptions
}

/// What stands before the subcommand.
struct ClientOptions: ParsableArguments {
  @Option(name: .customLong("metadata-dir"), help: "Where trusted metadata is kept.")
  var metadataDirectory: String
  @Option(name: .customLong("metadata-url"), help: "Where metadata is fetched from; ends with a slash.")
  var metadataURL: String?
  @Option(name: .customLong("target-name"), help: "A target to download.")
  var targetNames: [String] = []
  @Option(name: .customLong("target-dir"), help: "Where targets are stored.")
  var targetDirectory: String?
  @Option(name: .customLong("target-base-url"), help: "Where targets are fetched from; ends with a slash.")
  var targetBaseURL: String?
}

/// Trusts a root that came another way.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "init")

  @ParentCommand var parent: ConformanceClient
  @Argument var root: String

  func run() throws {
    try ClientRun(parent.options).begin(with: root)
  }
}

/// Brings the top-level metadata up to date.
struct RefreshCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "refresh")

  @ParentCommand var parent: ConformanceClient

  func run() throws {
    _ = try ClientRun(parent.options).refresh()
  }
}

/// Brings metadata up to date, then downloads targets.
struct DownloadCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "download")

  @ParentCommand var parent: ConformanceClient

  func run() throws {
    try ClientRun(parent.options).download()
  }
}
