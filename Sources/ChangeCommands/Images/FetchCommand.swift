public import ArgumentParser
internal import Discovery
internal import Fetch
internal import Images
internal import ReadCommands
internal import StrictJSON
internal import TrustModel
internal import TrustVerify

/// `keyreeve fetch`: finds, downloads, verifies and stores an image; prints its id.
public struct FetchCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "fetch", abstract: "Find, download, verify and store an image, and print its id.",
    discussion: """
      The signature comes first: the image is only downloaded if a key that is trusted for its name is said to have \
      signed it. An interrupted download goes on where it ended. An image that the store holds already is judged by \
      today's keys and not downloaded again.
      """)

  @OptionGroup var options: CommonOptions

  @Argument(
    help: ArgumentHelp(
      "A name, an https address, a file (a path that begins with / or ., or ends in .aci), or docker:// and a reference of docker's.",
      valueName: "name[:version][,label=value…]|url|file|docker://ref"))
  var image: String

  @Option(
    name: .long,
    help: ArgumentHelp("The detached signature; the image's own with .asc by default.", valueName: "file|url"))
  var signature: String?

  @OptionGroup var insecure: InsecureImageOptions

  @Flag(name: .customLong("insecure-allow-http"), help: "Speak plain http where the address or discovery asks for it.")
  var allowHTTP = false

  @OptionGroup var container: ContainerFetchOptions

  /// A command, filled in by the parser.
  public init() {}

  /// Refuses what names no image.
  public func validate() throws {
    guard !ContainerFetchOptions.isMeant(by: image) else {
      _ = try ContainerFetchOptions.reference(image)
      return
    }
    do {
      switch try ImageSource(image) {
      case .name where signature != nil:
        throw ValidationError("--signature is for addresses and files: a name's signature is found by discovery")
      case .address(let address) where address.scheme == .http && !allowHTTP:
        throw ValidationError("\(address) is plain http: use https, or allow it with --insecure-allow-http")
      default: break
      }
    } catch let failure as ImageSource.Failure {
      throw ValidationError(failure.description)
    }
  }

  /// Fetches.
  public func run() throws {
    if ContainerFetchOptions.isMeant(by: image) {
      try ContainerFetchOptions.refuse(signature: signature, allowsHTTP: allowHTTP)
      insecure.warn(Output(options))
      return try container.fetching(image, options, skipsVerification: insecure.skipsVerification).run()
    }
    try container.refuse()
    let source = try ImageSource(image)
    let output = Output(options)
    insecure.warn(output)
    let line = ProgressLine(isVerbose: options.verbose)
    var wishes = ImageFetcher.Options()
    wishes.allowsHTTP = allowHTTP
    wishes.skipsVerification = insecure.skipsVerification
    wishes.signature = signature
    wishes.machineLabels = MachineLabels.current
    let fetcher = ImageFetcher(
      into: ImageStoreWriter(options.images), with: Fetcher(try options.fetchSettings()), wishes, at: SystemClock.now
    ) { line.show($0) }
    let fetched = fetcher.fetch(source)
    line.clear()
    try report(fetched, output)
  }

  private func report(_ fetched: FetchedImage, _ output: Output) throws {
    // The id alone goes to standard output, for scripts; what it rests on is for the person.
    if fetched.isStored, !fetched.verdict.isAccepted {
      output.message("unverified: \(fetched.verdict.message)")
    } else {
      for line in output.text(of: fetched.verdict, isVerbose: options.verbose) { output.message(line) }
      if !fetched.isStored { ContainerFetchOptions.advise(on: image, "fetch") }
    }
    if fetched.wasStored { output.message("the store holds it already: nothing was downloaded") }
    try output.result(document(fetched)) { _ in fetched.record.map { [$0.id.description] } ?? [] }
    guard fetched.isStored else { throw CommandEnd(fetched.verdict.reason) }
  }

  /// The verdict with what became of the image; the reason is that of the command, whose wish was met where the image is
  /// stored without verification.
  private func document(_ fetched: FetchedImage) -> JSON {
    let isUnverified = fetched.record?.isUnverified ?? false
    let members = (fetched.verdict.document.members ?? []).map { member in
      member.name == "reason" && isUnverified ? .init("reason", JSON(Reason.accepted.rawValue)) : member
    }
    return .object(
      members + [
        .init("id", JSON(fetched.record?.id.description)), .init("stored", .bool(fetched.isStored)),
        .init("downloaded", .bool(fetched.isStored && !fetched.wasStored)), .init("unverified", .bool(isUnverified)),
        .init("image", fetched.record?.document ?? .null),
      ])
  }
}
