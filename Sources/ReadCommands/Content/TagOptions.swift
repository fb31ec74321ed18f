internal import ArgumentParser
internal import ContentTrust
internal import SignedMetadata
internal import TrustModel

/// What every command takes that asks about one tag or target of a repository.
struct TagOptions: ParsableArguments {
  @OptionGroup var content: ContentOptions

  @Argument(help: "The tag, or the name of a target.")
  var tag: String

  @Option(help: "Ask this role alone.")
  var role: String?

  /// Refuses a role that signs no targets.
  func validate() throws { try ContentOptions.check(role: role) }

  /// The verdict on the tag, and what is signed for it where it is accepted.
  func ask(_ common: CommonOptions, keeping keeper: ContentKeeper?) throws -> (verdict: Verdict, signed: ListedFile?) {
    let question = TagQuestion(tag, role: role)
    let (reading, server) = try content.read(common, for: question, keeping: keeper)
    var verdict = question.verdict(on: reading, server: server)
    verdict.message = content.given(common).completing(verdict.message)
    return (verdict, verdict.isAccepted ? question.target(in: reading)?.file : nil)
  }
}
