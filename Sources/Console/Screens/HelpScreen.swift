internal import Screen

/// The keys that work on the screen below, from the table that the footer is made of.
struct HelpScreen: ConsoleScreen {
  private let commands: [Command]
  private let place: String
  private var first = 0

  init(_ commands: [Command], of place: String) {
    self.commands = commands + Command.movements
    self.place = place
  }

  var title: String { "Help\(place.isEmpty ? "" : ": \(place)")" }

  func commands(_ context: Context) -> [Command] { [.back, .quit] }

  mutating func take(_ event: Event, _ context: Context) -> [Effect]? {
    Command.help.row.events.contains(event) ? [.close] : nil
  }

  mutating func perform(_ command: Command, _ context: Context) -> [Effect] {
    switch command {
    case .back, .quit: return [.close]
    case .down: first = min(first + 1, max(0, lines.count - 3))
    case .up: first = max(0, first - 1)
    case .pageDown: first = min(first + 10, max(0, lines.count - 3))
    case .pageUp: first = max(0, first - 10)
    default: break
    }
    return []
  }

  private struct Line {
    let keys: String
    let text: String
    let isHeading: Bool
  }

  private var lines: [Line] {
    var lines: [Line] = []
    for section in Command.Section.allCases {
      let rows = commands.map(\.row).filter { $0.section == section }
      guard !rows.isEmpty else { continue }
      lines.append(Line(keys: section.rawValue, text: "", isHeading: true))
      lines += rows.map { Line(keys: $0.keys, text: $0.help, isHeading: false) }
    }
    let words = [
      ("VENDOR", "only in /usr/lib"), ("LOCAL", "only in /etc"), ("OVERRIDE", "in both, and they differ"),
      ("SAME", "in both, alike"), ("MASKED", "switched off by an empty file in /etc"),
      ("MASK", "an empty file with nothing to switch off"), ("BROKEN", "not a key file"),
      ("+ - !", "accepted, not accepted, needs attention"),
      ("THEN", "the verdict that an image was taken under"), ("TODAY", "the verdict by the keys as they are now"),
    ]
    lines.append(Line(keys: "WORDS", text: "", isHeading: true))
    return lines + words.map { Line(keys: $0.0, text: $0.1, isHeading: false) }
  }

  func draw(into grid: inout Grid, _ area: Rectangle, _ context: Context) {
    for (offset, line) in lines.dropFirst(first).prefix(area.rows).enumerated() {
      let row = area.row + offset
      if line.isHeading {
        grid.put(row, 1, line.keys, context.theme.style(.heading), width: area.columns - 2)
      } else {
        grid.put(row, 3, line.keys, context.theme.style(.key), width: 9)
        grid.put(row, 13, line.text, width: area.columns - 14)
      }
    }
    grid.cursor = Position(row: area.row, column: 1)
  }
}
