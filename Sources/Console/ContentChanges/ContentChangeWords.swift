extension ContentChanges.Kind {
  /// What it is called in titles.
  var title: String {
    switch self {
    case .begin: "new repository"
    case .sign: "sign a tag"
    case .revoke: "revoke a tag"
    case .addSigner: "add a signer"
    case .removeSigner: "remove a signer"
    case .addDelegation: "delegate"
    case .removeDelegation: "take a delegation away"
    case .witness: "sign anew"
    case .rotate: "rotate a key"
    case .doctor: "what is wrong"
    case .repair: "repair"
    case .drill: "keys of a backup"
    }
  }

  /// What the button says that does it.
  var button: String {
    switch self {
    case .begin: "Make it"
    case .sign: "Sign"
    case .revoke: "Revoke"
    case .addSigner: "Add"
    case .removeSigner: "Remove"
    case .addDelegation: "Delegate"
    case .removeDelegation: "Take away"
    case .witness: "Sign anew"
    case .rotate: "Rotate"
    case .repair: "Repair"
    case .doctor, .drill: "Go on"
    }
  }

  /// Which of the arguments of its command are files.
  func files(of arguments: [String]) -> Range<Int> {
    switch self {
    case .drill, .addSigner: max(0, arguments.count - 1)..<arguments.count
    case .addDelegation: min(2, arguments.count)..<arguments.count
    default: 0..<0
    }
  }

  /// Whether it publishes nothing.
  var isLooking: Bool { self == .doctor || self == .drill }

  /// The command that opens it.
  var command: Command {
    switch self {
    case .begin: .begin
    case .sign: .sign
    case .revoke: .revoke
    case .addSigner: .addSigner
    case .removeSigner: .removeSigner
    case .addDelegation: .addDelegation
    case .removeDelegation: .removeDelegation
    case .witness: .witness
    case .rotate: .rotate
    case .doctor: .doctor
    case .repair: .repair
    case .drill: .backup
    }
  }
}
