internal import Screen
internal import TrustModel
internal import TrustVerify

/// A key row in full as lines of text, for the pane beside the list and for the detail screen.
struct KeyDescription {
  let row: KeyRow
  let context: Context

  var lines: [DescribedLine] {
    var lines: [DescribedLine] = []
    if let fingerprint = row.fingerprint {
      let digits = fingerprint.grouped.split(separator: " ")
      lines.append(DescribedLine("Fingerprint", digits[..<5].joined(separator: " ")))
      lines.append(DescribedLine("", digits[5...].joined(separator: " ")))
    } else {
      lines.append(DescribedLine("File", VisibleText(row.name).description, .warning))
    }
    lines += (row.record?.userIDs ?? []).prefix(8).enumerated().map {
      DescribedLine($0.offset == 0 ? "User id" : "", $0.element)
    }
    if let record = row.record, let algorithm = record.algorithm {
      lines.append(DescribedLine("Key", "\(algorithm), made \(record.created?.date ?? "-")"))
      lines.append(DescribedLine("Expires", expiry(record)))
    }
    lines += facts.subkeys
    if let health { lines.append(DescribedLine("Health", health.text, health.role)) }
    lines.append(DescribedLine("", ""))
    lines.append(DescribedLine("LAYERS", "", .heading))
    lines += layer("local", row.local) + layer("vendor", row.vendor)
    lines.append(DescribedLine("State", stateSentence))
    lines.append(DescribedLine("", ""))
    lines.append(DescribedLine("ACCEPTED", "", .heading))
    lines.append(DescribedLine("For", accepted.text, accepted.role))
    lines += facts.note
    if let end = row.retirement(context) {
      let isDue = end.due <= context.now
      let text =
        "\(isDue ? "should have been" : "is to be") retired on \(end.due.date): \(context.key(.rotate)) does it now"
      lines.append(DescribedLine("Rotation", text, isDue ? .warning : .normal))
      lines.append(DescribedLine("", "\(end.successor.shortGrouped) takes its place"))
    }
    // Beside the list the store is not read for this alone.
    if context.images != nil { lines += DescribedLine.section("USED BY") + facts.images }
    return lines + facts.next
  }

  private var facts: KeyFacts { KeyFacts(row: row, context: context) }

  private func expiry(_ record: KeyRecord) -> String {
    guard let expires = record.expires else { return "never" }
    let days = expires.days(since: context.now)
    return days < 0 ? "\(expires.date), \(-days) days ago" : "\(expires.date), in \(days) days"
  }

  private var health: (text: String, role: Theme.Role)? {
    guard let record = row.health else {
      return row.state == .broken ? ("BROKEN: \(row.record?.problem ?? "not a key")", .refused) : nil
    }
    if !record.isJudged { return ("being judged by GnuPG", .dim) }
    switch record.status {
    case .expired: return ("EXPIRED: images signed by it are refused", .refused)
    case .revoked: return ("REVOKED by its owner\(record.problem.map { ": \($0)" } ?? "")", .refused)
    case .weak: return ("TOO WEAK: \(record.problem ?? "")", .refused)
    case .invalid: return ("BROKEN: \(record.problem ?? "not a key")", .refused)
    case .trusted, .disabled, .overridden, .mask: return ("good, not revoked", .accepted)
    }
  }

  private func layer(_ name: String, _ record: KeyRecord?) -> [DescribedLine] {
    guard let record else { return [DescribedLine(name, "no file", .dim)] }
    let what = record.status == .mask ? "empty file" : record.status.rawValue
    return [DescribedLine(name, what), DescribedLine("", VisibleText(record.file).description)] + facts.file(record)
  }

  private var stateSentence: String {
    switch row.state {
    case .vendor: "VENDOR: only the distribution ships it"
    case .local: "LOCAL: only this machine's administrator has it"
    case .override: "OVERRIDE: the administrator's copy stands before the distribution's"
    case .same: "SAME: both layers hold the same key"
    case .masked: "MASKED: switched off by \(row.vendor?.by ?? "an empty file")"
    case .mask: "MASK: an empty file, but the distribution ships no such key here"
    case .broken: "BROKEN: vouches for nobody"
    }
  }

  private var accepted: (text: String, role: Theme.Role) {
    guard row.isAccepted else { return ("nothing", .refused) }
    switch row.scope {
    case .root: return ("every image name", .accepted)
    case .prefix(let prefix): return ("\(prefix) and all below it", .accepted)
    }
  }
}
