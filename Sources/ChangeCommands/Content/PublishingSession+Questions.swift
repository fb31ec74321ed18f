internal import ContentChange
internal import ReadCommands
internal import TrustModel

extension PublishingSession {
  /// The end of a dry run, once its plan is known.
  struct DryRun: Error {}

  /// Shows a plan, and goes on only where it is agreed to.
  func agree(_ report: PublicationReport) throws {
    if publishing.dryRun { throw DryRun() }
    for line in report.planLines { Output.complain(line) }
    try agree("Publish this?")
  }

  /// The changes of the repository that wait to be published.
  var staged: StagedChanges { StagedChanges(of: repository, in: folder, user: Environment.userID) }

  /// The passphrase for a key that is made.
  ///
  /// - Throws: `CommandFailure` where nobody gives one.
  func newPassphrase(for request: KeyRequest) throws -> SecretOctets {
    guard let given = passphrases.newPassphrase(for: request), !given.isEmpty else {
      throw CommandFailure(
        .declined,
        "the new \(request.words) needs a passphrase, and nobody gave one: run it on a terminal, use --passphrase-fd, or set "
          + PassphraseVariables.names(for: request.role)[0])
    }
    return given
  }

  /// Asks a question whose answer `--yes` gives beforehand.
  ///
  /// - Parameter outcome: what is said where the answer is no.
  /// - Throws: `CommandFailure` `declined` for anything but yes, and where there is nobody to ask.
  func agree(_ question: String, otherwise outcome: String = "nothing was published") throws {
    guard !publishing.yes else { return }
    guard Environment.canAsk else {
      throw CommandFailure(.declined, "there is nobody to ask: to do what the plan says without a question, add --yes")
    }
    guard (try? Dialog().agrees(question)) == true else {
      throw CommandFailure(.declined, outcome)
    }
  }
}
