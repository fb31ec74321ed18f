internal import ArgumentParser
internal import ContentChange
internal import ReadCommands
internal import TrustModel

/// Whether a key gets a passphrase, and from whom.
struct NewPassphraseOptions: ParsableArguments {
  @Flag(
    name: .customLong("no-passphrase"),
    help: "Leave the key without protection: whoever reads its file can sign.")
  var isPlain = false

  /// The passphrase for a key; nil where none is wanted.
  ///
  /// - Parameter isChange: whether it takes the place of another one, which variables hold.
  func passphrase(
    for request: KeyRequest, isChange: Bool = false, from ask: (KeyRequest) -> SecretOctets?
  ) throws -> SecretOctets? {
    guard !isPlain else { return nil }
    guard let given = ask(request) else {
      let variable = isChange ? "" : "or set \(PassphraseVariables.names(for: request.role)[0]), "
      throw CommandFailure(
        .declined,
        "the \(request.words) needs a \(isChange ? "new " : "")passphrase, and nobody gave one: run it on a terminal, or use "
          + "--passphrase-fd, \(variable)or leave the key open with --no-passphrase")
    }
    guard !given.isEmpty else {
      throw CommandFailure(
        .declined, "the passphrase for the \(request.words) is empty: to leave the key open, say --no-passphrase")
    }
    return given
  }

  /// What should be known of a passphrase that nobody has looked at; nil where it is well.
  static func remark(_ passphrase: SecretOctets?) -> String? {
    guard let passphrase else { return "it has no passphrase: whoever reads its file can sign with it" }
    if let refusal = PassphraseStrength.refusal(passphrase) { return "its passphrase is poor: \(refusal)" }
    let strength = PassphraseStrength(passphrase)
    return strength.bits < 45 ? "its passphrase is \(strength.words)" : nil
  }
}
