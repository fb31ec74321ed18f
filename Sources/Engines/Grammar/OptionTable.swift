/// The options of one command, and which of them take a value: without it nobody can tell where the image stands.
public struct OptionTable: Sendable {
  /// What a name stands for.
  struct Option: Sendable {
    /// The long form, with its hyphens.
    let name: String
    /// Whether the next word is its value where none stands in its own.
    let takesValue: Bool
  }

  private var options: [String: Option] = [:]

  /// A table of words such as `--quiet`, `-q,--quiet` and `-q,--quiet,--silent`, of which the first long one is the name.
  ///
  /// - Parameters:
  ///   - flags: options that take a value only behind `=`.
  ///   - values: options that take a value.
  init(flags: String, values: String = "") {
    for (words, takesValue) in [(flags, false), (values, true)] {
      for word in words.split(whereSeparator: \.isWhitespace) {
        let forms = word.split(separator: ",").map(String.init)
        let name = forms.first { $0.hasPrefix("--") } ?? forms[0]
        for form in forms { options[form] = Option(name: name, takesValue: takesValue) }
      }
    }
  }

  /// The table with the options of another one that it has not got itself.
  func with(_ other: OptionTable) -> OptionTable {
    var both = self
    both.options.merge(other.options) { own, _ in own }
    return both
  }

  /// An option by a form of it; nil where nothing is known of it.
  ///
  /// Every command of every engine knows `--help`.
  subscript(form: String) -> Option? {
    // No form has anything but ASCII, and no text of other characters may pass for one.
    guard form.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
    if let option = options[form] { return option }
    return form == "--help" || form == "-h" ? Option(name: "--help", takesValue: false) : nil
  }

  /// Every form that is known.
  public var forms: Set<String> { Set(options.keys) }
}
