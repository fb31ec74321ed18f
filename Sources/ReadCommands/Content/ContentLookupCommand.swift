public import ArgumentParser
internal import ContentTrust
internal import SignedMetadata
internal import StrictJSON
internal import TrustModel

/// `keyreeve content lookup`: what a tag is signed to be.
public struct ContentLookupCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "lookup", abstract: "Print the signed digest of a tag, by docker's own rule.",
    discussion: "targets/releases counts first, then targets; what only another role signs is refused.")

  /// The common options.
  @OptionGroup public var options: CommonOptions
  @OptionGroup var content: ContentOptions

  @Argument(help: "The tag.")
  var tag: String

  @Option(help: "Ask this role alone.")
  var role: String?

  /// A command, filled in by the parser.
  public init() {}

  /// Refuses a role that signs no targets.
  public func validate() throws { try ContentOptions.check(role: role) }

  /// Looks the tag up.
  public func run() throws { try run(keeping: nil) }

  /// The same, and has what was learned kept.
  public func run(keeping keeper: ContentKeeper?) throws {
    let question = TagQuestion(tag, role: role)
    let (reading, server) = try content.read(options, for: question, keeping: keeper)
    let verdict = question.verdict(on: reading, server: server)
    guard verdict.isAccepted, !options.json, let digest = verdict.subject.digest else {
      return try Output(options).conclude(verdict, isVerbose: options.verbose)
    }
    try Output(options).result(.null) { _ in [digest] }
    for note in verdict.notes { Output(options).message("note: \(note)") }
  }
}
