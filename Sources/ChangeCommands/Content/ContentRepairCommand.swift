internal import ArgumentParser
internal import ContentChange
internal import ContentSigning
internal import ContentTrust
internal import ReadCommands
internal import SignedMetadata
internal import Stores
internal import StrictJSON
internal import TrustModel

/// `keyreeve content repair`: mends with the keys at hand what docker and notary cannot.
struct ContentRepairCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "repair",
    abstract: "Mend a repository with the keys at hand: what has expired, what a failed rotation left.",
    discussion: """
      Rotations that were interrupted are finished or taken back first. Then what has expired, or soon will, is signed anew: \
      root, its certificate, targets, delegations, snapshot. Keys that a failed rotation has lost are replaced by the root's \
      key; with --role also others of that role that are not here: of a folder, those of snapshot and timestamp, too. Nothing is \
      signed that was not signed before.
      """)

  @OptionGroup var options: CommonOptions
  @OptionGroup var publishing: PublishingOptions
  @OptionGroup var protection: NewPassphraseOptions

  @Option(
    help: ArgumentHelp(
      "Mend this role alone, with what has expired besides; may be given more than once.", valueName: "role"))
  var role: [String] = []

  @Option(help: DiagnosisSpan.help, transform: DiagnosisSpan.init(argument:))
  var within = DiagnosisSpan.usual

  func run() throws {
    let session = try PublishingSession(options, publishing)
    let settled = try session.settleRotations()
    try withReasons {
      let reading = try session.readAged()
      let plan = RepairPlan(
        reading, try keys(session, reading), only: Set(role.map { RoleName(stringLiteral: $0) }),
        until: session.now.advanced(by: within.seconds))
      for reason in plan.beyond {
        Output.complain(
          "note: \(VisibleText("\(reason.role)")) is not mended: \(given.completing(reason.words))\(next(reason))")
      }
      for reason in plan.offers {
        Output.complain("note: a key of \(VisibleText("\(reason.role)")) is \(reason.words)\(next(reason))")
      }
      guard !plan.isEmpty else { return try end(plan, session, settled) }
      try session.checkKeys(reading, replacing: Set(plan.replacements.map(\.role)))
      let notes = settled.notes + plan.reasons.map { "\(VisibleText("\($0.role)")) is mended: \($0.words)" }
      let change = try change(plan, session)
      let isPublished = try KeyChangeRun(verb: "repair", session: session, notes: notes).run(change)
      // What counts now is read as everybody else reads it.
      if isPublished { _ = try session.read() }
    }
  }

  /// How a key is replaced that is lost.
  private func next(_ reason: RepairPlan.Reason) -> String {
    reason.next.map { "; if it is lost, a new one takes its place by: " + ShellText.line(given.completing($0)) } ?? ""
  }

  private func end(_ plan: RepairPlan, _ session: PublishingSession, _ settled: SettledRotations) throws {
    let nothing = settled.isChange ? "nothing else" : "nothing"
    guard plan.beyond.isEmpty else {
      throw CommandFailure(.notFound, "\(nothing) of \(session.repository) can be mended with the keys at hand")
    }
    try Output(options).result([
      "schema": "keyreeve.key-change/1", "verb": "repair", "repository": JSON(session.repository.name),
      "server": JSON(session.host.name), "dryRun": .bool(publishing.dryRun), "applied": .bool(settled.isChange),
      "keys": [], "roles": [], "superseded": [], "stillUsed": [], "notes": JSON(settled.notes),
    ]) { _ in settled.notes + ["\(nothing) to mend"] }
  }

  private func keys(_ session: PublishingSession, _ reading: RepositoryReading) throws -> RepairPlan.Keys {
    let record = try session.ledger.record()
    let survey = try SigningKeySurvey(session.folder)
    let stranded = StrandedKeys(survey, of: session.repository, beside: reading.trusted.root, record).ids
    let snapshot = reading.trusted.root.keys(of: .snapshot).keys
    let isHeld = snapshot.contains { session.keys.holds($0.canonicalID) }
    // A folder has no server to be asked, and would make a key.
    let isFolder = session.hostKeys != nil
    let server = isHeld || isFolder ? nil : try session.host.ownKey(of: .snapshot, isNew: false)
    return RepairPlan.Keys(
      stranded: stranded, serverSnapshot: server?.id, isFolder: isFolder, holds: session.keys.holds)
  }

  private func change(_ plan: RepairPlan, _ session: PublishingSession) throws -> KeyChange {
    let replacements = try plan.replacements.map { replacement in
      let offer = RoleKeyOffer(session: session, role: replacement.role, protection: protection)
      let new =
        switch replacement.new {
        case .certificate(let old): try offer.renewed(old)
        case .stranded(let id): try offer.here(id)
        case .made: try offer.made()
        case .server: try offer.server()
        }
      return new.replacing(replacement.old, of: replacement.role)
    }
    return KeyChange(replacements, renewing: plan.renewals)
  }
}
