internal import Screen
internal import TrustModel

/// Asking for keys: what the screens that do so have in common.
struct KeyInquiry: Sendable {
  /// The order that is being carried out.
  private(set) var order: KeyOrder?
  /// What has been done for it, and last what is being done.
  private var steps: [String] = []
  /// What went wrong with the last one.
  var problem: String?

  /// Begins.
  mutating func start(_ order: KeyOrder) -> [Effect] {
    (self.order, problem, steps) = (order, nil, [order.step])
    return [.work(.review(order))]
  }

  /// Ends it early.
  mutating func stop() -> [Effect] {
    guard let order else { return [] }
    (self.order, problem) = (nil, "Stopped. Nothing was trusted.")
    return [.stop(order.cancellation)]
  }

  /// Takes news: the keys are shown in place of the screen that asked for them.
  mutating func take(_ news: News) -> [Effect]? {
    if let order, case .reviewing(order, let step) = news {
      // How far a transfer is takes the place of how far it was.
      if step.hasPrefix("receiving"), steps.last?.hasPrefix("receiving") == true { steps.removeLast() }
      steps.append(step)
      return []
    }
    guard let order, case .reviewed(order, let end) = news else { return nil }
    self.order = nil
    switch end {
    case .failed(let sentence):
      problem = sentence.capitalizedFirst
      return []
    case .keys(let keys):
      return [.close] + keys.reversed().map { .open(ReviewScreen($0)) } + [.dropTypeAhead]
    }
  }

  /// Draws what is being done, or what went wrong; false where there is neither.
  func draw(into grid: inout Grid, _ area: Rectangle, _ theme: Theme) -> Bool {
    guard order != nil || problem != nil else { return false }
    var lines = (problem ?? "").wrapped(to: area.columns)
    if order != nil {
      // The last steps are the ones that matter where there is no room for all.
      lines = steps.enumerated().flatMap { index, step in
        (index == steps.count - 1 ? "Now \(step)..." : "Done: \(step)").wrapped(to: area.columns)
      }.suffix(max(1, area.rows))
    }
    for (offset, line) in lines.prefix(area.rows).enumerated() {
      let role: Theme.Role = order == nil ? .warning : line.hasPrefix("Done: ") ? .dim : .heading
      grid.put(area.row + offset, area.column, line, theme.style(role))
    }
    return true
  }

  /// Draws a field with its label.
  static func draw(
    _ label: String, _ field: LineField, isFocused: Bool, into grid: inout Grid, _ row: Int, _ columns: Int,
    _ theme: Theme
  ) {
    grid.put(row, 1, label, theme.style(.heading), width: DescribedLine.labelWidth - 1)
    field.draw(
      into: &grid, row: row, column: 1 + DescribedLine.labelWidth,
      width: max(8, columns - DescribedLine.labelWidth - 3),
      style: theme.style(.field), focused: isFocused)
  }
}
