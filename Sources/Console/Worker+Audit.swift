internal import Screen
internal import Stores
internal import TrustChange
internal import TrustModel
internal import TrustVerify

extension Worker {
  /// Looks for what weakens the trust of a machine that was read and judged.
  func audit(_ machine: Machine, at now: Timestamp) {
    var problems: [String] = []
    func reading<Value>(_ consequence: String, _ body: () throws -> Value) -> Value? {
      do {
        return try body()
      } catch {
        problems.append("\(consequence): \(error)")
        return nil
      }
    }
    let images = reading("what keys have vouched for is not audited") {
      try StoredImages(ImageStore(state), verifier: ImageVerifier(layers: layers)).records().records
    }
    let decisions = reading("nothing is ignored") { try IgnoredFindings(state) } ?? IgnoredFindings()
    let auditor = Auditor(
      machine.inventory, journal: machine.journal, images: images ?? [], sysroot: layers.sysroot, at: now)
    let listing = AuditListing(
      number: machine.number, findings: decisions.applied(to: auditor.findings), problems: problems)
    mailbox.post(.audited(listing))
  }

  /// Carries a decision out; what is shown follows from a new look.
  func decide(_ order: AuditOrder, at now: Timestamp) throws {
    let file = IgnoredFindingsFile(state, author: settings.author)
    switch order {
    case .ignore(let finding, let reason):
      try file.ignore(finding, reason: reason, at: now)
      mailbox.post(
        .decided(
          "Ignored until its file changes: \(finding.id). \(settings.preferences.keys.name(.ignore)) heeds it again."))
    case .heed(let finding):
      try file.heed(finding)
      mailbox.post(.decided("Heeded again: \(finding.id)."))
    }
  }
}
