internal import TrustModel

/// What was said to the person, for those who looked away.
struct MessageLog: Sendable {
  /// One message.
  struct Entry: Sendable, Equatable {
    let when: Timestamp
    let text: String
  }

  /// The most messages that are kept; the oldest go first.
  static let limit = 200
  /// The most characters that are kept of one.
  static let textLimit = 1000

  /// The newest is the last.
  private(set) var entries: [Entry] = []

  /// Keeps a message; empty ones and what only says that work goes on are none.
  mutating func note(_ text: String, at now: Timestamp) {
    guard !text.isEmpty, !text.hasSuffix("...") else { return }
    entries.append(Entry(when: now, text: String(text.prefix(Self.textLimit))))
    if entries.count > Self.limit { entries.removeFirst(entries.count - Self.limit) }
  }
}
