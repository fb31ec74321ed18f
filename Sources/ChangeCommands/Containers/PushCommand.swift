public import ArgumentParser
internal import ContentChange
internal import ContentSigning
internal import Images
internal import ReadCommands
internal import Registry
internal import SignedMetadata
internal import StrictJSON
internal import TrustModel

/// `keyreeve push`: uploads an image without an engine, and signs its tag.
public struct PushCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "push", abstract: "Upload an image and sign its tag, without an engine.",
    discussion: """
      Uploads what the registry lacks, reads the manifest back, and signs the tag as keyreeve content sign does; the first push of a \
      repository makes its trust data as keyreeve content init does. An image that could not be signed is a failure.

      keyreeve push --from app.tar registry.example/team/app:v1
      keyreeve push --from DIR --dry-run registry.example/team/app:v1
      """)

  @OptionGroup var options: CommonOptions

  @Argument(
    help: ArgumentHelp("The repository and the tag, latest by default.", valueName: "ref"),
    transform: DockerReference.pushed)
  var reference: DockerReference

  @Option(
    help: ArgumentHelp(
      "The image: an OCI layout, or an archive of one or of docker save; by default the stored image of that reference.",
      valueName: "dir|file"))
  var from: String?

  @Option(
    name: .customLong("chunk-size"),
    help: ArgumentHelp("Upload in pieces of so many octets, from 65536; by default a blob at once.", valueName: "n"))
  var chunk: UInt64?

  @Option(
    name: .customLong("mount-from"),
    help: ArgumentHelp("Take blobs that this repository of the same registry has from there.", valueName: "gun"),
    transform: Repository.argument)
  var sources: [Repository] = []

  @OptionGroup var place: MetadataPlaceOptions

  @Option(
    name: .customLong("root-key"),
    help: ArgumentHelp("For a first push: the root key, or its first digits.", valueName: "id"))
  var rootKey: String?

  @Flag(name: .customLong("new-root-key"), help: "For a first push: make a new root key.")
  var isNewRoot = false

  @OptionGroup var passphraseOptions: PassphraseOptions

  @Flag(name: .customLong("dry-run"), help: "Show the plan, and change nothing.")
  var dryRun = false

  @Flag(name: [.long, .customShort("y")], help: "Do what the plan says without a question.")
  var yes = false

  /// A command, filled in by the parser.
  public init() {}

  /// Refuses what contradicts itself.
  public func validate() throws {
    if yes, dryRun { throw ValidationError("--yes and --dry-run exclude each other") }
    if isNewRoot, rootKey != nil { throw ValidationError("--root-key and --new-root-key exclude each other") }
    if let rootKey, rootKey.utf8.count < 7 { throw ValidationError("--root-key takes at least the first 7 digits") }
    if let chunk, chunk < 65_536 { throw ValidationError("--chunk-size is at least 65536 octets") }
    if sources.contains(where: { $0.registry != reference.repository.registry }) {
      throw ValidationError("--mount-from names a repository of \(reference.repository.registry) alone")
    }
  }

  /// Pushes.
  public func run() throws {
    try withReasons {
      let image = try image()
      try image.check()
      var upload = ImageUpload(image, to: reference, try options.registryAccess(reference.repository))
      (upload.chunk, upload.sources) = (chunk, sources)
      try ImagePush(options, reference, image, upload, try publishing(), rootKey: rootKey, isNewRoot: isNewRoot).run(
        asks: !yes, dryRun: dryRun)
    }
  }

  private func image() throws -> LocalImage {
    if let from { return try LocalImage(from, named: reference) }
    let store = options.containers
    let records = try store.find("\(reference)")
    guard let record = records.first else {
      throw CommandFailure(
        .notFound, "the store holds no \(reference): name an OCI layout or a saved archive by --from, or fetch it first"
      )
    }
    guard records.count == 1 else {
      let names = records.map(\.platform.description).joined(separator: ", ")
      throw CommandFailure(
        .usage,
        "the store holds \(reference) for several platforms (\(names)): name a layout of the one that is meant by --from"
      )
    }
    return try LocalImage(store.blobs, record.descriptor)
  }

  /// The question is asked before anything is uploaded, and not once more for the signature.
  private func publishing() throws -> PublishingOptions {
    var publishing = try PublishingOptions.parse([reference.repository.name])
    (publishing.place, publishing.passphraseOptions, publishing.yes) = (place, passphraseOptions, true)
    return publishing
  }
}

extension DockerReference {
  /// Reads what is pushed to, which a digest cannot say.
  @Sendable static func pushed(_ text: String) throws -> DockerReference {
    do {
      let reference = try DockerReference(ContainerStore.bare(text))
      guard reference.digest == nil else {
        throw ValidationError("a tag is pushed to, and never a digest: leave out what stands behind @")
      }
      return DockerReference(reference.repository, tag: reference.tag ?? .latest)
    } catch let error as NameError {
      throw ValidationError("\(error)")
    }
  }
}
