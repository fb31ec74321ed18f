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

  /// With `docker://`.
  @OptionGroup var place: MetadataPlaceOptions

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
    guard platform == nil, place.server == nil, place.folder == nil, !place.allowsFirstUse else {
      throw ValidationError("--platform, --server, --trust-dir and --trust-on-first-use are for docker:// alone")
    }
  }

  func run(_ text: String, _ options: CommonOptions, skipsVerification: Bool) throws {
    try fetching(text, options, skipsVerification: skipsVerification).run()
  }

  /// The fetching of an image; `platform` counts where no option names another.
  func fetching(
    _ text: String, _ options: CommonOptions, skipsVerification: Bool, platform known: ImagePlatform? = nil
  ) throws -> ContainerFetchRun {
    var lookup = SignedTagLookup(options, keeping: KeepingContentCommand.keeper(options))
    (lookup.server, lookup.folder, lookup.allowsFirstUse) = (place.server, place.folder, place.allowsFirstUse)
    return ContainerFetchRun(
      options: options, reference: try Self.reference(text), platform: platform ?? known,
      skipsVerification: skipsVerification, lookup: lookup)
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
