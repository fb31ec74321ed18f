public import ArgumentParser
internal import StrictJSON
internal import TrustModel

/// `keyreeve content lookup`: what a tag is signed to be.
public struct ContentLookupCommand: LearningCommand, SuggestingCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "lookup", abstract: "Print the signed digest of a tag, by docker's own rule.",
    discussion: "targets/releases counts first, then targets; what only another role signs is refused.")

  /// The common options.
  @OptionGroup public var options: CommonOptions
  @OptionGroup var question: TagOptions

  /// A command, filled in by the parser.
  public init() {}

  /// What a suggested command needs as well.
  public var given: GivenOptions { question.content.given(options) }

  /// Looks the tag up, and has what was learned kept.
  public func run(keeping keeper: ContentKeeper?) throws {
    let verdict = try question.ask(options, keeping: keeper).verdict
    guard verdict.isAccepted, !options.json, let digest = verdict.subject.digest else {
      return try Output(options).conclude(verdict, isVerbose: options.verbose)
    }
    try Output(options).result(.null) { _ in [digest] }
    for note in verdict.notes { Output(options).message("note: \(note)") }
  }
}
