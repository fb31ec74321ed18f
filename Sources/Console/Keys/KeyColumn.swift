/// A column of the key list: what may be shown, and what the list may be sorted by.
enum KeyColumn: String, CaseIterable, Sendable {
  case state, scope, key, expires, user

  /// What stands above it.
  var title: String {
    switch self {
    case .state: "STATE"
    case .scope: "SCOPE"
    case .key: "KEY, last 16 of 40"
    case .expires: "EXPIRES"
    case .user: "USER ID"
    }
  }

  /// The title with an arrow, where the list is sorted by this column.
  func title(_ order: KeyOrdering) -> String {
    guard order.column == self else { return title }
    let short = self == .key ? "KEY, last 16" : title
    return short + (order.isReversed ? " ^" : " v")
  }

  /// Its name in a sentence.
  var word: String { self == .user ? "user id" : rawValue }

  /// The order in which `s` goes through the columns.
  var next: KeyColumn {
    switch self {
    case .scope: .state
    case .state: .key
    case .key: .expires
    case .expires: .user
    case .user: .scope
    }
  }
}

/// What the key list is sorted by.
struct KeyOrdering: Sendable, Equatable {
  var column = KeyColumn.scope
  var isReversed = false

  /// `scope`, or `expires, reversed`.
  var words: String { column.word + (isReversed ? ", reversed" : "") }
}

extension Preferences {
  /// The columns of the key list that the person wants, in order.
  var keyColumns: [KeyColumn] { columns.compactMap { KeyColumn(rawValue: $0) } }
}
