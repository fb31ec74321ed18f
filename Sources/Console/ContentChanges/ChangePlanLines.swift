internal import Screen
internal import TrustModel

/// A command's own plan, or what it said last, as lines of a description.
enum ChangePlanLines {
  /// The plan, with the command that does the same.
  static func plan(_ lines: [String], _ order: ChangeOrder, _ context: Context) -> [DescribedLine] {
    let words = order.command.path + order.command.options + order.command.arguments
    return described(lines) + [
      DescribedLine("", ""),
      DescribedLine("COMMAND", VisibleText(context.ownCommandLine(ShellText.line(words))).description, .dim),
    ]
  }

  static func described(_ lines: [String]) -> [DescribedLine] { lines.map(described) }

  private static func described(_ line: String) -> DescribedLine {
    let text = String(line.drop { $0 == " " })
    func rest(_ prefix: String) -> String? { text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : nil }
    if let note = rest("note: ") { return DescribedLine("NOTE", note, .warning) }
    if let warning = rest("warning: ") { return DescribedLine("NOTE", warning, .warning) }
    if let problem = rest("keyreeve: ") { return DescribedLine("FAILED", problem.capitalizedFirst, .refused) }
    if let after = rest("afterwards ") { return DescribedLine("AFTER", after) }
    if let tag = rest("tag ") { return DescribedLine("TAG", tag) }
    if let role = rest("delegation ") { return DescribedLine("SIGNER", role) }
    let words = text.split(separator: " ", maxSplits: 2)
    if words.prefix(2).contains("key") { return DescribedLine("KEY", text) }
    if line.hasPrefix("  ") { return DescribedLine("SIGN", text) }
    return DescribedLine("", text, .heading)
  }
}
