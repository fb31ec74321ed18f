/// How a cell looks: attributes and a foreground colour.
///
/// There is no background colour: it would be wrong on half of all terminals. A selection is reverse video.
public struct Style: Hashable, Sendable {
  /// Attributes of text.
  public struct Attributes: OptionSet, Hashable, Sendable {
    /// One bit for each attribute.
    public let rawValue: UInt8

    /// A set from its bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Bold.
    public static let bold = Attributes(rawValue: 1)
    /// Dim: not visible on every terminal, so never a carrier of meaning.
    public static let dim = Attributes(rawValue: 2)
    /// Underlined.
    public static let underline = Attributes(rawValue: 4)
    /// Foreground and background exchanged.
    public static let reverse = Attributes(rawValue: 8)
  }

  /// The attributes.
  public var attributes: Attributes
  /// The foreground, nil for the terminal's own.
  public var foreground: Colour?

  /// A style; without arguments the terminal's own.
  public init(_ attributes: Attributes = [], foreground: Colour? = nil) {
    self.attributes = attributes
    self.foreground = foreground
  }

  /// The terminal's own look.
  public static let plain = Style()

  /// This style, with more attributes.
  public func adding(_ more: Attributes) -> Style {
    Style(attributes.union(more), foreground: foreground)
  }
}

/// The 16 colours that every terminal lets its user choose.
public enum Colour: UInt8, CaseIterable, Sendable {
  case black, red, green, yellow, blue, magenta, cyan, white
  case brightBlack, brightRed, brightGreen, brightYellow, brightBlue, brightMagenta, brightCyan, brightWhite
}
