/// What the command line asks of a list.
enum ListOrder: Sendable, Equatable {
  /// Sorts by a column, by its name; one of `Preferences.columnNames`.
  case sort(String)
  /// Shows only the rows that match.
  case filter(String)
}
