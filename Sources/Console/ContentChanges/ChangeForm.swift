internal import Screen
internal import TrustModel

/// What has to be said for a change before it can be planned: fields, and the command that they make.
struct ChangeForm: Sendable {
  /// A field with its name.
  struct Field: Sendable {
    let name: String
    /// What belongs into it, where it is empty.
    let hint: String
    var text: LineField
    /// Whether the change needs it.
    var isNeeded = true
  }

  let kind: ContentChanges.Kind
  /// The repository that it was opened for.
  let repository: Repository?
  var fields: [Field]

  /// The form for a change of a repository; nil where the form asks which one.
  init(_ kind: ContentChanges.Kind, of repository: Repository?) {
    (self.kind, self.repository) = (kind, repository)
    fields = Self.fields(of: kind, repository)
  }

  /// No form: a command about a backup.
  init(backup repository: Repository?) { (kind, self.repository, fields) = (.drill, repository, []) }

  /// The repository that it is about, as far as that is known.
  var subject: Repository? { kind == .begin ? try? Repository(texts[0]) : repository }

  /// What is missing; nil where the change can be planned.
  var problem: String? {
    for field in fields {
      let text = field.text.text.trimmed
      if text.isEmpty, field.isNeeded { return "\(field.name): \(field.hint)." }
      if text == "-" { return Self.noInput(field) }
    }
    switch kind {
    case .begin: return beginningProblem
    case .addDelegation: return delegationProblem
    case .sign: return badWords(from: 3)
    case .removeDelegation: return badWords(from: 1)
    case .witness: return badWords(from: 0)
    case .revoke, .addSigner, .removeSigner, .rotate, .doctor, .repair, .drill: return nil
    }
  }

  private static func noInput(_ field: Field) -> String {
    "\(field.name): standard input is the terminal here; name a file."
  }

  private var beginningProblem: String? {
    do throws(NameError) {
      _ = try Repository(texts[0])
    } catch {
      return "\(error)".capitalizedFirst
    }
    return ["server", "here"].contains(texts[2]) ? nil : "Snapshot: write server, or here."
  }

  private var delegationProblem: String? {
    if let bad = badWords(from: 1) { return bad }
    if words(texts[1]).contains("-") { return Self.noInput(fields[1]) }
    guard texts[3].isEmpty || Int(texts[3]).map({ $0 > 0 }) ?? false else { return "Threshold: a number from 1 on." }
    return texts.dropFirst().allSatisfy(\.isEmpty) ? "Name keys, paths or a threshold: a role needs one of them." : nil
  }

  /// What is wrong with the fields that are lists of words: quotation marks with nothing in them must not pass for an empty field.
  private func badWords(from first: Int) -> String? {
    for field in fields.dropFirst(first) {
      guard let words = QuotedWords(field.text.text)?.words else {
        return "\(field.name): a quotation mark has no second one."
      }
      if words.isEmpty, !field.text.text.trimmed.isEmpty {
        return "\(field.name): there is nothing between the quotation marks."
      }
    }
    return nil
  }

  private var texts: [String] { fields.map(\.text.text.trimmed) }
  private func words(_ text: String) -> [String] { QuotedWords(text)?.words ?? [text] }

  /// The command.
  var command: ContentChanges.Command? {
    guard problem == nil, let repository = subject else { return nil }
    let (path, texts, name) = (ContentChanges.path(of: kind), texts, repository.name)
    func command(_ options: [String] = [], _ arguments: [String]) -> ContentChanges.Command {
      ContentChanges.Command(path, options: options, arguments: arguments)
    }
    switch kind {
    case .begin: return command(beginning, [name])
    case .sign:
      let roles = words(texts[3]).map { "--role=\($0)" }
      return command(["--digest=\(texts[1])", "--size=\(texts[2])"] + roles, [name, texts[0]])
    case .addDelegation: return command(delegation, [name, texts[0]] + words(texts[1]))
    case .removeDelegation:
      return command(
        words(texts[1]).map { "--key=\($0)" } + words(texts[2]).map { "--path=\($0)" }, [name, texts[0]])
    case .witness: return command([], [name] + words(texts[0]))
    case .revoke, .addSigner, .removeSigner, .rotate, .doctor, .repair: return command([], [name] + texts)
    case .drill: return nil
    }
  }

  private var beginning: [String] {
    let root = texts[1]
    let key = root.isEmpty ? [] : root.lowercased() == "new" ? ["--new-root-key"] : ["--root-key=\(root)"]
    return key + (texts[2] == "here" ? ["--local-snapshot"] : [])
  }

  private var delegation: [String] {
    let paths = words(texts[2])
    let options = paths == ["*"] ? ["--all-paths"] : paths.map { "--path=\($0)" }
    return options + (texts[3].isEmpty ? [] : ["--threshold=\(texts[3])"])
  }
}
