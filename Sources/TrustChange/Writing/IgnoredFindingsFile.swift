internal import DurableFiles
public import Stores
public import TrustModel
public import TrustVerify

/// Writes the decisions to ignore findings: whole or not at all, one process at a time.
public struct IgnoredFindingsFile: Sendable {
  private let state: StateDirectory
  private let author: String

  /// The file in a state directory, for decisions of an author.
  public init(_ state: StateDirectory, author: JournalEntry.Author) {
    (self.state, self.author) = (state, author.description)
  }

  /// Ignores a finding from now on, for a reason.
  ///
  /// - Throws: `ChangeError`, also for a reason that is empty or beyond the limit.
  public func ignore(_ finding: Finding, reason: String, at now: Timestamp) throws(ChangeError) {
    guard !reason.isEmpty, reason.utf8.count <= IgnoredFindings.reasonLimit else {
      throw .ambiguous("a reason of 1 to \(IgnoredFindings.reasonLimit) octets must be given")
    }
    try change { (decisions) throws(ChangeError) in
      decisions.ignore(finding, Finding.Ignored(reason: reason, by: author, when: now))
      guard decisions.entries.count <= IgnoredFindings.limit else {
        throw .ambiguous("more than \(IgnoredFindings.limit) findings are ignored: mend some")
      }
    }
  }

  /// Heeds a finding again.
  ///
  /// - Throws: `ChangeError`, also where it was not ignored.
  public func heed(_ finding: Finding) throws(ChangeError) {
    try change { (decisions) throws(ChangeError) in
      guard decisions.heed(finding) else { throw .notFound("this finding is not ignored: \(finding.id)") }
    }
  }

  private func change(_ body: (inout IgnoredFindings) throws(ChangeError) -> Void) throws(ChangeError) {
    let directory = try writing { () throws(WriteError) in
      try WritableDirectory.make(state.place, below: state.sysroot.path)
    }
    let lock = try writing { () throws(WriteError) in try directory.lock("audit-ignored.lock") }
    defer { lock.hold() }
    var decisions: IgnoredFindings
    do {
      decisions = try IgnoredFindings(state)
    } catch {
      throw .ambiguous("\(error): move it away to begin anew")
    }
    try body(&decisions)
    try writing { () throws(WriteError) in
      let made = IgnoredFindings.fileName + ".new"
      try directory.removeLeftovers(prefix: made)
      try directory.create(made, decisions.octets, mode: 0o644)
      try directory.move(made, to: directory, as: IgnoredFindings.fileName)
      try directory.sync()
    }
  }
}
