internal import ArgumentParser
internal import ContentChange
internal import ContentSigning
internal import ContentTrust
internal import ReadCommands
internal import SignedMetadata
internal import StrictJSON
internal import TrustModel

/// `keyreeve content signer remove`: takes a signer's role and keys away.
struct ContentSignerRemoveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Let a signer sign no more, and sign anew what others have signed.")

  @OptionGroup var options: CommonOptions
  @OptionGroup var publishing: PublishingOptions
  @OptionGroup var staging: StagingOptions
  @OptionGroup var standing: StandingOptions

  @Argument(help: "The name of the signer.")
  var name: String

  func validate() throws { try SignerName.check(name) }

  func run() throws {
    let session = try PublishingSession(options, publishing)
    if staging.isStaged {
      let edits: [DelegationEdit] = try withReasons {
        try self.edits(try RepositoryDraft(try session.read(), at: session.now))
      }
      return try session.stage(edits.map { StagedChange($0.role, .delegation($0)) })
    }
    try session.publish("signer remove") { change in
      for edit in try edits(change.draft) { try change.draft.edit(edit) }
      try settle(&change, session)
    } proof: { publication in
      let role = SignerName.role(name)
      guard !publication.reading.roles.contains(where: { $0.name == role }) else {
        throw CommandFailure(.failed, "\(role) is still there: somebody changes it at the same time")
      }
    }
  }

  /// The role goes, and from what all signers release its keys and paths, but for those that another signer has, too.
  private func edits(_ draft: RepositoryDraft) throws -> [DelegationEdit] {
    let role = SignerName.role(name)
    guard draft.holders(of: role) != nil else {
      throw CommandFailure(
        .notFound,
        "\(draft.repository) has no signer \(VisibleText(name)): keyreeve content inspect \(draft.repository) shows those that it has"
      )
    }
    let releases = ReleasesRole(draft)?.edit(removing: role)
    return (releases.map { [$0] } ?? []) + [DelegationEdit(role, .delete)]
  }

  private func settle(_ change: inout DraftedChange, _ session: PublishingSession) throws {
    guard let releases = change.draft.holders(of: SignerName.releases) else { return }
    guard releases.keys.isEmpty else {
      return try change.settle(SignerName.releases, standing, holding: session.keys.holds)
    }
    let tags = change.draft.roles[SignerName.releases]?.count ?? 0
    let loss =
      "\(VisibleText(name)) is the last signer: targets/releases goes as well, and \(tags) tag\(tags == 1 ? "" : "s") with it"
    guard tags == 0 || standing.mayNotCount else {
      throw CommandFailure(.declined, "warning: \(loss); nothing was changed; to go on all the same: --leave-uncounted")
    }
    change.notes.append(loss)
    change.draft.remove(SignerName.releases)
  }
}
