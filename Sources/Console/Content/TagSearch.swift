internal import ContentTrust
internal import Screen

/// A search for tags by a part of their names, whatever their case.
struct TagSearch: Sendable {
  /// What is typed.
  private(set) var field = LineField(limit: 128)
  /// Whether what is typed goes into the field.
  private(set) var isTyping = false
  /// The tags that were found; nil where nothing is looked for.
  private(set) var found: [SignedTag]?

  /// Whether it takes a row of the screen.
  var isOpen: Bool { isTyping || !field.isEmpty }

  /// Takes what is typed from now on.
  mutating func begin() { isTyping = true }

  /// Takes an event; false where it is not for the search.
  mutating func take(_ event: Event, _ report: RepositoryReport?) -> Bool {
    switch event {
    case .key(.escape) where isOpen, .interrupt where isOpen: self = TagSearch()
    case .key(.enter) where isTyping: isTyping = false
    case _ where isTyping && field.handle(event): look(report)
    default: return false
    }
    return true
  }

  /// Looks again, in what was read since.
  mutating func look(_ report: RepositoryReport?) {
    guard let report, !field.isEmpty else { return found = nil }
    let word = Array(field.text.lowercased().utf8)
    found = report.tags.indices.filter { report.names.contains(word, row: $0) }.map { report.tags[$0] }
  }

  /// Draws the field into a row.
  func draw(into grid: inout Grid, _ row: Int, _ columns: Int, _ theme: Theme) {
    grid.put(row, 0, " Find tag:", theme.style(.heading), width: columns)
    field.draw(
      into: &grid, row: row, column: 12, width: max(8, columns - 13), style: theme.style(.field), focused: isTyping)
  }
}
