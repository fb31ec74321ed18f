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
  let repository: Repository?
  var fields: [Field]

  /// The form for a change of a repository.
  init(_ kind: ContentChanges.Kind, of repository: Repository) {
    (self.kind, self.repository) = (kind, repository)
    func field(_ name: String, _ hint: String, limit: Int = 4_096, _ text: String = "", isNeeded: Bool = true) -> Field
    {
      Field(name: name, hint: hint, text: LineField(text, limit: limit), isNeeded: isNeeded)
    }
    switch kind {
    case .sign:
      fields = [
        field("Tag", "the tag to sign", limit: 1_000),
        field("Digest", "sha256:... of the image's manifest", limit: 71),
        field("Size", "its octets, as docker manifest inspect tells them", limit: 16),
      ]
    case .revoke: fields = [field("Tag", "the tag that nobody is to sign any more", limit: 1_000)]
    case .addSigner:
      fields = [
        field("Signer", "a name: lower-case letters, digits, - and _", limit: 255),
        field("File", "the signer's public key or certificate, in PEM"),
      ]
    case .removeSigner: fields = [field("Signer", "the name, without targets/", limit: 255)]
    case .rotate: fields = [field("Role", "root, targets, snapshot or timestamp", limit: 9)]
    case .doctor, .repair, .drill: fields = []
    }
  }

  /// No form: a command about a backup.
  init(backup repository: Repository?) { (kind, self.repository, fields) = (.drill, repository, []) }

  /// What is missing; nil where the change can be planned.
  var problem: String? {
    for field in fields {
      let text = field.text.text.trimmed
      if text.isEmpty, field.isNeeded { return "\(field.name): \(field.hint)." }
      if text == "-" { return "\(field.name): standard input is the terminal here; name a file." }
    }
    return nil
  }

  /// The command.
  var command: ContentChanges.Command? {
    guard problem == nil, let repository else { return nil }
    let path = ContentChanges.path(of: kind)
    let texts = fields.map(\.text.text.trimmed)
    switch kind {
    case .sign:
      return ContentChanges.Command(
        path, options: ["--digest=\(texts[1])", "--size=\(texts[2])"], arguments: [repository.name, texts[0]])
    case .revoke, .addSigner, .removeSigner, .rotate, .doctor, .repair:
      return ContentChanges.Command(path, arguments: [repository.name] + texts)
    case .drill: return nil
    }
  }
}
