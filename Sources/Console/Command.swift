internal import Screen

/// What a key can mean.
///
/// Footer, help, menu and dispatch read the same table, so that they cannot differ. The raw value is the name that the
/// command has in the section `[keys]` of configuration; other keys than those of the table are in `KeyBindings`.
enum Command: String, CaseIterable, Sendable {
  case help, open, back, quit
  case keys, explain, log, images, audit, content, layers, differences
  case trust, disable, enable, remove, rotate, undo, redo, backup, fetch, verify, stop, ignore, fix
  case showIgnored = "show-ignored"
  case signingKeys = "signing-keys"
  case rootKey = "root-key"
  case begin = "init"
  case sign, revoke
  case addSigner = "add-signer"
  case removeSigner = "remove-signer"
  case addDelegation = "add-delegation"
  case removeDelegation = "remove-delegation"
  case witness
  case doctor, repair
  case ask
  case filter
  case nextMatch = "next-match"
  case previousMatch = "previous-match"
  case sort, reverse, mark, copy, reload
  case commandLine = "command-line"
  case menu, messages
  case down, up
  case pageDown = "page-down"
  case pageUp = "page-up"
  case first, last

  /// One row of the table.
  struct Row {
    /// The events that mean it; the first is the one that is shown.
    var events: [Event]
    /// The keys as they are shown.
    var keys: String
    /// One word for the footer.
    let word: String
    /// What it does, for help.
    let help: String
    /// Where help lists it.
    let section: Section
  }

  /// Sections of the help screen.
  enum Section: String, CaseIterable {
    case look = "LOOK"
    case change = "CHANGE: each shows a plan; nothing is written before you say so"
    case move = "MOVE"
    case program = "ALSO"
  }

