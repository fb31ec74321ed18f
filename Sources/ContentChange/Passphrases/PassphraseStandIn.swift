/// Who is asked for passphrases in place of the terminal, while a command runs inside the terminal interface.
public enum PassphraseStandIn {
  /// The person; nil where the terminal itself is asked.
  @TaskLocal public static var person: (any PassphrasePerson & Sendable)?
}
