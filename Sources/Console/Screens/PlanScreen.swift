internal import Screen
internal import Stores
internal import TrustChange
internal import TrustModel

/// A plan and its effects, before anything is written.
///
/// Where something that is accepted would be refused, the last four digits of the key are asked for as well. What is shown
/// is what is applied: it stays the same whatever is read of the machine meanwhile.
struct PlanScreen: ConsoleScreen {
  private let change: Change
  private let reason: String?
  private let request: PlanRequest?
  private let changed: String?
  private var lines: [DescribedLine] = []
  private var commands: [String] = []
  private var box: PlanBox

  /// A plan; `request` is what was asked for, and `changed` the file that was another when it was planned before.
  init(_ change: Change, reason: String?, request: PlanRequest? = nil, changed: String? = nil) {
    (self.change, self.reason, self.request, self.changed) = (change, reason, request, changed)
    let name = request?.button(for: change) ?? change.verb.rawValue.capitalizedFirst
    let wider = change.elsewhere.isEmpty || request?.wider == nil ? nil : "Everywhere"
    let heading = "\(name)\(request?.extent(of: change) ?? "")?"
    box = PlanBox(heading, Confirmation(button: name, demand: Self.demand(change), wider: wider))
  }

  /// The digits of a key that no longer counts, or whose images here will be refused; of several keys, how many they are.
  private static func demand(_ change: Change) -> Confirmation.Demand? {
    guard let demand = change.demand else { return nil }
    let what = "Images \(change.refusedImages != nil ? "HERE " : "")will be refused"
    if case .count = demand {
      return Confirmation.Demand(
        question: "\(what). Type how many keys no longer count: ", brief: "How many keys no longer count: ",
        answer: demand.answer, hint: "count first", complaint: "Type how many keys no longer count first.")
    }
    let name = change.verb == .rotate ? "the OLD key" : "the key"
    return Confirmation.Demand(
      question: "\(what). Type the last 4 digits of \(name): ", brief: "Last 4 digits of \(name): ",
      answer: demand.answer, hint: "digits first", complaint: "Type the last 4 digits of \(name) first.")
  }

  var title: String { "Plan: \(change.verb.rawValue)" }

  func commands(_ context: Context) -> [Command] { [] }

  mutating func perform(_ command: Command, _ context: Context) -> [Effect] { [] }

  /// Describes the plan once, with the names as they were known when it was opened.
  mutating func refresh(_ context: Context) {
    guard lines.isEmpty else { return }
    let machine = context.sysroot.map { ["--sysroot", $0] } ?? []
    commands = (request?.commands(for: change) ?? []).map { ShellText.line(["keyreeve"] + $0 + machine) }
    lines =
      PlanDescription(
        change: change, context: context, names: PlanDescription.names(in: change), commands: commands,
        changed: changed,
        isNarrow: !change.elsewhere.isEmpty && request?.wider != nil
      ).lines
  }

  mutating func take(_ event: Event, _ context: Context) -> [Effect]? {
    if event == .text("y"), !box.isTyping, !commands.isEmpty {
      return [.copy(commands.joined(separator: "\n")), .say("Copied the command.")]
    }
    return switch box.take(event, lines) {
    case .none where box.isWidened: widen()
    case .none: []
    case .cancelled: [.close, .say("Nothing was changed.")]
    case .confirmed: [.close, .say("Writing..."), .work(.apply(change, reason: reason, request: request))]
    case .tooEarly(let text): [.say(text)]
    }
  }

  private func widen() -> [Effect] {
    request?.wider.map { [.say("Planning for every scope..."), .work(.plan($0))] } ?? []
  }

  func draw(into grid: inout Grid, _ area: Rectangle, _ context: Context) {
    box.draw(lines, into: &grid, area, context.theme, keys: commands.isEmpty ? "" : "  y:Copy")
  }
}
