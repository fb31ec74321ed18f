public import ArgumentParser
internal import TrustModel
internal import TrustVerify

/// `keyreeve verify`: the verdict for a local image file.
public struct VerifyCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Say whether an image file may run here, under which name, and who says so.")

  @OptionGroup var options: CommonOptions

  @Argument(help: "The image file.")
  var image: String

  @Option(name: .long, help: ArgumentHelp("The detached signature; IMAGE.asc by default.", valueName: "file"))
  var signature: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The name and labels that the image must have; by default its own name decides.",
      valueName: "name[:version][,label=value…]"),
    transform: ImageReference.argument)
  var name: ImageReference?

  @Flag(name: .customLong("second-opinion"), help: "Let GnuPG read the data as well; both must agree.")
  var secondOpinion = false

  /// A command, filled in by the parser.
  public init() {}

  /// Verifies.
  public func run() throws {
    let output = Output(options)
    let request = ImageVerifier.Request(
      image: image, signature: signature, reference: name, wantsSecondOpinion: secondOpinion)
    let verdict = ImageVerifier(layers: options.layers).verdict(on: request, at: SystemClock.now)
    try output.conclude(verdict, isVerbose: options.verbose)
  }
}
