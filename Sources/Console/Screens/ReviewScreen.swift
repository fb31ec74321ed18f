internal import OpenPGP
internal import Screen
internal import TrustChange
internal import TrustModel

/// Second step of trusting a key: the review.
///
/// Enter alone never trusts. The fingerprint is compared with one that came another way: all 40 digits, or the last 16. Trusting without
/// comparing asks for a reason, which the log keeps.
struct ReviewScreen: ConsoleScreen {
  private enum Focus: CaseIterable { case compare, cancel, trust, without }

  private let review: TrustReview
  private let index: Int
  private let scope: Scope
  private var compare = LineField(limit: 60)
  private var reason = LineField(limit: 200)
  private var isGivingReason = false
  private var focus = Focus.compare

  init(_ review: TrustReview, index: Int, scope: Scope) {
    (self.review, self.index, self.scope) = (review, index, scope)
  }

  private var candidate: TrustReview.Candidate { review.candidates[index] }
  private var fingerprint: Fingerprint { candidate.certificate.fingerprint }

  var title: String { "Trust a new key (step 2 of 2: review, key \(index + 1) of \(review.candidates.count))" }

  /// What is confirmed must be seen: the key, the files, the effect, the buttons.
  var smallest: Size { Size(rows: 20, columns: 76) }

  func commands(_ context: Context) -> [Command] { [] }

  mutating func perform(_ command: Command, _ context: Context) -> [Effect] { [] }

  mutating func take(_ event: Event, _ context: Context) -> [Effect]? {
    if isGivingReason { return takeReason(event) }
    switch event {
    case .key(.escape), .interrupt: return [.close, .say("Nothing was trusted.")]
    case .key(.tab), .key(.down),
      .key(.right) where focus != .compare || event == .key(.tab):
      move(1)
    case .key(.backTab), .key(.up),
      .key(.left) where focus != .compare || event == .key(.backTab):
      move(-1)
    case .key(.enter): return press()
    default: if focus == .compare { _ = compare.handle(event) }
    }
    return []
  }

  private mutating func move(_ step: Int) {
    let all = candidate.refusal == nil ? Focus.allCases : [.cancel]
    let here = all.firstIndex(of: focus) ?? 0
    focus = all[(here + step + all.count) % all.count]
  }

  private mutating func press() -> [Effect] {
    switch focus {
    case .cancel: return [.close, .say("Nothing was trusted.")]
    case .trust where match.isWhole:
      return [.work(.planTrust(review, index: index, scope: scope, reason: "compared: \(match.words)"))]
    case .compare where match.isWhole: focus = .trust
    case .compare, .trust: return [.say("Type the fingerprint that you got another way, or its last 16 digits.")]
    case .without: isGivingReason = candidate.refusal == nil
    }
    return []
  }

  private mutating func takeReason(_ event: Event) -> [Effect] {
    switch event {
    case .key(.escape), .interrupt: isGivingReason = false
    case .key(.enter):
      guard !reason.isEmpty else { return [.say("Type a reason: the log keeps it.")] }
      return [.work(.planTrust(review, index: index, scope: scope, reason: "not compared: \(reason.text)"))]
    default: _ = reason.handle(event)
    }
    return []
  }

  private var match: FingerprintComparison { FingerprintComparison(typed: compare.text, with: fingerprint) }

  func draw(into grid: inout Grid, _ area: Rectangle, _ context: Context) {
    let theme = context.theme
    var row = area.row
    func line(_ label: String, _ text: String, _ role: Theme.Role = .normal, in grid: inout Grid) {
      for (offset, piece) in text.wrapped(to: max(10, area.columns - 15)).prefix(2).enumerated() {
        if offset == 0 { grid.put(row, 1, label, theme.style(.dim), width: 12) }
        grid.put(row, 14, piece, theme.style(role), width: area.columns - 15)
        row += 1
      }
    }
    let certificate = candidate.certificate
    let groups = fingerprint.grouped.split(separator: " ")
    line("From", "\(VisibleText(review.source))   \(review.size) octets", in: &grid)
    line("Digest", review.digest, .dim, in: &grid)
    row += 1
    line("Fingerprint", groups[..<5].joined(separator: "  "), .heading, in: &grid)
    line("", groups[5...].joined(separator: "  "), .heading, in: &grid)
    row += 1
    for user in certificate.userIDs.prefix(3) { line("User id", user.visible.description, in: &grid) }
    line("Key", "\(certificate.algorithm), made \(certificate.created.date), " + expiry(context.now), in: &grid)
    line("Trust for", scope == .root ? "EVERY image name" : "image names that begin with \(scope)", in: &grid)
    for remark in candidate.remarks.prefix(2) { line("Remark", remark, .warning, in: &grid) }
    row += 1
    if let refusal = candidate.refusal {
      line("REFUSED", refusal, .refused, in: &grid)
      row += 1
    } else if isGivingReason {
      line("Reason", "why it is trusted without comparing; the log keeps it:", in: &grid)
      reason.draw(
        into: &grid, row: row, column: 14, width: max(10, area.columns - 16), style: theme.style(.field), focused: true)
      row += 2
    } else {
      drawCompare(into: &grid, &row, area, theme)
    }
    drawButtons(into: &grid, row, theme)
    grid.put(
      area.row + area.rows - 1, 1, "Tab:Next  Enter:Press  Esc:Cancel. Nothing has been written yet.",
      theme.style(.key), width: area.columns - 2)
  }

  private func expiry(_ now: Timestamp) -> String {
    guard let expires = candidate.judgement?.expires else { return "never expires" }
    return expires <= now ? "expired \(expires.date)" : "expires \(expires.date)"
  }

  private func drawCompare(into grid: inout Grid, _ row: inout Int, _ area: Rectangle, _ theme: Theme) {
    let hint =
      "Compare with a fingerprint that you got ANOTHER WAY (phone, paper, a web page): all 40 digits or the last 16."
    for piece in hint.wrapped(to: area.columns - 2) {
      grid.put(row, 1, piece)
      row += 1
    }
    compare.draw(
      into: &grid, row: row, column: 3, width: min(54, area.columns - 6), style: theme.style(.field),
      focused: focus == .compare)
    row += 1
    grid.put(
      row, 3, match.words, theme.style(match.isWhole ? .accepted : match.isWrong ? .refused : .dim),
      width: area.columns - 4)
    row += 1
  }

  private func drawButtons(into grid: inout Grid, _ row: Int, _ theme: Theme) {
    var column = 3
    let trust = match.isWhole ? "Trust" : "Trust: finish the compare"
    let buttons: [(Focus, String)] =
      candidate.refusal != nil
      ? [(.cancel, "Cancel")] : [(.cancel, "Cancel"), (.trust, trust), (.without, "Trust without comparing...")]
    for (which, name) in buttons {
      let isFocused = which == focus || candidate.refusal != nil
      let end = grid.put(row, column, "[ \(name) ]", theme.style(isFocused ? .selection : .normal))
      if isFocused, !isGivingReason, focus != .compare || candidate.refusal != nil {
        grid.cursor = Position(row: row, column: column)
      }
      column = end + 2
    }
  }
}
