internal import Screen
internal import TrustModel
internal import TrustVerify

/// A key row in full as lines of text, for the pane beside the list and for the detail screen.
struct KeyDescription {
  /// A line: a label, a text, and how the text looks.
  struct Line {
    let label: String
    let text: String
    let role: Theme.Role

    init(_ label: String, _ text: String, _ role: Theme.Role = .normal) {
      (self.label, self.text, self.role) = (label, text, role)
    }
  }

  let row: KeyRow
  let context: Context

  var lines: [Line] {
    var lines: [Line] = []
    if let fingerprint = row.fingerprint {
      let digits = fingerprint.grouped.split(separator: " ")
      lines.append(Line("Fingerprint", digits[..<5].joined(separator: " ")))
      lines.append(Line("", digits[5...].joined(separator: " ")))
    } else {
      lines.append(Line("File", VisibleText(row.name).description, .warning))
    }
    lines += (row.record?.userIDs ?? []).prefix(8).enumerated().map {
      Line($0.offset == 0 ? "User id" : "", $0.element)
    }
    if let record = row.record, let algorithm = record.algorithm {
      lines.append(Line("Key", "\(algorithm), made \(record.created?.date ?? "-")"))
      lines.append(Line("Expires", expiry(record)))
    }
    if let health { lines.append(Line("Health", health.text, health.role)) }
    lines.append(Line("", ""))
    lines.append(Line("LAYERS", "", .heading))
    lines += layer("local", row.local) + layer("vendor", row.vendor)
    lines.append(Line("State", stateSentence))
    lines.append(Line("", ""))
    lines.append(Line("ACCEPTED", "", .heading))
    lines.append(Line("For", accepted.text, accepted.role))
    return lines
  }

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

  private func layer(_ name: String, _ record: KeyRecord?) -> [Line] {
    guard let record else { return [Line(name, "no file", .dim)] }
    let what = record.status == .mask ? "empty file" : record.status.rawValue
    return [Line(name, what), Line("", VisibleText(record.file).description)]
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

extension Grid {
  /// Draws described lines into an area: labels in one column, texts wrapped in the other.
  mutating func put(_ lines: [KeyDescription.Line], in area: Rectangle, _ theme: Theme, from first: Int = 0) {
    let labelWidth = 13
    var row = area.row - first
    for line in lines {
      let width = max(8, area.columns - labelWidth)
      let pieces = line.text.wrapped(to: width)
      for (offset, piece) in pieces.enumerated() {
        defer { row += 1 }
        guard row >= area.row, row < area.row + area.rows else { continue }
        if offset == 0 {
          put(row, area.column, line.label, theme.style(line.role == .heading ? .heading : .dim), width: labelWidth)
        }
        put(row, area.column + labelWidth, piece, theme.style(line.role), width: width)
      }
    }
  }
}

extension String {
  /// The text in lines of at most `width` characters, cut at spaces where there are any; at least one line.
  func wrapped(to width: Int) -> [String] {
    guard count > width, width > 0 else { return [self] }
    var lines: [String] = []
    var rest = self[...]
    while rest.count > width {
      let limit = rest.index(rest.startIndex, offsetBy: width)
      let space = rest[..<limit].lastIndex(of: " ")
      let cut = space.map { $0 > rest.startIndex ? $0 : limit } ?? limit
      lines.append(String(rest[..<cut]))
      rest = rest[cut...]
      if rest.first == " " { rest = rest.dropFirst() }
    }
    return lines + [String(rest)]
  }
}
