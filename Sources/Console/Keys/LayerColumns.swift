internal import Screen
internal import TrustModel

/// The columns of the layers side by side, for a window of some width.
struct LayerColumns {
  private let scope: Int
  private let side: Int
  private let isFull: Bool
  private let width: Int

  init(_ width: Int) {
    self.width = width
    isFull = width >= 110
    scope = isFull ? 24 : width >= 70 ? 22 : width >= 50 ? 16 : 8
    side = isFull ? 34 : width >= 70 ? 18 : width >= 50 ? 12 : 10
  }

  private var last: Int { 3 + scope + 2 * side }

  func drawHeading(into grid: inout Grid, _ row: Int, _ theme: Theme) {
    let style = theme.style(.heading)
    let vendor = isFull ? "VENDOR  /usr/lib/rkt/trustedkeys" : "VENDOR"
    let local = isFull ? "LOCAL  /etc/rkt/trustedkeys" : "LOCAL"
    let columns = [(3, "SCOPE", scope), (3 + scope, vendor, side), (3 + scope + side, local, side)]
    for (start, text, size) in columns { grid.put(row, start, text, style, width: size - 1) }
    grid.put(row, last, isFull ? "WHAT COUNTS" : "COUNTS", style, width: max(0, width - last))
  }

  func draw(_ row: KeyRow, isCurrent: Bool, into grid: inout Grid, _ line: Int, _ context: Context) {
    let plain = context.theme.style(isCurrent ? .selection : .normal)
    let role: Theme.Role = row.mark == "+" ? .accepted : row.mark == "!" ? .warning : .refused
    grid.put(line, 0, isCurrent ? ">" : " ", plain, width: width)
    grid.put(line, 1, row.mark, isCurrent ? plain : context.theme.style(role), width: 1)
    grid.put(line, 3, row.scope == .root ? "*" : row.scope.description, plain, width: scope - 1)
    grid.put(line, 3 + scope, text(row, row.vendor, context), plain, width: side - 1)
    let isSame = row.state == .same
    let local = isSame ? (isFull ? "\(row.label)  same key" : "same key") : text(row, row.local, context)
    grid.put(line, 3 + scope + side, local, plain, width: side - 1)
    grid.put(line, last, isFull ? counts(row) : word(row), plain, width: max(0, width - last))
  }

  /// What a layer has of a key: its last digits and its end.
  private func text(_ row: KeyRow, _ record: KeyRecord?, _ context: Context) -> String {
    guard let record else { return "." }
    if record.status == .mask { return isFull ? "empty file (mask)" : side > 10 ? "empty file" : "empty" }
    guard record.algorithm != nil else { return isFull ? "\(row.label)  not a key" : "not a key" }
    guard isFull else {
      return String(row.label.suffix(9)) + (side > 14 ? " " + end(record, context, short: true) : "")
    }
    return row.label + "  " + end(record, context, short: false)
  }

  private func end(_ record: KeyRecord, _ context: Context, short: Bool) -> String {
    guard let expires = record.expires else { return "never" }
    if expires <= context.now { return "EXPIRED" }
    return short ? String(expires.date.prefix(7)) : expires.date
  }

  private func counts(_ row: KeyRow) -> String {
    switch row.state {
    case .masked: return "nothing: MASKED"
    case .mask: return "nothing: MASK"
    case .broken: return "nothing: BROKEN"
    case .vendor, .local, .override, .same: break
    }
    let owner = row.state == .vendor ? "vendor's" : "local's"
    guard row.isAccepted else { return "nothing: \(owner) is \(row.record?.status.rawValue ?? "no key")" }
    return row.state == .override || row.state == .same ? "\(owner): \(row.state.rawValue)" : owner
  }

  private func word(_ row: KeyRow) -> String {
    switch row.state {
    case .masked, .mask, .broken: return row.state.rawValue
    case .vendor, .local, .override, .same:
      return row.isAccepted ? row.state.rawValue : (row.record?.status.rawValue ?? "no key").uppercased()
    }
  }
}
