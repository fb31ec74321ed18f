internal import TrustModel

/// Words that a row must match: all of them, `!word` must not, `state:` and `scope:` look at one column.
struct RowFilter: Sendable {
  private let words: [Substring]

  init(_ text: String) {
    words = text.lowercased().split(separator: " ")
  }

  func matches(_ row: KeyRow) -> Bool {
    guard !words.isEmpty else { return true }
    let text = row.searchText
    return words.allSatisfy { word in
      word.hasPrefix("!") && word.count > 1 ? !matches(word.dropFirst(), row, text) : matches(word, row, text)
    }
  }

  private func matches(_ word: Substring, _ row: KeyRow, _ text: String) -> Bool {
    if word.hasPrefix("state:") { return row.state.rawValue.lowercased().hasPrefix(word.dropFirst(6)) }
    if word.hasPrefix("scope:") { return row.scope.description.hasPrefix(word.dropFirst(6)) }
    return text.contains(word)
  }
}
