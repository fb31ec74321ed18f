internal import TrustModel

/// What the key browser shows of the machine: the rows that match, in an order, with a cursor and marks.
///
/// Nothing here depends on the number of rows but the filter and a new order.
struct KeyList: Sendable {
  private(set) var table = KeyTable([])
  private(set) var filter = KeyFilter()
  /// The last filter that was cleared: `n` goes to what it matched.
  private(set) var former = KeyFilter()
  private(set) var ordering = KeyOrdering()
  private(set) var marks: Set<KeyPlace> = []
  private(set) var lines = KeyLines(rowCount: 0)
  private(set) var cursor = ListCursor()
  private var shown: [Int32] = []
  private var page = 10

  /// How few lines a list may have and still spend two on groups.
  private static let pageWithGroups = 6

  var isEmpty: Bool { shown.isEmpty }
  var count: Int { shown.count }
  var current: KeyRow? { row(at: cursor.index) }
  /// The marked rows, in the order of scope and name.
  var marked: [KeyRow] { marks.sorted().compactMap { place in table.index(of: place).map { table.rows[$0] } } }

  func row(at line: Int) -> KeyRow? { lines.row(at: line).map { table.rows[Int(shown[$0])] } }

  // MARK: What is shown

  /// Takes in what the machine is now; the cursor stays on its key, not on its line.
  mutating func take(_ table: KeyTable, isWhole: Bool, at now: Timestamp) {
    let place = current?.place
    self.table = table
    if isWhole { marks = marks.filter { table.index(of: $0) != nil } }
    show(at: now, keeping: place)
  }

  mutating func setFilter(_ text: String, at now: Timestamp) {
    guard text != filter.text else { return }
    let wanted = KeyFilter(text)
    let place = current?.place
    let isNarrower = wanted.narrows(filter)
    filter = wanted
    guard isNarrower else { return show(at: now, keeping: place) }
    shown = wanted.matches(shown, in: table, at: now)
    place.map { putCursor(on: $0) } ?? arrange()
  }

  mutating func clearFilter(at now: Timestamp) {
    if !filter.isEmpty { former = filter }
    setFilter("", at: now)
  }

  mutating func clearMarks() { marks = [] }

  mutating func sort(by column: KeyColumn, at now: Timestamp) {
    ordering = KeyOrdering(column: column, isReversed: ordering.column == column && !ordering.isReversed)
    show(at: now, keeping: current?.place)
  }

  mutating func reverse(at now: Timestamp) {
    ordering.isReversed.toggle()
    show(at: now, keeping: current?.place)
  }

  private mutating func show(at now: Timestamp, keeping place: KeyPlace?) {
    let order = table.orders[ordering.column]
    shown = filter.matches(ordering.isReversed ? order.reversed() : order, in: table, at: now)
    place.map { putCursor(on: $0) } ?? arrange()
  }

  // MARK: Cursor

  mutating func setPage(_ page: Int) {
    let place = current?.place
    self.page = page
    place.map { putCursor(on: $0) } ?? arrange()
  }

  /// Moves as a command says; false where the command is no movement.
  mutating func move(_ command: Command) -> Bool {
    let before = cursor.index
    guard cursor.move(command, count: lines.count, page: page) else { return false }
    leaveGroupLine(upwards: cursor.index < before)
    return true
  }

  mutating func take(_ mouse: ListMouse) {
    cursor.take(mouse.event, top: mouse.top, count: lines.count, page: page)
    leaveGroupLine(upwards: false)
  }

  /// Goes to the next row that a filter matches, or the one before; false where there is none.
  mutating func jump(to wanted: KeyFilter, forward: Bool, at now: Timestamp) -> Bool {
    guard let start = lines.row(at: cursor.index) else { return false }
    for step in 1...shown.count {
      let row = (start + (forward ? step : shown.count - step)) % shown.count
      guard wanted.matches(Int(shown[row]), in: table, at: now) else { continue }
      cursor.set(lines.line(of: row), count: lines.count, page: page)
      return true
    }
    return false
  }

  private mutating func putCursor(on place: KeyPlace) {
    arrange()
    guard let index = table.index(of: place), let row = shown.firstIndex(of: Int32(index)) else { return }
    cursor.set(lines.line(of: row), count: lines.count, page: page)
  }

  private mutating func arrange() {
    lines = KeyLines(rowCount: shown.count, split: page >= Self.pageWithGroups ? split : nil)
    cursor.hold(count: lines.count, page: page)
    leaveGroupLine(upwards: false)
  }

  /// The cursor never stands on the line of a group.
  private mutating func leaveGroupLine(upwards: Bool) {
    guard lines.row(at: cursor.index) == nil, lines.rowCount > 0 else { return }
    let step = upwards && cursor.index > 0 ? -1 : 1
    cursor.set(cursor.index + step, count: lines.count, page: page)
  }

  /// How many rows of the first group there are, in the order of scope.
  private var split: Int? {
    guard ordering.column == .scope, let first = shown.first else { return nil }
    let isRootFirst = table.rows[Int(first)].scope == .root
    var (low, high) = (0, shown.count)
    while low < high {
      let middle = (low + high) / 2
      if (table.rows[Int(shown[middle])].scope == .root) == isRootFirst { low = middle + 1 } else { high = middle }
    }
    return low
  }

  // MARK: Marks

  /// Marks the current row, or takes its mark away, and goes on; false where it is not a key file.
  mutating func mark() -> Bool {
    guard let row = current, row.fingerprint != nil else { return false }
    if marks.remove(row.place) == nil { marks.insert(row.place) }
    _ = move(.down)
    return true
  }
}
