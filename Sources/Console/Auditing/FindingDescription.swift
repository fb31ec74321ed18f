internal import Screen
internal import Stores
internal import TrustModel

/// A finding in full: what it is about, what it means, what mends it.
struct FindingDescription {
  let finding: Finding
  let keys: KeyBindings
  /// Columns of the lines below the list.
  let width: Int

  var lines: [DescribedLine] {
    var lines = [DescribedLine(finding.level.text.trimmed, finding.id, .heading), DescribedLine("", "")]
    if let file = finding.file { lines.append(DescribedLine("File", VisibleText(file).description)) }
    if let fingerprint = finding.fingerprint { lines.append(DescribedLine("Key", fingerprint.grouped)) }
    lines.append(DescribedLine("What", finding.sentence, finding.level.role))
    lines.append(DescribedLine("", ""))
    lines.append(DescribedLine("Fix", fix))
    if let ignored = finding.ignored {
      lines.append(
        DescribedLine("Ignored", "by \(VisibleText(ignored.by)) on \(ignored.when.date): \(ignore) heeds it again"))
      lines.append(DescribedLine("", VisibleText(ignored.reason).description))
    }
    return lines
  }

  private var fix: String {
    let mend = FindingMend(finding)
    if case .none = mend { return advice }
    return mend.words(keys) + (finding.fix.map { ShellText.line($0) } ?? "")
  }

  /// What helps where no command of Keyreeve's does.
  private var advice: String {
    switch finding.id {
    case "stray-file", "wrong-name", "misplaced", "symbolic-link", "world-writable", "group-writable", "foreign-owner":
      isShipped
        ? "the package that ships it has to mend it; \(ignore) ignores it, with a reason"
        : "no command can name it: look at it with the shell; \(ignore) ignores it, with a reason"
    case "unreadable": "look at it with the shell, as the administrator; \(ignore) ignores it, with a reason"
    case "wide-scope":
      "\(keys.name(.trust)) trusts it for the prefix alone, then \(keys.name(.disable)) or \(keys.name(.remove)) here in the key list; \(ignore) ignores it, with a reason"
    case "duplicate-user-id":
      "compare both with the owner, then \(keys.name(.disable)) or \(keys.name(.remove)) in the key list; \(ignore) ignores it, with a reason"
    default: "no command mends it; \(ignore) ignores it, with a reason"
    }
  }

  private var ignore: String { keys.name(.ignore) }

  private var isShipped: Bool { finding.file?.hasPrefix(Layer.distribution.directory + "/") ?? false }

  /// The same in four lines: the file, what is wrong with it, what helps.
  var brief: [(String, Theme.Role)] {
    let columns = max(20, width)
    let what = finding.sentence.capitalizedFirst.wrapped(to: columns).prefix(2)
    let decision = finding.ignored.map { "Ignored by \(VisibleText($0.by)): \(VisibleText($0.reason))" }
    let whole = (decision ?? "FIX: " + fix).wrapped(to: columns)
    var last = Array(whole.prefix(3 - what.count))
    if last.count < whole.count { last[last.count - 1] = last[last.count - 1].prefix(columns - 4) + " ..." }
    let file = (VisibleText(finding.file ?? "").description, Theme.Role.dim)
    return [file] + what.map { ($0, finding.level.role) } + last.map { ($0, .normal) }
  }
}
