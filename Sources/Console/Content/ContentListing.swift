internal import ContentTrust
internal import TrustModel

/// The repositories of content trust that anything is kept of, and the private keys: read beside the loop, then shown as a value.
struct ContentListing: Sendable {
  /// Which look this is: a later one has a higher number.
  let number: Int
  /// The folder of docker or notary.
  let folder: String
  /// By name.
  let rows: [ContentRow]
  /// The private keys; nil where they cannot be read.
  let keys: SigningKeySurvey?
  /// Why the folder as a whole cannot be read.
  let problem: String?
}

/// One line of the list of repositories.
struct ContentRow: Sendable {
  let repository: Repository
  /// What is kept of it; nil where that no longer counts.
  let report: Summary?
  /// Why it no longer counts.
  let problem: String?

  /// What a list shows of a report.
  struct Summary: Sendable {
    let tags: Int
    let signers: [String]
    /// Until when it counts, and the end of what is not made anew every two weeks.
    let expires: Timestamp
    let lasts: Timestamp
    let warnings: Int
  }

  init(_ repository: Repository, _ report: RepositoryReport) {
    self.repository = repository
    let signers = report.inspection.roles.filter { ($0.targets ?? 0) > 0 }.map(\.name)
    self.report = Summary(
      tags: report.tags.count { $0.counts }, signers: signers, expires: report.expires,
      lasts: report.inspection.roles.filter { $0.name != "timestamp" }.compactMap(\.expires).min() ?? report.expires,
      warnings: report.inspection.warnings.count)
    problem = nil
  }

  init(_ repository: Repository, problem: String) {
    (self.repository, report, self.problem) = (repository, nil, problem)
  }

  /// `+` counts, `!` counts and something ends soon, `-` does not count.
  var mark: String { report.map { $0.warnings == 0 ? "+" : "!" } ?? "-" }
}
