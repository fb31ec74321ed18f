internal import DurableFiles
internal import Glibc
public import Stores
internal import StrictJSON
public import TrustModel
public import TrustVerify

/// Applies changes and keeps the log: what is in the log is there before it is on disk.
///
/// One process at a time, by a lock that ends with the process. A change whose end is missing is finished or taken
/// back before the next one begins. Source: DESIGN, "What must always hold", rule 2.
public struct ChangeLog: Sendable {
  private let sysroot: Sysroot
  private let state: StateDirectory
  private let author: JournalEntry.Author

  /// The log of the changes that `author` makes to the machine under `sysroot`.
  public init(sysroot: Sysroot, state: StateDirectory, author: JournalEntry.Author) {
    (self.sysroot, self.state, self.author) = (sysroot, state, author)
  }

  /// Applies `change` and returns its number.
  ///
  /// - Throws: `ChangeError`; what had been written by then has been taken back.
  public func apply(_ change: Change, reason: String? = nil, at now: Timestamp) throws(ChangeError) -> Int {
    let directory = try journalDirectory()
    let lock = try writing { () throws(WriteError) in try directory.lock("lock") }
    defer { lock.hold() }
    var writer = try JournalWriter(directory: directory, state: state)
    try recover(&writer, at: now)
    let files = TrustWriter(sysroot: sysroot)
    for edit in change.edits {
      guard try files.state(of: edit.place) == edit.before else { throw .changedSincePlan(file: edit.file) }
    }
    let id = writer.nextID
    try writer.keep(change.edits)
    try writer.begin(
      JournalEntry(
        id: id, verb: change.verb.rawValue, summary: change.summary, when: now, author: author, reason: reason,
        undoes: change.undoes, retirement: change.retirement, edits: change.edits.map(\.logged)))
    try write(change.edits, id: id, with: files, &writer, at: now)
    return id
  }

  /// Finishes or takes back what an earlier process has left half done; says what was done, one line each.
  @discardableResult
  public func recover(at now: Timestamp) throws(ChangeError) -> [String] {
    guard let journal = try? Journal(state), journal.entries.contains(where: { $0.outcome == .begun }) else {
      return []
    }
    let directory = try journalDirectory()
    let lock = try writing { () throws(WriteError) in try directory.lock("lock") }
    defer { lock.hold() }
    var writer = try JournalWriter(directory: directory, state: state)
    return try recover(&writer, at: now)
  }

  /// The octets that a change of the log named by this digest, or nil where they are not kept.
  public func kept(_ digest: String) -> [UInt8]? {
    JournalWriter.kept(digest, in: state)
  }

  /// Writes down a change that is made elsewhere and that no undo takes back: that it begins, and how it ended.
  ///
  /// No other change is made meanwhile: `body` asks nobody anything.
  ///
  /// - Throws: `ChangeError` where it cannot be written down, and nothing is done then; what `body` throws.
  public func record<Value>(
    _ change: JournalEntry.Lasting, verb: String, summary: String, at now: Timestamp, _ body: () throws -> Value
  ) throws -> Value {
    let directory = try journalDirectory()
    let lock = try writing { () throws(WriteError) in try directory.lock("lock") }
    defer { lock.hold() }
    var writer = try JournalWriter(directory: directory, state: state)
    try recover(&writer, at: now)
    let id = writer.nextID
    try writer.begin(
      JournalEntry(
        id: id, verb: verb, summary: summary, when: now, author: author, reason: nil, undoes: nil, edits: [],
        lasting: change))
    do {
      let value = try body()
      // It is done whatever the log takes: without this line the log says that it has to be looked at.
      try? writer.end(id, .done, at: now)
      return value
    } catch {
      try? writer.end(id, .rolledBack, at: now)
      throw error
    }
  }

  private func write(
    _ edits: [FileEdit], id: Int, with files: TrustWriter, _ writer: inout JournalWriter, at now: Timestamp
  ) throws(ChangeError) {
    var done: [FileEdit] = []
    do {
      for edit in edits {
        try files.apply(edit, id: id)
        done.append(edit)
      }
      try writer.end(id, .done, at: now)
    } catch {
      // Where even this fails, the change stays open in the log, and the next start tries again.
      let isStuck = done.reversed().map { (try? files.apply($0.inverse, id: id)) == nil }
      if !isStuck.contains(true) { try? writer.end(id, .rolledBack, at: now) }
      throw error
    }
  }

  @discardableResult
  private func recover(_ writer: inout JournalWriter, at now: Timestamp) throws(ChangeError) -> [String] {
    let files = TrustWriter(sysroot: sysroot)
    // Whoever altered the log could have this write what he likes.
    guard !writer.journal.isAltered else { return [] }
    let open = writer.journal.entries.filter { $0.outcome == .begun }
    if !open.isEmpty { try files.removeLeftovers(beside: open.flatMap(\.edits).compactMap(\.place)) }
    var report: [String] = []
    for entry in open {
      let outcome = try Recovery(entry: entry, files: files).run(contents: kept)
      try writer.end(entry.id, outcome, at: now)
      report.append(
        "change \(entry.id) (\(entry.summary)) had been interrupted: \(Recovery.sentence(outcome, of: entry))")
    }
    return report
  }

  private func journalDirectory() throws(ChangeError) -> WritableDirectory {
    try writing { () throws(WriteError) in try WritableDirectory.make(state.journal, below: sysroot.path) }
  }
}

extension FileEdit {
  /// The edit as the log names it.
  fileprivate var logged: JournalEntry.Edit {
    JournalEntry.Edit(
      file: file, before: before.digest, after: after.digest,
      contentTrust: place.store.isOfContentTrust ? place.directory : nil, isPrivate: isPrivate && !place.isPrivate)
  }
}
