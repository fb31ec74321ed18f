internal import TrustModel

/// What an audit of the machine has found.
struct AuditListing: Sendable {
  /// Which look at the machine it was made of.
  let number: Int
  /// The findings, worst first.
  let findings: [Finding]
  /// What of log, images or decisions could not be read.
  let problems: [String]

  /// How many findings somebody should look at, no notes and none that are ignored: counted once, shown at every paint.
  let alarming: Int

  init(number: Int, findings: [Finding], problems: [String]) {
    (self.number, self.findings, self.problems) = (number, findings, problems)
    alarming = findings.count { $0.ignored == nil && $0.severity > .note }
  }
}

/// A decision about a finding that a person has taken.
enum AuditOrder: Sendable {
  /// Lives with it, for a reason.
  case ignore(Finding, reason: String)
  /// Heeds it again.
  case heed(Finding)
}
