internal import Screen
internal import Stores
internal import TrustChange
internal import TrustModel

/// A plan and its effects, before anything is written.
///
/// Where images that were accepted would be refused, the last four digits of the key are asked for as well.
struct PlanScreen: ConsoleScreen {
  private let change: Change
  private let reason: String?
  private let names: [Fingerprint: String]
  private var box: PlanBox

  init(_ change: Change, reason: String?) {
    (self.change, self.reason, names) = (change, reason, PlanDescription.names(in: change))
    let name = change.verb.rawValue.capitalizedFirst
    let digits = PlanDescription.withdrawn(by: change)?.description.suffix(4)
    let demand = digits.map {
      Confirmation.Demand(
        question:
          "Images will be refused. Type the last 4 digits of \(change.verb == .rotate ? "the OLD key" : "the key"): ",
        answer: String($0),
        hint: "digits first", complaint: "Type the last 4 digits of the key first.")
    }
    box = PlanBox("\(name)?", Confirmation(button: name, demand: demand))
  }

  var title: String { "Plan: \(change.verb.rawValue)" }

  var smallest: Size { PlanBox.smallest }

  func commands(_ context: Context) -> [Command] { [] }

  mutating func perform(_ command: Command, _ context: Context) -> [Effect] { [] }

  mutating func take(_ event: Event, _ context: Context) -> [Effect]? {
    switch box.take(event, lines(context)) {
    case .none: []
    case .cancelled: [.close, .say("Nothing was changed.")]
    case .confirmed: [.close, .say("Writing..."), .work(.apply(change, reason: reason))]
    case .tooEarly(let text): [.say(text)]
    }
  }

  func draw(into grid: inout Grid, _ area: Rectangle, _ context: Context) {
    box.draw(lines(context), into: &grid, area, context.theme)
  }

  private func lines(_ context: Context) -> [DescribedLine] {
    PlanDescription(change: change, context: context, names: names).lines
  }
}
