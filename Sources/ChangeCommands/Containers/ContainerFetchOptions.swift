internal import ArgumentParser
internal import ReadCommands
internal import Registry
internal import TrustModel

/// What `keyreeve fetch` and `keyreeve run` take for `docker://` alone.
struct ContainerFetchOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "With docker://: the platform of an index, such as linux/arm64; that of this machine by default.",
      valueName: "os/arch[/variant]"), transform: ImagePlatform.argument)
  var platform: ImagePlatform?

  /// With `docker://`.
  @OptionGroup var place: MetadataPlaceOptions

  /// Says how an image of a registry is named, where a name looks like one: discovery knows no ports.
  static func advise(on image: String, _ command: String) {
    guard !image.contains("://"), let host = image.split(separator: "/").first, host.contains(":"),
      (try? DockerReference(image)) != nil
    else { return }
    Output.complain("an image of a registry is named by docker://: keyreeve \(command) docker://\(image)")
  }

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

  /// Refuses what is for ACIs alone, where a container image is meant.
  static func refuse(signature: String?, allowsHTTP: Bool) throws {
    guard signature == nil, !allowsHTTP else {
      throw CommandFailure(
        .usage,
        "--signature and --insecure-allow-http are not for docker://: its tags are signed on a server, and plain http is "
          + "insecure-http = yes under [registry NAME] in a file /etc/keyreeve/*.conf")
    }
  }

  /// Refuses what is for container images alone, where an ACI is meant.
  func refuse() throws {
    guard platform == nil, place.server == nil, place.folder == nil, !place.allowsFirstUse else {
      throw CommandFailure(.usage, "--platform, --server, --trust-dir and --trust-on-first-use are for docker:// alone")
    }
  }

  /// The fetch of an image; `known` counts where no option names another platform.
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
