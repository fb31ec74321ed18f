internal import Crypto
public import Stores
internal import StrictJSON
internal import TrustModel

/// The change log as it stands on disk: one JSON document a line, each naming the digest of the line before.
///
/// A line that was altered or taken out breaks the chain for all to see; it does not make the rest unreadable. The
/// chain shows accidents and careless edits, it does not bind an attacker who can rewrite the whole file.
public struct Journal: Sendable {
  /// The changes, oldest first.
  public private(set) var entries: [JournalEntry] = []
  /// What is wrong with the file, if anything: the line, counted from 1, and the problem.
  public private(set) var problems: [String] = []
  /// Whether somebody has changed the log: nothing that it leaves open is finished then.
  public private(set) var isAltered = false
  /// The digest that the next line has to name.
  public private(set) var head = Journal.origin
  /// The octets of the file up to and including its last complete line.
  public private(set) var completeLength = 0
  private var lineCount = 0
  private var begun: Set<Int> = []

  /// The name of the log below the journal directory.
  public static let fileName = "log.jsonl"
  /// The largest log that is read, in octets.
  public static let sizeLimit = 64 * 1024 * 1024
  /// The longest line, in octets: a change of as many files as a backup may hold.
  public static let lineLimit = 16 * 1024 * 1024
  /// What the first line names as the digest before it.
  public static let origin = "sha256-" + String(repeating: "0", count: 64)

  /// Reads the log of a state directory; an absent log is an empty one.
  ///
  /// - Throws: `StoreError` where the log is there and cannot be read.
  public init(_ state: StateDirectory) throws(StoreError) {
    do {
      self.init(lines: try state.contents(of: "journal/" + Self.fileName, limit: Self.sizeLimit))
    } catch .missing {
      self.init(lines: [])
    }
  }

  /// Reads a log's octets.
  public init(lines octets: [UInt8]) {
    append(octets)
    if completeLength < octets.count { problems.append("the last line is incomplete: its writing was interrupted") }
  }

  /// Takes in complete lines that follow those read so far; octets after the last line end are left out.
  public mutating func append(_ octets: [UInt8]) {
    for line in octets.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast() {
      lineCount += 1
      read(Array(line), number: lineCount)
      head = Self.digest(of: line)
      completeLength += line.count + 1
    }
  }

  /// The change with that number.
  public subscript(id: Int) -> JournalEntry? { entries.first { $0.id == id } }

  /// The last change that can be taken back and takes back no other.
  public var lastUndoable: JournalEntry? { entries.last { $0.canBeUndone && $0.undoes == nil } }

  /// The last undo that can itself be taken back, so that what it took back is in force again.
  ///
  /// An undo of an undo is none: taking that back would undo the change once more.
  public var lastRedoable: JournalEntry? {
    entries.last { $0.canBeUndone && isUndo($0) }
  }

  /// Whether an entry takes a change back, and does not bring one back.
  public func isUndo(_ entry: JournalEntry) -> Bool {
    var (depth, entry) = (0, entry)
    // Each step leads to an earlier entry, so that the way ends even where the file was tampered with.
    while let undone = entry.undoes, undone < entry.id, let target = self[undone] {
      (depth, entry) = (depth + 1, target)
    }
    return depth % 2 == 1
  }

  /// `sha256-` and 64 digits of the octets.
  public static func digest(of octets: some Collection<UInt8>) -> String {
    "sha256-"
      + SHA256.hash(data: Array(octets)).map { octet in
        let digits = String(octet, radix: 16)
        return digits.count == 2 ? digits : "0" + digits
      }.joined()
  }

  private mutating func read(_ line: [UInt8], number: Int) {
    guard line.count <= Self.lineLimit, let json = try? JSON.parse(line), let event = json["event"]?.text else {
      isAltered = true
      return problems.append("line \(number) is not a line of the log")
    }
    if json["previous"]?.text != head {
      isAltered = true
      problems.append("line \(number) does not follow the line before it: the log was altered")
    }
    switch event {
    case "begin":
      guard let entry = JournalEntry(json) else { return problems.append("line \(number) lacks what a change needs") }
      if !begun.insert(entry.id).inserted {
        isAltered = true
        problems.append("line \(number) begins change \(entry.id) once more: the log was altered")
      }
      entries.append(entry)
    case "end":
      guard let id = json["id"]?.integer, let index = entries.firstIndex(where: { $0.id == Int(id) }),
        let outcome = json["outcome"]?.text.flatMap(JournalEntry.Outcome.init)
      else { return problems.append("line \(number) ends no change") }
      entries[index].outcome = outcome
      if outcome == .done, let undone = entries[index].undoes,
        let target = entries.firstIndex(where: { $0.id == undone })
      {
        entries[target].undoneBy = entries[index].id
        // What an undone undo had taken back is in force again.
        if let first = entries[target].undoes, let again = entries.firstIndex(where: { $0.id == first }) {
          entries[again].undoneBy = nil
        }
      }
    default: problems.append("line \(number) is of an unknown kind")
    }
  }
}

extension JournalEntry {
  fileprivate init?(_ json: JSON) {
    guard let id = json["id"]?.integer, let verb = json["verb"]?.text,
      let summary = json["summary"]?.text,
      let when = json["when"]?.text.flatMap({ Timestamp(rfc3339: $0) }),
      let uid = json["who"]?["uid"]?.integer, let edits = json["edits"]?.array
    else { return nil }
    self.init(
      id: Int(id), verb: verb, summary: summary, when: when,
      author: Author(
        uid: UInt32(truncatingIfNeeded: uid), user: json["who"]?["user"]?.text,
        sudoUser: json["who"]?["sudo"]?.text),
      reason: json["reason"]?.text, undoes: json["undoes"]?.integer.map { Int($0) },
      retirement: json["retires"].flatMap { Retirement($0) },
      edits: edits.compactMap { edit in
        edit["file"]?.text.map {
          Edit(
            file: $0, before: edit["before"]?.text, after: edit["after"]?.text,
            contentTrust: edit["contentTrust"]?.text, isPrivate: edit["private"]?.boolean ?? false)
        }
      }, lasting: json["lasting"].flatMap { Lasting($0) })
  }
}
