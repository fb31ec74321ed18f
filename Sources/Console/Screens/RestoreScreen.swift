internal import Screen
internal import TrustChange
internal import TrustModel

/// What a restore would do, before anything is written; the word has to be typed.
struct RestoreScreen: ConsoleScreen {
  private let plan: RestorePlan
  private let order: BackupOrder
  private let lines: [DescribedLine]
  private var box: PlanBox

  init(_ plan: RestorePlan, _ order: BackupOrder, _ keys: KeyBindings) {
    (self.plan, self.order) = (plan, order)
    var lines = BackupDescription.plan(plan)
    if plan.refusals.isEmpty {
      let undo = "each store is one change; \(keys.name(.undo)) takes the last back, so does keyreeve undo"
      lines.append(DescribedLine("UNDO", undo))
      let demand = Confirmation.Demand(
        question: "Type the word restore: ", brief: "Type the word restore: ", answer: "restore",
        hint: "the word first",
        complaint: "Type the word restore first.")
      box = PlanBox("Restore this backup?", Confirmation(button: "Restore", demand: demand))
    } else {
      let next = "nothing is restored; to overwrite them: keyreeve restore --force \(VisibleText(order.file))"
      lines.insert(DescribedLine("REFUSED", next, .refused), at: 1)
      box = PlanBox("This backup cannot be restored", Confirmation(button: nil))
    }
    self.lines = lines
  }

  var title: String { "Plan: restore" }

  func commands(_ context: Context) -> [Command] { [] }

  mutating func perform(_ command: Command, _ context: Context) -> [Effect] { [] }

  mutating func take(_ event: Event, _ context: Context) -> [Effect]? {
    switch box.take(event, lines) {
    case .none: []
    case .cancelled: [.close, .say("Nothing was restored.")]
    case .confirmed: [.close, .say("Restoring..."), .work(.restore(order, plan))]
    case .tooEarly(let text): [.say(text)]
    }
  }

  func draw(into grid: inout Grid, _ area: Rectangle, _ context: Context) {
    box.draw(lines, into: &grid, area, context.theme)
  }
}
