internal import ContentChange
internal import ContentSigning
internal import Screen
internal import TrustModel

extension RootKeyWizard {
  /// What the step is about.
  var intro: String? {
    if isDone { return nil }
    if isLeaving { return "Leave now? What was written stays as it is:" }
    switch step {
    case .checks:
      return
        "The root key is the top of your content trust. It is needed rarely: once it is made, it should live offline."
    case .name: return "The name is for you and for the file of the copy: docker's files have no place for it."
    case .passphrase: return "The passphrase of the root key is stored nowhere and cannot be reset."
    case .make: return "This is the first step that writes. Nothing has been written yet."
    case .backUp:
      return "Now a copy, on a medium that you can take away: a stick, a card. It stays sealed with your passphrase."
    case .writeDown: return "Write these down and keep them apart from the key: they tell it from any other."
    case .finish: return "The root key is needed here only to start repositories and to rotate keys."
    }
  }

  /// The text above the fields of the step.
  var lines: [DescribedLine] {
    if isLeaving { return leaving }
    if isDone { return ended }
    switch step {
    case .checks: return checkLines
    case .name, .passphrase: return []
    case .make: return plan
    case .backUp: return backUpLines
    case .writeDown: return recordLines
    case .finish: return finishLines
    }
  }

  private var checkLines: [DescribedLine] {
    guard let checks else { return [DescribedLine("", "Looking at clock, room, folder and keys...")] }
    let rows = checks.rows.map { check -> DescribedLine in
      switch check.outcome {
      case .good: DescribedLine("+ \(check.name)", check.words, .accepted)
      case .doubtful: DescribedLine("! \(check.name)", check.words, .warning)
      case .bad: DescribedLine("- \(check.name)", check.words, .refused)
      }
    }
    return rows
  }

  private var plan: [DescribedLine] {
    let rounds = SealedKeyFile.rounds
    return [
      DescribedLine("WILL DO", "make a key \"\(name.text.trimmed)\" (\(kind.words))", .heading),
      DescribedLine("", "write it once, as private/ID.key of docker's folder, mode 0600"),
      DescribedLine("SEALED", "with your passphrase, \(rounds) rounds, so that docker and notary open it too"),
      DescribedLine("PROOF", "what was written is read back and opened before it gets its name"),
    ]
  }

  private var backUpLines: [DescribedLine] {
    guard let made else { return [] }
    var lines = [
      DescribedLine("MADE", "\(made.id)", .accepted), DescribedLine("", VisibleText(made.file).description, .dim),
    ]
    if copy == nil { lines.append(DescribedLine("SUCH AS", "/media/usb/\(fileName)", .dim)) }
    if let copy {
      lines.append(
        DescribedLine("COPY", "\(VisibleText(copy.path)): read back, and opened with your passphrase", .accepted))
      if copy.isBeside {
        lines.append(DescribedLine("NOTE", "it is on the same file system as the key: one loss takes both", .warning))
      }
    }
    return lines
  }

  private var recordLines: [DescribedLine] {
    guard let made else { return [] }
    return [DescribedLine("NAME", name.text.trimmed, .heading)] + Self.grouped("KEY ID", "\(made.id)")
      + Self.grouped("SHA-256", made.fingerprint)
      + [DescribedLine("", "KEY ID is what docker and notary show; SHA-256 is over the public key in DER.", .dim)]
  }

  /// 64 digits in groups of 8, four in a line.
  private static func grouped(_ label: String, _ digits: String) -> [DescribedLine] {
    let octets = Array(digits)
    let groups = stride(from: 0, to: octets.count, by: 8).map { String(octets[$0..<min($0 + 8, octets.count)]) }
    return stride(from: 0, to: groups.count, by: 4).map { start in
      let line = groups[start..<min(start + 4, groups.count)].joined(separator: " ")
      return DescribedLine(start == 0 ? label : "", line, .heading)
    }
  }

  private var finishLines: [DescribedLine] {
    var lines: [DescribedLine] = []
    if let copy {
      lines.append(DescribedLine("COPY", VisibleText(copy.path).description, .accepted))
      if copy.isBeside {
        lines.append(
          DescribedLine("NOTE", "the copy is on the same file system: carry it away before you rely on it", .warning))
      }
    } else {
      lines.append(DescribedLine("NO COPY", "so it stays here: a key without a copy is never taken away", .warning))
    }
    return lines
  }

  /// What is there while somebody is asked whether they mean to leave.
  private var leaving: [DescribedLine] {
    guard let made else { return [] }
    var lines = [
      DescribedLine("STAYS", "root key \(made.id)", .heading), DescribedLine("", VisibleText(made.file).description),
      DescribedLine("", "sealed with the passphrase that you chose, which is stored nowhere"),
    ]
    if let copy {
      lines.append(DescribedLine("COPY", "\(VisibleText(copy.path)), proved", .accepted))
    } else {
      lines.append(DescribedLine("NO COPY", "was proved; later: keyreeve backup FILE", .warning))
    }
    return lines
  }

  private var ended: [DescribedLine] {
    guard let made else { return [] }
    var lines = [DescribedLine("ROOT KEY", "\(made.id)", .heading)]
    if isTakenOff, let copy {
      lines.append(DescribedLine("IS", "off this machine; its copy was opened once more before", .accepted))
      lines.append(DescribedLine("COPY", VisibleText(copy.path).description))
      let back = ShellText.line(["keyreeve", "content", "key", "import", copy.path])
      lines.append(DescribedLine("BACK", VisibleText(back).description, .dim))
    } else {
      lines.append(DescribedLine("IS", VisibleText(made.file).description, .accepted))
      lines.append(
        copy.map { DescribedLine("COPY", "\(VisibleText($0.path)), proved", .accepted) }
          ?? DescribedLine("NO COPY", "keyreeve backup FILE makes one", .warning))
    }
    return lines
  }
}
