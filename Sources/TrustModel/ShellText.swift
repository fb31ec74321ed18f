/// Words as a shell takes them, for command lines that a person copies.
public enum ShellText {
  private static let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:=,@%+")

  /// The words as one line; those with anything that a shell would take for its own stand in single quotes.
  public static func line(_ words: [String]) -> String { words.map(quoted).joined(separator: " ") }

  /// One word; what a terminal would act on is made visible.
  public static func quoted(_ word: String) -> String {
    let word = VisibleText(word).description
    guard word.isEmpty || word.contains(where: { !plain.contains($0) }) else { return word }
    return "'" + word.replacing("'", with: "'\\''") + "'"
  }
}