  var row: Row {
    switch self {
    case .help:
      Row(
        events: [.text("?"), .key(.function(1))], keys: "?", word: "Help", help: "the keys that work here",
        section: .program)
    case .open:
      Row(
        events: [.key(.enter), .text("l"), .key(.right)], keys: "Enter", word: "Open",
        help: "open what the cursor is on", section: .look)
    case .back:
      Row(
        events: [.key(.escape), .text("h"), .key(.left)], keys: "Esc", word: "Back",
        help: "back to where you came from", section: .program)
    case .quit:
      Row(events: [.text("q")], keys: "q", word: "Quit", help: "close this view; at the top, leave", section: .program)
    case .keys: Row(events: [.text("1")], keys: "1", word: "Keys", help: "the keys of both layers", section: .look)
    case .explain:
      Row(
        events: [.text("x"), .text("2")], keys: "x", word: "Explain",
        help: "explain for an image name", section: .look)
    case .log:
      Row(events: [.text("3")], keys: "3", word: "Log", help: "what was changed, and undo", section: .look)
    case .backup:
      Row(
        events: [.text("b")], keys: "b", word: "Backup", help: "back up, check or restore...", section: .change)
    case .images:
      Row(
        events: [.text("4")], keys: "4", word: "Images", help: "images fetched, with verdicts",
        section: .look)
    case .audit:
      Row(events: [.text("5")], keys: "5", word: "Audit", help: "what weakens the trust, worst first", section: .look)
    case .content:
      Row(
        events: [.text("6")], keys: "6", word: "Content", help: "Docker Content Trust: repositories, tags, keys",
        section: .look)
    case .signingKeys:
      Row(
        events: [.text("p")], keys: "p", word: "Private keys", help: "the private keys of content trust",
        section: .look)
    case .rootKey:
      Row(
        events: [.text("c")], keys: "c", word: "Root key", help: "create your first root key, step by step...",
        section: .change)
    case .begin:
      Row(
        events: [.text("I")], keys: "I", word: "New repository", help: "make a repository, with a root of its own...",
        section: .change)
    case .sign: Row(events: [.text("T")], keys: "T", word: "Sign", help: "sign a tag...", section: .change)
    case .revoke:
      Row(events: [.text("V")], keys: "V", word: "Revoke", help: "take a tag from all who sign it...", section: .change)
    case .addSigner:
      Row(events: [.text("A")], keys: "A", word: "Add signer", help: "let somebody sign tags...", section: .change)
    case .removeSigner:
      Row(
        events: [.text("X")], keys: "X", word: "Remove signer", help: "let somebody sign no more...",
        section: .change)
    case .addDelegation:
      Row(
        events: [.text("E")], keys: "E", word: "Delegate", help: "delegate to a role: keys, paths, threshold...",
        section: .change)
    case .removeDelegation:
      Row(
        events: [.text("U")], keys: "U", word: "Undelegate", help: "take a role away, or keys and paths from it...",
        section: .change)
    case .witness:
      Row(
        events: [.text("F")], keys: "F", word: "Sign anew", help: "sign roles anew as they are...", section: .change)
    case .doctor:
      Row(
        events: [.text("w")], keys: "w", word: "What is wrong", help: "what is wrong, and what mends it", section: .look
      )
    case .repair:
      Row(
        events: [.text("M")], keys: "M", word: "Repair", help: "mend what has expired or was interrupted...",
        section: .change)
    case .ask:
      Row(events: [.text("a")], keys: "a", word: "Ask", help: "ask the server what is signed now", section: .look)
    case .layers:
      Row(events: [.text("L")], keys: "L", word: "Layers", help: "both layers side by side", section: .look)
    case .differences:
      Row(
        events: [.text("o")], keys: "o", word: "Differences", help: "only what differs from the distribution, or all",
        section: .look)
    case .fetch:
      Row(events: [.text("f")], keys: "f", word: "Fetch", help: "fetch and verify an image...", section: .change)
    case .verify:
      Row(
        events: [.text("v")], keys: "v", word: "Verify", help: "read every octet of the image again and compare",
        section: .look)
    case .stop:
      Row(
        events: [.key(.escape)], keys: "Esc", word: "Stop", help: "stop; what has come in is kept for the next try",
        section: .program)
    case .trust:
      Row(events: [.text("t")], keys: "t", word: "Trust", help: "trust a new key...", section: .change)
    case .disable:
      Row(
        events: [.text("d")], keys: "d", word: "Disable", help: "disable a distribution key...", section: .change
      )
    case .enable:
      Row(events: [.text("e")], keys: "e", word: "Enable", help: "enable a disabled key...", section: .change)
    case .remove:
      Row(
        events: [.text("D"), .key(.delete)], keys: "D", word: "Remove",
        help: "remove a local key or an image...",
        section: .change)
    case .rotate:
      Row(
        events: [.text("r")], keys: "r", word: "Rotate", help: "rotate to a new key...",
        section: .change)
    case .undo:
      Row(
        events: [.text("u")], keys: "u", word: "Undo", help: "undo the last change, or the one the cursor is on...",
        section: .change)
    case .redo:
      Row(
        events: [.key(.control("r"))], keys: "Ctrl-R", word: "Redo", help: "do the undone change again...",
        section: .change)
    case .ignore:
      Row(
        events: [.text("i")], keys: "i", word: "Ignore", help: "ignore a finding, with a reason; again to heed it...",
        section: .change)
    case .fix:
      Row(
        events: [.key(.enter), .text("l"), .key(.right)], keys: "Enter", word: "Fix",
        help: "show the plan that mends it...",
        section: .change)
    case .showIgnored:
      Row(events: [.text("a")], keys: "a", word: "All", help: "show what is ignored too, or hide it", section: .look)
    case .nextMatch:
      Row(events: [.text("n")], keys: "n", word: "Next", help: "next row that the filter would match", section: .move)
    case .previousMatch:
      Row(events: [.text("N")], keys: "N", word: "Previous", help: "previous such row", section: .move)
    case .sort:
      Row(events: [.text("s")], keys: "s", word: "Sort", help: "sort by the next column", section: .look)
    case .reverse:
      Row(events: [.text("S")], keys: "S", word: "Reverse", help: "turn the order round", section: .look)
    case .mark:
      Row(
        events: [.text(" ")], keys: "Space", word: "Mark", help: "mark a row: a change then takes all marked rows",
        section: .change)
    case .commandLine:
      Row(events: [.text(":")], keys: ":", word: "Command", help: "any command by its name", section: .program)
    case .menu:
      Row(events: [.key(.function(10))], keys: "F10", word: "Menu", help: "the menu", section: .program)
    case .messages:
      Row(events: [.text("m")], keys: "m", word: "Messages", help: "what was said before", section: .program)
    case .filter:
      Row(
        events: [.text("/")], keys: "/", word: "Filter",
        help: "filter: words, !word, state:, expires<30d", section: .look)
    case .copy:
      Row(events: [.text("y")], keys: "y", word: "Copy", help: "copy the fingerprint or id", section: .look)
    case .reload:
      Row(
        events: [.key(.function(5)), .text("R")], keys: "F5", word: "Reload", help: "read everything again",
        section: .program)
    case .down:
      Row(
        events: [.text("j"), .key(.down)], keys: "j", word: "Down", help: "next line (also the arrow)", section: .move)
    case .up:
      Row(events: [.text("k"), .key(.up)], keys: "k", word: "Up", help: "line before (also the arrow)", section: .move)
    case .pageDown:
      Row(
        events: [.key(.pageDown), .key(.control("d"))], keys: "PgDn", word: "Page", help: "a page down (Ctrl-D)",
        section: .move)
    case .pageUp:
      Row(
        events: [.key(.pageUp), .key(.control("u"))], keys: "PgUp", word: "Page", help: "a page up (Ctrl-U)",
        section: .move)
    case .first:
      Row(events: [.text("g"), .key(.home)], keys: "g", word: "First", help: "first line (Home)", section: .move)
    case .last: Row(events: [.text("G"), .key(.end)], keys: "G", word: "Last", help: "last line (End)", section: .move)
    }
  }

  /// Commands in the order of the table, each once.
  static func ordered(_ commands: [Command]) -> [Command] { allCases.filter { commands.contains($0) } }

  /// Commands that move in a list, which every list understands.
  static let movements: [Command] = [.down, .up, .pageDown, .pageUp, .first, .last]
}

extension Command.Section {
  /// Its name in the menu.
  var name: String {
    switch self {
    case .look: "Look"
    case .change: "Change"
    case .move: "Move"
    case .program: "Also"
    }
  }
}
