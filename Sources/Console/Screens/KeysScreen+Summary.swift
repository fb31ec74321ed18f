internal import Screen
internal import TrustModel

// The line above the key list, and what stands in the place of an empty one.
extension KeysScreen {
  func drawFilter(into grid: inout Grid, _ area: Rectangle, _ context: Context) {
    let width = max(8, min(40, area.columns - 24))
    grid.put(area.row, 1, "Filter:", context.theme.style(.heading))
    field.draw(into: &grid, row: area.row, column: 9, width: width, style: context.theme.style(.field), focused: true)
    let column = 11 + width
    let text = list.filter.problem ?? "\(list.count) of \(list.table.rows.count)"
    let style = context.theme.style(list.filter.problem == nil ? .normal : .warning)
    grid.put(area.row, column, text, style, width: max(0, area.columns - column - 1))
    // Where it has no room beside the field it stands in the place of the heading below.
    guard let problem = list.filter.problem, problem.count > area.columns - column - 1 else { return }
    grid.put(area.row, column, "not understood", style, width: max(0, area.columns - column - 1))
    grid.put(area.row + 1, 0, "   " + problem, style, width: area.columns)
  }

  func drawSummary(into grid: inout Grid, _ area: Rectangle, _ context: Context) {
    guard let machine = context.machine else {
      grid.put(area.row, 1, "Reading the key layers...", context.theme.style(.dim))
      return
    }
    let all = machine.rows.count
    // What the person set comes first: the end of the line may be cut off.
    var text = list.filter.isEmpty ? "" : "filter: \(list.filter.text) (\(list.count) of \(all))   "
    if !list.marks.isEmpty { text += "\(list.marks.count) marked   " }
    if machine.unread > 0 {
      text += "\(machine.unread) files are still to be read   "
    } else if !machine.isJudged {
      text += "being judged   "
    }
    text += "\(all) \(all == 1 ? "key" : "keys"): \(machine.table.counts.words)"
    grid.put(area.row, 1, text, width: area.columns - 2)
    let sort = "sort: " + list.ordering.words
    let column = area.columns - 1 - sort.count
    if column > text.count + 3 { grid.put(area.row, column, sort, context.theme.style(.dim)) }
  }

  func drawEmpty(into grid: inout Grid, _ area: Rectangle, _ context: Context) {
    guard context.machine != nil else { return }
    let text =
      list.filter.isEmpty
      ? "This machine trusts no keys yet: \(context.key(.trust)) trusts one."
      : "Nothing matches: Esc clears the filter."
    grid.put(area.row + 3, 3, text, width: area.columns - 4)
  }
}

extension KeyRow {
  /// The key in a few lines, below the list.
  func brief(_ context: Context) -> [(String, Theme.Role)] {
    let algorithm = record?.algorithm?.description ?? ""
    func file(_ record: KeyRecord?) -> String { record.map { VisibleText($0.file).description } ?? "no file" }
    return [
      ((fingerprint?.grouped ?? VisibleText(name).description) + "   " + algorithm, .heading),
      ("local   " + file(local), local == nil ? .dim : .normal),
      ("vendor  " + file(vendor), vendor == nil ? .dim : .normal),
      (RowSentence.text(self, context), .normal),
    ]
  }
}
