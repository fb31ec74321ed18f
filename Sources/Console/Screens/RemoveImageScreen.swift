internal import Screen
internal import TrustModel
internal import TrustVerify

/// The plan to remove an image from the store.
struct RemoveImageScreen: ConsoleScreen {
  private let row: ImageRow
  private let users: [String]
  private var box: PlanBox

  init(_ row: ImageRow, users: [String]) {
    (self.row, self.users) = (row, users)
    box = PlanBox("Remove this image?", Confirmation(button: users.isEmpty ? "Remove" : nil))
  }

  var title: String { "Plan: remove an image" }

  func commands(_ context: Context) -> [Command] { [] }

  mutating func perform(_ command: Command, _ context: Context) -> [Effect] { [] }

  mutating func take(_ event: Event, _ context: Context) -> [Effect]? {
    switch box.take(event, lines(context)) {
    case .none: []
    case .cancelled: [.close, .say("Nothing was removed.")]
    case .confirmed: [.close, .say("Removing..."), .work(.images(.remove(row)))]
    case .tooEarly(let text): [.say(text)]
    }
  }

  func draw(into grid: inout Grid, _ area: Rectangle, _ context: Context) {
    box.draw(lines(context), into: &grid, area, context.theme)
  }

  private func lines(_ context: Context) -> [DescribedLine] {
    var lines = [DescribedLine("IMAGE", row.name, .heading), DescribedLine("", row.id.description, .dim)]
    let place = (context.images?.place).map { "\($0)/\(row.id.short)..." } ?? "its directory"
    let size = row.record.map { ", \(OctetCount.text($0.size))" } ?? ""
    lines.append(DescribedLine("WILL DO", "remove \(place) with the image, its signature and its record\(size)"))
    guard users.isEmpty else {
      lines.append(DescribedLine("NEEDED BY", users.joined(separator: ", "), .warning))
      let next = "these stand on it: remove them first, or: keyreeve image rm --force \(row.id.short)"
      return lines + [DescribedLine("", next, .warning)]
    }
    lines.append(DescribedLine("EFFECT", "it is no longer here; trusted keys and other images stay as they are"))
    for dependency in row.record?.dependencies ?? [] {
      let text = "\(dependency.name) stays; keyreeve image gc removes what nothing stands on any more"
      lines.append(DescribedLine("", text))
    }
    let asked = row.record.map { ": keyreeve fetch \(VisibleText($0.origin.asked))" } ?? ""
    lines.append(DescribedLine("UNDO", "none; it can be fetched again\(asked)", .warning))
    return lines
  }
}
