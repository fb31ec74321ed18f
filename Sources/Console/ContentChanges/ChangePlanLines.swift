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

  /// What was said; how a command is written does not help somebody who has filled in a form.
  static func described(_ lines: [String]) -> [DescribedLine] {
    lines.filter { !$0.hasPrefix("Usage: ") && !$0.hasPrefix("  See '") }.flatMap { key($0) ?? [described($0)] }
  }

  /// A line about a key that names it by all of its digits: they get a line of their own, which no comma makes too long.
  private static func key(_ line: String) -> [DescribedLine]? {
    let words = line.split(separator: " ", maxSplits: 2)
    guard line.hasPrefix("  "), words.count == 3, words[1] == "key" else { return nil }
    let rest = words[2].drop { $0 == " " }
    let digits = rest.prefix { $0.isASCII && $0.isHexDigit }
    guard digits.count == 64 else { return nil }
    return [DescribedLine("KEY", "\(words[0]) key\(rest.dropFirst(64))"), DescribedLine("", String(digits))]
  }

  private static func described(_ line: String) -> DescribedLine {
    let text = String(line.drop { $0 == " " })
    func rest(_ prefix: String) -> String? { text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : nil }
    if let note = rest("note: ") { return DescribedLine("NOTE", note, .warning) }
    if let warning = rest("warning: ") { return DescribedLine("NOTE", warning, .warning) }
    // As it was said: it may begin with the name of a tag.
    if let problem = rest("Error: ") { return DescribedLine("FAILED", problem, .refused) }
    if let problem = rest("keyreeve: ") { return DescribedLine("FAILED", problem, .refused) }
    if let after = rest("afterwards ") { return DescribedLine("AFTER", after) }
    if let tag = rest("tag ") { return DescribedLine("TAG", tag) }
    if let role = rest("delegation ") { return DescribedLine("SIGNER", role) }
    let words = text.split(separator: " ", maxSplits: 2)
    if words.prefix(2).contains("key") { return DescribedLine("KEY", text) }
    if text.hasPrefix("without ") { return DescribedLine("NOTE", text, .warning) }
    let isSigned = words.contains("version") || text.hasSuffix("signed by the server")
    if line.hasPrefix("  ") { return DescribedLine(isSigned ? "SIGN" : "", text) }
    return DescribedLine("", text, .heading)
  }
}
