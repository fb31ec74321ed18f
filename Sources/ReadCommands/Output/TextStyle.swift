public import TrustModel

/// Colours for text on a terminal: they only repeat what a word already says.
public struct TextStyle {
  /// Whether colours are used at all.
  public let isColoured: Bool

  /// A style with or without colours.
  public init(isColoured: Bool) {
    self.isColoured = isColoured
  }

  /// What is accepted.
  public func good(_ text: String) -> String { coloured(text, "32") }
  /// What is refused.
  public func bad(_ text: String) -> String { coloured(text, "31") }
  /// What needs attention.
  public func warning(_ text: String) -> String { coloured(text, "33") }
  /// A heading.
  public func heading(_ text: String) -> String { coloured(text, "1") }

  /// A status in the colour of its kind.
  public func status(_ status: KeyStatus, _ text: String) -> String {
    switch status {
    case .trusted: good(text)
    case .disabled, .overridden, .mask: warning(text)
    case .expired, .revoked, .weak, .invalid: bad(text)
    }
  }

  private func coloured(_ text: String, _ code: String) -> String {
    isColoured ? "\u{1b}[\(code)m\(text)\u{1b}[0m" : text
  }
}
