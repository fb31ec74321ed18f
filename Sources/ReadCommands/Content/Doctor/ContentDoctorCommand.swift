public import ArgumentParser
public import ContentTrust
internal import SignedMetadata
public import Stores
internal import StrictJSON
public import TrustModel
internal import TrustVerify

/// `keyreeve content doctor`: what is wrong with repositories and their keys, and what mends it.
public struct ContentDoctorCommand: ParsableCommand, SuggestingCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract:
      "Find what is wrong with a repository, or about to expire, and what mends it; exit status 4 where there is anything.",
    discussion: """
      Its server is asked, and what has expired is looked at all the same; nothing is written, and no passphrase asked for. \
      Whose keys are here is told by the names of their files.
      """)

  @OptionGroup var options: CommonOptions

  @Argument(
    help: ArgumentHelp("The repository, as docker writes it.", valueName: "gun"), transform: Repository.argument)
  var repository: Repository?

  @Flag(help: "Every repository that docker or notary keeps something of here.")
  var all = false

  @OptionGroup var place: MetadataPlaceOptions

  @Option(help: DiagnosisSpan.help, transform: DiagnosisSpan.init(argument:))
  var within = DiagnosisSpan.usual

  @Option(
    name: .customLong("fail-on"),
    help: ArgumentHelp("End with status 4 for findings of this weight: note, warning or error.", valueName: "severity"))
  var failOn: Finding.Severity = .warning

  /// A command, filled in by the parser.
  public init() {}

  var server: String? { place.server }
  var folder: String? { place.folder }
  var allowsFirstUse: Bool { place.allowsFirstUse }

  /// What a suggested command needs as well.
  public var given: GivenOptions { GivenOptions(options, place) }

  /// One repository, or all.
  public func validate() throws {
    guard (repository != nil) != all else { throw ValidationError("name one repository, or say --all") }
  }

  /// Looks.
  public func run() throws { try run { _, _ in [] } }

  /// Looks, with what somebody else finds in the folder that a repository is kept in.
  public func run(adding others: (Repository, TrustFolder) -> [ContentFinding]) throws {
    let run = try DoctorRun(self, adding: others)
    try Output(options).result(run.document) { style in
      DoctorText(run: run, style: style, isVerbose: options.verbose).lines
    }
    if run.findings.contains(where: { $0.severity >= failOn }) { throw CommandEnd(.findings) }
  }
}
