internal import Screen
internal import TrustModel
internal import TrustVerify

/// One image of the store in full.
struct ImageScreen: ConsoleScreen {
  private var row: ImageRow
  private var users: [String] = []
  private var reading: ImageDescription.Reading
  private var isGone = false
  private var scroll = TextScroll()
  private var size = Size.full

  init(_ row: ImageRow, isReading: Bool = false) {
    self.row = row
    reading = isReading ? .begun : .none
  }

  var title: String { "Images > \(row.name)" }

  func commands(_ context: Context) -> [Command] {
    [.help, .back, .verify, .remove, .fetch, .explain, .quit, .copy, .reload, .keys, .log]
  }

  mutating func refresh(_ context: Context) {
    guard let listing = context.images else { return }
    users = listing.names(needing: row.id)
    if let now = listing.rows.first(where: { $0.id == row.id }) {
      (row, isGone) = (now, false)
    } else if listing.problem == nil {
      isGone = true
    }
  }

  mutating func take(_ event: Event, _ context: Context) -> [Effect]? {
    guard case .resize(let size) = event else { return nil }
    self.size = size
    return []
  }

  mutating func take(_ news: News, _ context: Context) -> [Effect]? {
    guard case .images(.verified(let record, let verdict, let time)) = news, record.id == row.id else { return nil }
    reading = .done(verdict, at: time)
    return [.say(ImageNews.verified(record, verdict, at: time).sentence)]
  }

  mutating func perform(_ command: Command, _ context: Context) -> [Effect] {
    if scroll.move(command, rows: lines(context).rows(columns: size.columns - 2), page: size.rows - 3) { return [] }
    switch command {
    case .back, .quit: return [.close]
    case .verify where !isGone:
      guard let record = row.record else { return ImageActions.unreadable(context) }
      guard reading != .begun else { return [.say("It is being read already.")] }
      reading = .begun
      return [.say("Reading every octet of it..."), .work(.images(.verify(record)))]
    case .remove where !isGone: return ImageActions.remove(row, context)
    case .fetch: return ImageActions.fetch(row.record?.origin.asked ?? "", context)
    case .explain: return [.open(ExplainScreen(name: row.record?.name.description ?? "", context))]
    case .copy: return [.copy(row.id.description), .say("Copied \(row.id)")]
    default: return []
    }
  }

  private func lines(_ context: Context) -> [DescribedLine] {
    let gone = DescribedLine("GONE", "This image is no longer in the store: Esc goes back.", .warning)
    return (isGone ? [gone] : [])
      + ImageDescription(row: row, keys: context.preferences.keys, users: users, reading: reading).lines
  }

  func draw(into grid: inout Grid, _ area: Rectangle, _ context: Context) {
    grid.put(
      scrolled: lines(context), in: Rectangle(row: area.row, column: 1, rows: area.rows, columns: area.columns - 2),
      context.theme, scroll, keys: context.scrollKeys)
    grid.cursor = Position(row: area.row, column: 1)
  }
}
