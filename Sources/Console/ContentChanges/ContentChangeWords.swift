extension ContentChanges.Kind {
  /// What it is called in titles.
  var title: String {
    switch self {
    case .sign: "sign a tag"
    case .revoke: "revoke a tag"
    case .addSigner: "add a signer"
    case .removeSigner: "remove a signer"
    case .rotate: "rotate a key"
    case .doctor: "what is wrong"
    case .repair: "repair"
    case .drill: "keys of a backup"
    }
  }

  /// What the button says that does it.
  var button: String {
    switch self {
    case .sign: "Sign"
    case .revoke: "Revoke"
    case .addSigner: "Add"
    case .removeSigner: "Remove"
    case .rotate: "Rotate"
    case .repair: "Repair"
    case .doctor, .drill: "Go on"
    }
  }

  /// Whether it publishes nothing.
  var isLooking: Bool { self == .doctor || self == .drill }

  /// The command that opens it.
  var command: Command {
    switch self {
    case .sign: .sign
    case .revoke: .revoke
    case .addSigner: .addSigner
    case .removeSigner: .removeSigner
    case .rotate: .rotate
    case .doctor: .doctor
    case .repair: .repair
    case .drill: .backup
    }
  }
}
