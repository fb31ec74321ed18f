internal import Screen
internal import Stores
internal import TrustChange
internal import TrustModel
internal import TrustVerify

/// What the console knows of the machine: read beside the loop, then shown as a value.
struct Machine: Sendable {
  /// Which look this is: a later one has a higher number.
  let number: Int
  /// Every key file.
  var inventory: KeyInventory
  /// The keys as the list shows them, with what sorting and filtering need.
  let table: KeyTable
  /// The change log.
  var journal: Journal
  /// Which changes of the log could be taken back, by number; filled in with the judgements.
  var undoOutlooks: [Int: UndoOutlook] = [:]
  /// Whether GnuPG has judged the keys.
  var isJudged: Bool
  /// What went wrong on the way.
  var problems: [String]

  /// The keys as the list shows them: one row for each scope and name.
  var rows: [KeyRow] { table.rows }
  /// How many key files have not been read yet.
  var unread: Int { inventory.listing.files.count - inventory.keys.count }

  init(
    _ inventory: KeyInventory, number: Int, journal: Journal, isJudged: Bool, problems: [String], at now: Timestamp
  ) {
    self.number = number
    self.inventory = inventory
    self.journal = journal
    self.isJudged = isJudged
    self.problems = problems
    table = KeyTable(KeyRow.merged(inventory, at: now))
  }
}

/// What every screen may look at.
struct Context: Sendable {
  /// The machine, once it has been read.
  var machine: Machine?
  /// The images of the store, once somebody wanted to see them.
  var images: ImageListing?
  /// The repositories of content trust, once somebody wanted to see them.
  var content: ContentListing?
  /// What weakens the trust of the machine, once it was audited.
  var audit: AuditListing?
  /// The moment of the last look.
  var now: Timestamp
  /// The machine's name for the title line.
  var host: String
  /// Whether the administrator layer cannot be written by this user.
  var isReadOnly: Bool
  /// Whether images must not be fetched or removed.
  var isStoreReadOnly: Bool
  /// The sysroot, for commands that are offered as text; nil for the machine itself.
  var sysroot: String?
  /// Whether root keys can be made here.
  var makesRootKeys = false
  /// The changes of content trust that can be made here.
  var changes: Set<ContentChanges.Kind> = []
  /// Looks.
  var theme: Theme
  /// What the person has chosen.
  var preferences = Preferences()
  /// How many colours may be used, 0 for none.
  var colours = 0

  /// The key of a command as sentences name it: the one that is bound.
  func key(_ command: Command) -> String { preferences.keys.name(command) }

  /// The keys that move through a long text, as its last row names them.
  var scrollKeys: String { "\(key(.pageDown)), \(key(.down))" }

  /// The command line that does the same, for a person without the rights.
  func commandLine(_ words: String) -> String { "sudo " + ownCommandLine(words) }

  /// The command line that does the same to what is this user's own.
  func ownCommandLine(_ words: String) -> String {
    "keyreeve \(words)" + (sysroot.map { " --sysroot " + ShellText.quoted($0) } ?? "")
  }
}
