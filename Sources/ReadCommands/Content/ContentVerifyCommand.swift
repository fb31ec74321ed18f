public import ArgumentParser
internal import ContentTrust
internal import SignedMetadata
internal import TrustModel

/// `keyreeve content verify`: whether a file is the target that is signed.
public struct ContentVerifyCommand: LearningCommand, SuggestingCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Compare a file with the target that is signed.")

  /// The common options.
  @OptionGroup public var options: CommonOptions
  @OptionGroup var question: TagOptions

  @Argument(help: ArgumentHelp("The file; - for standard input.", valueName: "file"))
  var file: String

  /// A command, filled in by the parser.
  public init() {}

  /// What a suggested command needs as well.
  public var given: GivenOptions { question.content.given(options) }

  /// Verifies, and has what was learned kept.
  public func run(keeping keeper: ContentKeeper?) throws {
    do {
      // First of all: what cannot be compared needs no server.
      let compared = try ComparedFile(file)
      let answer = try question.ask(options, keeping: keeper)
      var verdict = answer.verdict
      if let signed = answer.signed { compare(try compared.digest(limit: signed.length), with: signed, &verdict) }
      try Output(options).conclude(verdict, isVerbose: options.verbose)
    } catch let failure as FileDigest.Failure {
      throw CommandFailure(failure.isAbsent ? .notFound : .failed, "\(failure)")
    }
  }

  private func compare(_ measured: FileDigest, with signed: ListedFile, _ verdict: inout Verdict) {
    let (name, target) = (VisibleText(file), "\(VisibleText(question.tag)) of \(question.content.repository)")
    verdict.subject.file = file
    if measured.matches(signed) {
      verdict.message = "\(name) is \(target), as it is signed"
    } else {
      verdict.outcome = .refused(.tampered)
      verdict.message =
        "\(name) is not what is signed as \(target): get it again from its owner, or ask whether a newer one was signed"
    }
  }
}
