internal import Screen
internal import TrustModel

/// A command of the shell that mends what an audit has found: shown and copied, never run.
struct ShellFixScreen: ConsoleScreen {
  private let finding: Finding
  private let command: String
  private var box = PlanBox("Mend it with the shell", Confirmation(button: nil))

  init(_ finding: Finding, _ words: [String]) {
    self.finding = finding
    command = "sudo " + ShellText.line(words)
  }

  var title: String { "Plan: a command for the shell" }

  func commands(_ context: Context) -> [Command] { [] }

  mutating func perform(_ command: Command, _ context: Context) -> [Effect] { [] }

  mutating func take(_ event: Event, _ context: Context) -> [Effect]? {
    if event == .text("y") { return [.copy(command), .say("Copied the command.")] }
    return switch box.take(event, lines) {
    case .cancelled: [.close]
    case .none, .confirmed, .tooEarly: []
    }
  }

  func draw(into grid: inout Grid, _ area: Rectangle, _ context: Context) {
    box.draw(lines, into: &grid, area, context.theme, keys: "  y:Copy")
  }

  private var lines: [DescribedLine] {
    [
      DescribedLine("FINDING", finding.id, .heading),
      DescribedLine("FILE", VisibleText(finding.file ?? "").description),
      DescribedLine("WHAT", finding.sentence.capitalizedFirst, finding.level.role), DescribedLine("", ""),
      DescribedLine("COMMAND", VisibleText(command).description), DescribedLine("", ""),
      DescribedLine("NOTE", "Keyreeve changes no rights and no links, and so cannot take this back"),
      DescribedLine("", "look at the file before: whoever could change it may have done so", .warning),
    ]
  }
}
