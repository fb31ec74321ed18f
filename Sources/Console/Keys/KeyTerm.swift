internal import TrustModel

/// A term on the end of a key: `<30d`, `>6m` or `:never`.
enum KeyTerm: Sendable, Equatable {
  /// Ends within so many seconds, or has ended.
  case within(Int64)
  /// Lasts longer than so many seconds, or for ever.
  case beyond(Int64)
  /// Has no end.
  case never

  /// The most digits of a number.
  static let digitLimit = 4

  /// Reads a sign, a number and a unit (d days, w weeks, m months of 30 days, y years of 365); nil for anything else.
  init?(_ text: Substring) {
    if text == ":never" {
      self = .never
      return
    }
    let digits = text.dropFirst().dropLast()
    guard (1...Self.digitLimit).contains(digits.count), digits.utf8.allSatisfy({ (48...57).contains($0) }),
      let number = Int64(digits), let unit = text.last.flatMap({ Self.days[$0] })
    else { return nil }
    switch text.first {
    case "<": self = .within(number * unit * 86_400)
    case ">": self = .beyond(number * unit * 86_400)
    default: return nil
    }
  }

  private static let days: [Character: Int64] = ["d": 1, "w": 7, "m": 30, "y": 365]

  /// Whether a key has such an end; a file without a key has none.
  func matches(_ key: KeyRecord?, at now: Timestamp) -> Bool {
    guard let key else { return false }
    switch self {
    case .never: return key.expires == nil
    case .within(let seconds): return key.expires.map { $0 < now.advanced(by: seconds) } ?? false
    case .beyond(let seconds): return key.expires.map { $0 > now.advanced(by: seconds) } ?? true
    }
  }
}
