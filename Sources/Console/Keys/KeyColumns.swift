internal import Screen
internal import TrustModel

/// Where the columns of the key list begin in a list of some width; those that do not fit are left out.
struct KeyColumns {
  /// A column in its place.
  private struct Place {
    let column: KeyColumn
    let start: Int
    let width: Int
  }

  private let places: [Place]
  private let width: Int

  /// The columns that are wanted, in this order, as far as there is room.
  init(_ width: Int, shown: [KeyColumn] = KeyColumn.allCases) {
    self.width = width
    let hasUser = shown.contains(.user)
    var (places, start): ([Place], Int) = ([], 3)
    for (offset, column) in shown.enumerated() {
      let isLast = offset == shown.count - 1
      guard offset == 0 || width >= start + Self.least(column) else { break }
      let wanted = isLast || column == .user && hasUser ? width - start : Self.width(of: column, in: width)
      places.append(Place(column: column, start: start, width: max(1, min(wanted, width - start))))
      start += wanted
    }
    self.places = places
  }

  private static func width(of column: KeyColumn, in width: Int) -> Int {
    switch column {
    case .state: 9
    case .scope: width >= 70 ? 21 : 12
    case .key: 21
    case .expires: 12
    case .user: 30
    }
  }

  private static func least(_ column: KeyColumn) -> Int { column == .key ? 16 : 8 }

  /// The column at a column of the screen.
  func column(at position: Int) -> KeyColumn? {
    guard (0..<width).contains(position) else { return nil }
    return (places.last { $0.start <= position } ?? places.first)?.column
  }

  func drawHeading(into grid: inout Grid, _ row: Int, _ ordering: KeyOrdering, _ theme: Theme) {
    for place in places {
      grid.put(row, place.start, place.column.title(ordering), theme.style(.heading), width: place.width)
    }
  }

  /// Draws the line that stands before a group.
  func drawGroup(_ scope: Scope, into grid: inout Grid, _ line: Int, _ theme: Theme) {
    let name = scope == .root ? "-- every image (root.d) " : "-- prefix.d "
    let rule = String(repeating: "-", count: max(0, width - 4 - name.count))
    grid.put(line, 3, name + rule, theme.style(.dim), width: width - 3)
  }

  func draw(
    _ row: KeyRow, isCurrent: Bool, isMarked: Bool, into grid: inout Grid, _ line: Int, _ context: Context
  ) {
    let theme = context.theme
    let plain = theme.style(isCurrent ? .selection : .normal)
    func style(_ role: Theme.Role) -> Style { isCurrent ? plain : theme.style(role) }
    let state = style(row.mark == "+" ? .accepted : row.mark == "!" ? .warning : .refused)
    grid.put(line, 0, isCurrent ? ">" : " ", plain, width: width)
    grid.put(line, 1, row.mark, state, width: 1)
    if isMarked { grid.put(line, 2, "*", style(.match), width: 1) }
    for place in places {
      let text = text(row, place.column, context)
      let role = text.isLoud ? style(.warning) : place.column == .state ? state : plain
      let isLast = place.start + place.width >= width
      grid.put(line, place.start, text.text, role, width: isLast ? place.width : max(1, place.width - 1))
    }
  }

  private func text(_ row: KeyRow, _ column: KeyColumn, _ context: Context) -> (text: String, isLoud: Bool) {
    switch column {
    case .state: return (row.state.rawValue, false)
    case .scope: return (row.scope == .root ? "*" : row.scope.description, false)
    case .key: return (row.label, false)
    case .user: return (row.who, false)
    case .expires:
      let text = row.expiry(at: context.now)
      return (text, ["EXPIRED", "REVOKED", "WEAK"].contains(text) || text.hasPrefix("in "))
    }
  }
}
