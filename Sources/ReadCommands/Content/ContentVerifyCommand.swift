public import ArgumentParser
internal import ContentTrust
internal import SignedMetadata
internal import TrustModel

/// `keyreeve content verify`: whether a file is the target that is signed.
public struct ContentVerifyCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Compare a file with the target that is signed.")

  /// The common options.
  @OptionGroup public var options: CommonOptions
  @OptionGroup var content: ContentOptions

  @Argument(help: "The name of the target.")
  var target: String

  @Argument(help: ArgumentHelp("The file; - for standard input.", valueName: "file"))
  var file: String

  @Option(help: "Ask this role alone.")
  var role: String?

  /// A command, filled in by the parser.
  public init() {}

  /// Refuses a role that signs no targets.
  public func validate() throws { try ContentOptions.check(role: role) }

  /// Verifies.
  public func run() throws { try run(keeping: nil) }

  /// The same, and has what was learned kept.
  public func run(keeping keeper: ContentKeeper?) throws {
    let question = TagQuestion(target, role: role)
    let (reading, server) = try content.read(options, for: question, keeping: keeper)
    var verdict = question.verdict(on: reading, server: server)
    if verdict.isAccepted, let signed = question.target(in: reading) {
      try compare(signed.file, &verdict)
    }
    try Output(options).conclude(verdict, isVerbose: options.verbose)
  }

  private func compare(_ signed: ListedFile, _ verdict: inout Verdict) throws {
    let measured: FileDigest
    do {
      measured = try FileDigest(of: file, limit: signed.length)
    } catch {
      throw CommandFailure(error.isAbsent ? .notFound : .failed, "\(error)")
    }
    let name = VisibleText(file)
    verdict.subject.file = file
    if measured.matches(signed) {
      verdict.message = "\(name) is \(VisibleText(target)) of \(content.repository), as it is signed"
    } else {
      verdict.outcome = .refused(.tampered)
      verdict.message = "\(name) is not what is signed as \(VisibleText(target)) of \(content.repository)"
    }
  }
}
