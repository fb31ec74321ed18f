internal import Screen
internal import TrustModel

/// The first line: the views, which of them is shown, and the rights; or the way to a screen that is no view.
///
/// Pure. What does not fit is left out in steps, so that neither the current view nor the rights are ever cut.
struct TitleBar {
  /// One of the views.
  struct Tab {
    let command: Command
    /// What is to be seen there, where it is known.
    var count: Int?
  }

  /// The text, without the rights.
  let text: String
  /// Machine and rights, for the right end.
  let rights: String
  /// Where the tabs stand.
  private(set) var places: [(range: Range<Int>, command: Command)] = []

  /// The views, in the order of their numbers.
  static func tabs(_ context: Context) -> [Tab] {
    let alarming = context.audit.map(\.alarming).flatMap { $0 > 0 ? $0 : nil }
    return [
      Tab(command: .keys), Tab(command: .explain), Tab(command: .log), Tab(command: .images),
      Tab(command: .audit, count: alarming), Tab(command: .content),
    ]
  }

  init(_ screen: any ConsoleScreen, _ context: Context, columns: Int) {
    let short = context.isReadOnly ? "read-only " : "can write "
    let host = VisibleText(context.host, limit: 30).description
    let long = (host.isEmpty ? "" : host + " ") + short
    guard let view = screen.view else {
      let way = " keyreeve > \(screen.title)"
      rights = [long, short].first { way.count + 1 + $0.count <= columns } ?? ""
      text = way
      return
    }
    let forms: [(start: String, isNamed: Bool, rights: String)] = [
      (" keyreeve | ", true, long), (" keyreeve | ", true, short), (" ", true, short), (" ", false, short),
      (" ", false, ""),
    ]
    for form in forms {
      let row = Self.row(form.start, isNamed: form.isNamed, view, context)
      guard row.text.count + 1 + form.rights.count <= columns || form.rights.isEmpty else { continue }
      (text, places, rights) = (row.text, row.places, form.rights)
      return
    }
    (text, rights) = (" keyreeve", "")
  }

  private static func row(
    _ start: String, isNamed: Bool, _ view: Command, _ context: Context
  ) -> (text: String, places: [(range: Range<Int>, command: Command)]) {
    var text = start
    var places: [(range: Range<Int>, command: Command)] = []
    for tab in tabs(context) {
      let row = context.preferences.keys.row(tab.command)
      // The digit, where there is one: it says in which order the views stand.
      let digit = row.events.map(KeyName.text).first { $0.count == 1 && $0.first?.isNumber == true } ?? row.keys
      let count = tab.count.map { "(\($0))" } ?? ""
      let isCurrent = tab.command == view
      let name = isNamed || isCurrent ? "\(digit):\(row.word)\(count)" : digit
      let first = text.count
      text += isCurrent ? "[\(name)]" : name
      places.append((first..<text.count, tab.command))
      text += " "
    }
    return (String(text.dropLast()), places)
  }

  /// The view whose tab stands in a column.
  func command(at column: Int) -> Command? { places.first { $0.range.contains(column) }?.command }

  /// Draws the line.
  func draw(into grid: inout Grid, _ theme: Theme) {
    let style = theme.style(.title).adding(.reverse)
    grid.put(0, 0, text, style, width: grid.size.columns)
    if !rights.isEmpty { grid.put(0, grid.size.columns - rights.count, rights, style) }
  }
}
