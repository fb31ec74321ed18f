public import ArgumentParser

/// Where signed metadata comes from, and where it is kept: what every command takes that reads repositories of content trust.
public struct MetadataPlaceOptions: ParsableArguments {
  /// The server or folder that is asked; nil for the one that configuration says.
  @Option(
    help: ArgumentHelp(
      "The server of signed metadata, or file:///DIR for a folder; by default as configured for the registry, DOCKER_CONTENT_TRUST_SERVER, or the registry itself.",
      valueName: "url"))
  public var server: String?

  /// The folder of docker or notary; nil for the user's own.
  @Option(
    name: .customLong("trust-dir"),
    help: ArgumentHelp(
      "The folder of docker or notary; by default docker's own, and the keys of ~/.notary too.", valueName: "dir"))
  public var folder: String?

  /// Whether a first root is taken without a question.
  @Flag(
    name: .customLong("trust-on-first-use"),
    help: "Take the first root that the server shows, where none was kept and none is pinned.")
  public var allowsFirstUse = false

  /// Options, filled in by the parser.
  public init() {}
}
