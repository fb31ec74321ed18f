internal import DurableFiles
internal import Stores
internal import StrictJSON
internal import TrustModel
internal import TrustVerify

/// Adds lines to the change log, each synced before anything follows from it.
struct JournalWriter: ~Copyable {
  private let directory: WritableDirectory
  private let state: StateDirectory
  private(set) var journal: Journal

  /// The directory, below the log's own, of the octets that changes replaced or wrote, each named by its digest.
  static let contentsDirectory = "contents"

  init(directory: consuming WritableDirectory, state: StateDirectory) throws(ChangeError) {
    do {
      journal = try Journal(state)
    } catch {
      throw ChangeError(error)
    }
    self.directory = directory
    self.state = state
  }

  var nextID: Int { (journal.entries.map(\.id).max() ?? 0) + 1 }

  /// The octets that a change named by this digest, or nil where they are not kept.
  static func kept(_ digest: String, in state: StateDirectory) -> [UInt8]? {
    // A digest from the log becomes a file name: nothing else may.
    let digits = digest.dropFirst(7)
    guard digest.hasPrefix("sha256-"), digits.count == 64, digits.allSatisfy({ $0.isHexDigit && $0.isASCII }) else {
      return nil
    }
    let file = "journal/" + contentsDirectory + "/" + digest
    guard let octets = try? state.contents(of: file, limit: Store.fileLimit),
      Journal.digest(of: octets) == digest
    else { return nil }
    return octets
  }

  /// Keeps what files hold before and after a change, so that it can be finished or taken back.
  ///
  /// What a private file holds is kept for its owner's eyes alone, from the first octet.
  func keep(_ edits: [FileEdit]) throws(ChangeError) {
    try writing { () throws(WriteError) in try write(edits) }
  }

  private func write(_ edits: [FileEdit]) throws(WriteError) {
    let contents = try directory.descend([Self.contentsDirectory])
    for edit in edits {
      for case .present(let octets) in [edit.before, edit.after] {
        let name = Journal.digest(of: octets)
        let isKept = Self.kept(name, in: state) != nil
        if isKept {
          if edit.isPrivate { try contents.restrict(name, mode: 0o600) }
        } else {
          try contents.remove(name)
          try contents.create(name, octets, mode: edit.isPrivate ? 0o600 : 0o644)
        }
      }
    }
    try contents.sync()
  }

  /// Writes that a change begins.
  mutating func begin(_ entry: JournalEntry) throws(ChangeError) {
    let who: JSON = [
      "uid": JSON(entry.author.uid), "user": JSON(entry.author.user),
      "sudo": JSON(entry.author.sudoUser),
    ]
    let edits = entry.edits.map { edit -> JSON in
      var members: [JSON.Member] = [
        .init("file", JSON(edit.file)), .init("before", JSON(edit.before)), .init("after", JSON(edit.after)),
      ]
      if let directory = edit.contentTrust { members.append(.init("contentTrust", JSON(directory))) }
      if edit.isPrivate { members.append(.init("private", true)) }
      return .object(members)
    }
    let line: JSON = [
      "schema": "keyreeve.log/1", "event": "begin", "id": JSON(entry.id), "verb": JSON(entry.verb),
      "summary": JSON(entry.summary), "when": JSON("\(entry.when)"), "who": who,
      "reason": JSON(entry.reason), "undoes": JSON(entry.undoes),
      "retires": entry.retirement?.document ?? .null, "edits": .array(edits),
    ]
    let lasting: [JSON.Member] = entry.lasting.map { [.init("lasting", $0.document)] } ?? []
    try append(.object((line.members ?? []) + lasting + [.init("previous", JSON(journal.head))]))
  }

  /// Writes how a change ended.
  mutating func end(_ id: Int, _ outcome: JournalEntry.Outcome, at now: Timestamp) throws(ChangeError) {
    try append([
      "schema": "keyreeve.log/1", "event": "end", "id": JSON(id), "outcome": JSON(outcome.rawValue),
      "when": JSON("\(now)"), "previous": JSON(journal.head),
    ])
  }

  private mutating func append(_ line: JSON) throws(ChangeError) {
    let octets = line.encoded(pretty: false) + [UInt8(ascii: "\n")]
    guard octets.count <= Journal.lineLimit, journal.completeLength + octets.count <= Journal.sizeLimit else {
      throw .system(state.journal + "/" + Journal.fileName, "the change does not fit into the log")
    }
    let end = journal.completeLength
    try writing { () throws(WriteError) in try directory.append(octets, to: Journal.fileName, at: end) }
    journal.append(octets)
  }
}
