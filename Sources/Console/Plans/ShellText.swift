internal import TrustModel

/// Words as a shell takes them, for command lines that a person copies.
enum ShellText {
  private static let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:=,@%+")

  /// The words as one line; those with anything that a shell would take for its own stand in single quotes.
  static func line(_ words: [String]) -> String { words.map(quoted).joined(separator: " ") }

  private static func quoted(_ word: String) -> String {
    guard word.isEmpty || word.contains(where: { !plain.contains($0) }) else { return word }
    return "'" + word.replacing("'", with: "'\\''") + "'"
  }
}
