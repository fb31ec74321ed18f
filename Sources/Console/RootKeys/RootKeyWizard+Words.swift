internal import ContentChange
internal import ContentSigning
internal import Screen
internal import TrustModel

extension RootKeyWizard.Step {
  /// Its name.
  var word: String {
    switch self {
    case .checks: "checks"
    case .name: "name"
    case .passphrase: "passphrase"
    case .make: "make"
    case .backUp: "back up"
    case .writeDown: "write down"
    case .finish: "finish"
    }
  }

  /// What comes of it, before it is done.
  fileprivate var outlook: String {
    switch self {
    case .checks: "clock, room, folder, root keys that are here"
    case .name: "what you call it, and its kind"
    case .passphrase: "typed twice, or 7 random words"
    case .make: "the first step that writes"
    case .backUp: "to a medium that you choose; then read back and opened"
    case .writeDown: "key ID and fingerprint, to copy by hand"
    case .finish: "take the root key off this machine, or keep it here"
    }
  }
}

extension RootKeyWizard {
  /// The steps in words: what is done, where we are, and what is written.
  var steps: [DescribedLine] {
    Step.allCases.map { step in
      let label = "\(step.rawValue) \(step.word)"
      if isDone || step.rawValue < self.step.rawValue {
        return DescribedLine(label, "done: \(outcome(of: step))", .accepted)
      }
      guard step == self.step else { return DescribedLine(label, step.outlook, .dim) }
      return DescribedLine(label, "now" + (hasWritten ? "" : ". Nothing has been written yet."), .heading)
    }
  }

  private func outcome(of step: Step) -> String {
    switch step {
    case .checks: checks?.hasRootKey == true ? "another root key was wanted" : "clock, room and folder are good"
    case .name: "\"\(name.text.trimmed)\", \(kind.rawValue)"
    case .passphrase: isDone ? "chosen, and forgotten here" : "chosen, not stored anywhere"
    case .make: made.map { "key \($0.id.shown)" } ?? ""
    case .backUp: copy.map { "proved: \(VisibleText($0.path))" } ?? "NOT DONE: there is no copy"
    case .writeDown: "shown"
    case .finish: isTakenOff ? "off this machine" : "kept here"
    }
  }
}

extension PrivateSigningKey.Kind {
  /// Its name for a person.
  var words: String {
    switch self {
    case .p256: "ECDSA P-256: what docker and notary make"
    case .p384: "ECDSA P-384"
    case .ed25519: "Ed25519"
    case .rsa: "RSA, 3072 bits: larger and slower"
    }
  }
}
