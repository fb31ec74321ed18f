internal import ArgumentParser
internal import ReadCommands
internal import Registry
internal import TrustModel

/// What `keyreeve fetch` takes for `docker://` alone.
struct ContainerFetchOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "With docker://: the platform of an index, such as linux/arm64; that of this machine by default.",
      valueName: "os/arch[/variant]"), transform: ImagePlatform.argument)
  var platform: ImagePlatform?

  @Option(
    help: ArgumentHelp(
      "With docker://: the server of signed metadata; by default as configured for the registry, DOCKER_CONTENT_TRUST_SERVER, or the registry itself.",
      valueName: "url"))
  var server: String?

  @Option(
    name: .customLong("trust-dir"),
    help: ArgumentHelp("With docker://: the folder of docker or notary with what was kept.", valueName: "dir"))
  var folder: String?

  @Flag(
    name: .customLong("trust-on-first-use"),
    help: "With docker://: take the first root that the server shows, where none was kept and none is pinned.")
  var allowsFirstUse = false

  /// Whether an argument names a container image.
  static func isMeant(by text: String) -> Bool { text.hasPrefix("docker://") }

  /// The reference behind `docker://`.
  static func reference(_ text: String) throws -> DockerReference {
    do {
      return try DockerReference(ContainerStore.bare(text))
    } catch {
      throw ValidationError("\(error)")
    }
  }

  /// Refuses what is for container images alone, for any other.
  func refuse() throws {
    guard platform == nil, server == nil, folder == nil, !allowsFirstUse else {
      throw ValidationError("--platform, --server, --trust-dir and --trust-on-first-use are for docker:// alone")
    }
  }

  func run(_ text: String, _ options: CommonOptions, skipsVerification: Bool) throws {
    var lookup = SignedTagLookup(options, keeping: KeepingContentCommand.keeper(options))
    (lookup.server, lookup.folder, lookup.allowsFirstUse) = (server, folder, allowsFirstUse)
    try ContainerFetchRun(
      options: options, reference: Self.reference(text), platform: platform, skipsVerification: skipsVerification,
      lookup: lookup
    ).run()
  }
}

extension ImagePlatform {
  /// Reads a platform.
  @Sendable static func argument(_ text: String) throws -> ImagePlatform {
    do {
      return try ImagePlatform(text)
    } catch {
      throw ValidationError("\(error)")
    }
  }
}
