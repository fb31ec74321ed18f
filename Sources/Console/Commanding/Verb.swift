/// A verb of the command line: the words of the plain commands, and of what only the interface has.
///
/// Completion, parsing and the message about an unknown verb read the same table.
enum Verb: String, CaseIterable, Sendable {
  case keys, explain, log, images, audit, layers, fetch, verify
  case show, image, discover, content, config
  case trust, disable, enable, remove, rotate, ignore, undo, redo, backup, restore
  case rootKey = "root-key"
  case begin = "init"
  case sign, revoke, doctor, repair
  case addSigner = "add-signer"
  case removeSigner = "remove-signer"
  case addDelegation = "add-delegation"
  case removeDelegation = "remove-delegation"
  case witness
  case sort, reverse, filter, mark, copy, set, reload, messages, help, quit

  /// What may follow a verb.
  enum Argument: Sendable, Equatable {
    case nothing
    /// The name of an image.
    case image
    /// A fingerprint or its end, and for which names: `--prefix P`, `--root`.
    case key
    /// Names alone: `--prefix P`, `--root`, then where the key is.
    case newKey
    /// The number of a change.
    case change
    /// A path.
    case file
    /// A column of the key list.
    case column
    /// Words of a filter.
    case words
    /// A setting and its value.
    case setting
    /// The words of a looking command, which is shown as it prints.
    case report
  }

  var argument: Argument {
    switch self {
    case .keys, .log, .images, .audit, .layers, .verify, .ignore, .redo, .reverse, .mark, .copy, .reload, .messages,
      .rootKey, .begin, .sign, .revoke, .doctor, .repair, .addSigner, .removeSigner, .addDelegation,
      .removeDelegation, .witness, .help, .quit:
      .nothing
    case .explain, .fetch: .image
    case .disable, .enable, .remove, .rotate: .key
    case .trust: .newKey
    case .undo: .change
    case .backup, .restore: .file
    case .sort: .column
    case .filter: .words
    case .set: .setting
    case .show, .image, .discover, .content, .config: .report
    }
  }

  /// The command that the verb alone stands for; nil where it needs an argument.
  var command: Command? {
    switch self {
    case .restore: .backup
    case .set, .show, .discover, .content, .config: nil
    case .image: .images
    default: Command(rawValue: rawValue)
    }
  }

  /// The verbs of a program that can make these changes of content trust.
  static func known(_ changes: Set<ContentChanges.Kind>) -> [Verb] {
    let absent = Set(
      ContentChanges.Kind.allCases.filter { ![.rotate, .drill].contains($0) && !changes.contains($0) }
        .map(\.command.rawValue))
    return allCases.filter { !absent.contains($0.rawValue) }
  }

  /// What a looking command's next word may be.
  static func subcommands(of verb: Verb) -> [String] {
    switch verb {
    case .image: ["list", "show", "verify"]
    case .content: ["inspect", "key", "list", "lookup", "verify"]
    default: []
    }
  }

  /// What the verb alone asks for; nil where it needs an argument.
  var alone: Order? {
    self == .config ? .report(ReportOrder(words: [rawValue])) : command.map { .perform($0) }
  }

  /// How it is written, for messages.
  var usage: String {
    switch argument {
    case .nothing: rawValue
    case .image: "\(rawValue) NAME"
    case .key: "\(rawValue) [FINGERPRINT [--prefix P | --root\(self == .rotate ? "" : " | --everywhere")]]"
    case .newKey: "\(rawValue) [--prefix P | --root] [KEY]"
    case .change: "\(rawValue) [ID]"
    case .file: "\(rawValue) [FILE]"
    case .column: "\(rawValue) COLUMN"
    case .words: "\(rawValue) WORDS"
    case .report:
      self == .show
        ? "show FINGERPRINT"
        : self == .discover ? "discover NAME" : "\(rawValue) \(Self.subcommands(of: self).joined(separator: "|")) ..."
    case .setting: "\(rawValue) mouse on|off, \(rawValue) theme NAME"
    }
  }
}
