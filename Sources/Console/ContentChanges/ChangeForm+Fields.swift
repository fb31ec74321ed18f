internal import ContentTrust
internal import Screen
internal import TrustModel

extension ChangeForm {
  /// The fields of a change.
  static func fields(of kind: ContentChanges.Kind, _ repository: Repository?) -> [Field] {
    switch kind {
    case .begin: beginning(repository)
    case .sign:
      [
        field("Tag", "the tag to sign", limit: tagLimit),
        field("Digest", "sha256:... of the image's manifest", limit: 71),
        field("Size", "its octets, as docker manifest inspect tells them", limit: 16),
        field("Roles", "empty: those that docker would sign; else targets, targets/NAME", isNeeded: false),
      ]
    case .revoke: [field("Tag", "the tag that nobody is to sign any more", limit: tagLimit)]
    case .addSigner:
      [
        field("Signer", "a name: lower-case letters, digits, - and _", limit: roleLimit),
        field("File", "the signer's public key or certificate, in PEM"),
      ]
    case .removeSigner: [field("Signer", "the name, without targets/", limit: roleLimit)]
    case .addDelegation: delegation
    case .removeDelegation:
      [
        field("Role", "the role that is to sign no more: targets/NAME", limit: roleLimit),
        field("Keys", "only these keys of it, by their whole ids; empty: the whole role", isNeeded: false),
        field("Paths", "only these paths of it; empty: the whole role", isNeeded: false),
      ]
    case .witness:
      [field("Roles", "the roles to sign anew as they are: targets, targets/NAME", "targets")]
    case .rotate: [field("Role", "root, targets, snapshot or timestamp", limit: 9)]
    case .doctor, .repair, .drill: []
    }
  }

  private static let tagLimit = 1_000
  private static let roleLimit = 255

  private static func beginning(_ repository: Repository?) -> [Field] {
    [
      field("Repository", "as docker writes it: example.com/team/app", limit: Repository.limit, repository?.name ?? ""),
      field("Root key", "empty: the one that is here; else its first digits, or: new", limit: 64, isNeeded: false),
      field("Snapshot", "who signs it: server, as docker has it; or here, as notary has it", limit: 6, "server"),
    ]
  }

  private static var delegation: [Field] {
    [
      field("Role", "who is to sign: targets/NAME", limit: roleLimit, "targets/"),
      field("Keys", "files of public keys or certificates, a blank between two", isNeeded: false),
      field("Paths", "what the names begin with that it may sign; * for every name", isNeeded: false),
      field("Threshold", "how many of its keys must sign; empty: as it is, or 1", limit: 4, isNeeded: false),
    ]
  }

  private static func field(
    _ name: String, _ hint: String, limit: Int = 4_096, _ text: String = "", isNeeded: Bool = true
  ) -> Field {
    Field(name: name, hint: hint, text: LineField(text, limit: limit), isNeeded: isNeeded)
  }
}
