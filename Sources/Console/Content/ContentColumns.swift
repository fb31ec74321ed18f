internal import Screen
internal import TrustModel

/// Where the columns of the list of repositories begin at some width; those that do not fit are left out.
struct ContentColumns {
  private struct Texts {
    let mark: String
    let name: String
    let tags: String
    let until: String
    let signers: String
  }

  private let width: Int
  private let now: Timestamp

  init(_ width: Int, _ now: Timestamp) { (self.width, self.now) = (width, now) }

  private var tags: Int { max(20, width - (width >= 70 ? 42 : width >= 50 ? 20 : 7)) }

  func drawHeading(into grid: inout Grid, _ row: Int, _ theme: Theme) {
    let names = Texts(mark: " ", name: "REPOSITORY", tags: "TAGS", until: "RENEW BY", signers: "SIGNED BY")
    draw(names, into: &grid, row, theme.style(.heading), theme.style(.heading))
  }

  func draw(_ content: ContentRow, isCurrent: Bool, into grid: inout Grid, _ row: Int, _ theme: Theme) {
    let plain = theme.style(isCurrent ? .selection : .normal)
    let role: Theme.Role = content.mark == "+" ? .accepted : content.mark == "!" ? .warning : .refused
    let until = content.report.map { report in
      let days = report.lasts.days(since: now)
      return days < 30 ? "in \(max(0, days)) days" : report.lasts.date
    }
    let texts = Texts(
      mark: content.mark, name: content.repository.name, tags: content.report.map { "\($0.tags)" } ?? "-",
      until: until ?? "does not count",
      signers: content.report.map { VisibleText($0.signers.joined(separator: ", ")).description } ?? content.problem
        ?? "")
    grid.put(row, 0, isCurrent ? ">" : " ", plain, width: width)
    draw(texts, into: &grid, row, plain, isCurrent ? plain : theme.style(role))
  }

  private func draw(_ texts: Texts, into grid: inout Grid, _ row: Int, _ style: Style, _ mark: Style) {
    grid.put(row, 1, texts.mark, mark)
    grid.put(row, 3, texts.name, style, width: tags - 4)
    grid.put(row, tags, texts.tags, style, width: min(6, width - tags))
    if width >= 50 { grid.put(row, tags + 7, texts.until, style, width: min(13, width - tags - 7)) }
    if width >= 70 { grid.put(row, tags + 21, texts.signers, style, width: max(0, width - tags - 21)) }
  }
}
