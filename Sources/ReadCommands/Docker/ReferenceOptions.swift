internal import ArgumentParser
internal import TrustModel

/// What every command takes that asks content trust about references of docker.
struct ReferenceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The server of signed metadata, or file:///DIR for a folder; by default as configured for the registry, DOCKER_CONTENT_TRUST_SERVER, or the registry itself.",
      valueName: "url"))
  var server: String?

  @Flag(help: "Ask no server: what was kept counts until it expires.")
  var offline = false

  @Option(
    name: .customLong("at"), help: ArgumentHelp("Judge as of this moment.", valueName: "time"),
    transform: Timestamp.argument)
  var moment: Timestamp?

  @Flag(
    name: .customLong("trust-on-first-use"),
    help: "Take the first root that the server shows, where none was kept and none is pinned.")
  var allowsFirstUse = false

  @Option(
    name: .customLong("trust-dir"),
    help: ArgumentHelp("The folder of docker or notary with what was kept.", valueName: "dir"))
  var folder: String?

  /// A reader by these options.
  func reader(_ common: CommonOptions, keeping keeper: ContentKeeper?) throws -> ContentReader {
    var reader = try ContentReader(common, folder: folder, keeping: keeper)
    (reader.server, reader.offline, reader.moment, reader.allowsFirstUse) = (server, offline, moment, allowsFirstUse)
    return reader
  }
}
