internal import Screen
internal import TrustModel
internal import TrustVerify

/// The images of the store, with the verdict that each was taken under and today's.
struct ImagesScreen: ConsoleScreen {
  private var cursor = ListCursor()
  private var rows: [ImageRow] = []
  private var page = 10

  var title: String { "Images" }
  var view: Command? { .images }

  func commands(_ context: Context) -> [Command] {
    [.help, .open, .fetch, .verify, .remove, .explain, .back, .quit, .copy, .keys, .log, .reload]
  }

  mutating func refresh(_ context: Context) {
    let current = selected?.id
    rows = context.images?.rows ?? []
    // The cursor stays on its image, not on its line.
    cursor.set(rows.firstIndex { $0.id == current } ?? cursor.index, count: rows.count, page: page)
  }

  mutating func take(_ event: Event, _ context: Context) -> [Effect]? {
    switch event {
    case .resize(let size):
      page = ListLayout(size).listRows
      cursor.hold(count: rows.count, page: page)
    case .mouse(let mouse): cursor.take(mouse, top: 3, count: rows.count, page: page)
    default: return nil
    }
    return []
  }

  mutating func perform(_ command: Command, _ context: Context) -> [Effect] {
    if cursor.move(command, count: rows.count, page: page) { return [] }
    switch command {
    case .back, .quit: return [.close]
    case .fetch: return ImageActions.fetch("", context)
    case .explain: return [.open(ExplainScreen(name: selected?.record?.name.description ?? "", context))]
    default: break
    }
    guard let row = selected else { return [.say("There is no image here: \(context.key(.fetch)) fetches one.")] }
    switch command {
    case .open: return [.open(ImageScreen(row))]
    case .verify:
      guard let record = row.record else { return ImageActions.unreadable(context) }
      return [.open(ImageScreen(row, isReading: true)), .work(.images(.verify(record)))]
    case .remove: return ImageActions.remove(row, context)
    case .copy: return [.copy(row.id.description), .say("Copied \(row.id)")]
    default: return []
    }
  }

  private var selected: ImageRow? { rows.indices.contains(cursor.index) ? rows[cursor.index] : nil }

  func draw(into grid: inout Grid, _ area: Rectangle, _ context: Context) {
    let layout = ListLayout(grid.size)
    let columns = ImageColumns(layout.isWide ? layout.listColumns : area.columns)
    grid.put(area.row, 1, summary(context), width: area.columns - 2)
    columns.drawHeading(into: &grid, area.row + 1, context.theme)
    for line in 0..<layout.listRows {
      let index = cursor.top + line
      guard rows.indices.contains(index) else { break }
      columns.draw(rows[index], isCurrent: index == cursor.index, into: &grid, area.row + 2 + line, context.theme)
    }
    grid.cursor = Position(row: area.row + 2 + cursor.index - cursor.top, column: 1)
    guard let row = selected else { return drawEmpty(into: &grid, area, context) }
    let description = ImageDescription(
      row: row, keys: context.preferences.keys, users: context.images?.names(needing: row.id) ?? [])
    layout.draw(description.lines, brief: brief(row), into: &grid, area, context.theme)
  }

  private func summary(_ context: Context) -> String {
    guard let listing = context.images else { return "Reading the image store..." }
    guard listing.problem == nil else { return "The image store cannot be read." }
    guard !rows.isEmpty else { return "No images" }
    let accepted = rows.count { $0.mark == "+" }
    let refused = rows.count { $0.mark == "-" }
    let others = rows.count - accepted - refused
    var text = rows.count == 1 ? "1 image" : "\(rows.count) images"
    guard listing.isJudged else { return text + "; being judged by the keys of today" }
    text += ": \(accepted) accepted today, \(refused) refused"
    return others == 0 ? text : text + ", \(others) damaged or unclear"
  }

  private func drawEmpty(into grid: inout Grid, _ area: Rectangle, _ context: Context) {
    guard let listing = context.images else { return }
    let text = listing.problem ?? "The store holds no images yet: \(context.key(.fetch)) fetches one."
    for (offset, line) in text.wrapped(to: area.columns - 4).enumerated() {
      grid.put(area.row + 3 + offset, 3, line, context.theme.style(listing.problem == nil ? .normal : .warning))
    }
  }

  /// The image in a few lines, below the list.
  private func brief(_ row: ImageRow) -> [(String, Theme.Role)] {
    let sentence = row.sentence.wrapped(to: 78)
    let asked = row.record.map { "asked for as \(VisibleText($0.origin.asked))" }
    return [
      (row.id.description, .dim), (asked ?? "what the store knows of it cannot be read", .normal),
      (sentence[0], row.role), (sentence.dropFirst().joined(separator: " "), row.role),
    ]
  }
}
