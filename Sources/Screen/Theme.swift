/// Which style stands for which meaning.
///
/// A style only repeats what a word or a mark says already: everything must be clear in ``mono`` too.
public struct Theme: Sendable {
  /// What a piece of text is.
  public enum Role: CaseIterable, Sendable {
    /// Text like any other.
    case normal
    /// The first line, with the name of the view.
    case title
    /// Column heads and names of sections.
    case heading
    /// What counts, or went well.
    case accepted
    /// What does not count, or failed.
    case refused
    /// What needs attention soon.
    case warning
    /// What matters less.
    case dim
    /// The current row, or the button that has the focus.
    case selection
    /// The name of a key in a line of hints.
    case key
    /// A field to type into.
    case field
    /// A match of a search.
    case match
  }

  private let styles: @Sendable (Role) -> Style

  /// The style of a role.
  public func style(_ role: Role) -> Style { styles(role) }

  /// Attributes and colours that can be read on dark and on light terminals.
  public static let colour = Theme { role in
    switch role {
    case .accepted: Style(foreground: .green)
    case .refused: Style(.bold, foreground: .red)
    case .warning: Style(.bold, foreground: .magenta)
    case .key: Style(.bold, foreground: .cyan)
    case .heading: Style(.bold, foreground: .blue)
    default: monoStyle(role)
    }
  }

  /// Attributes alone, for `NO_COLOR` and terminals without colours.
  public static let mono = Theme { monoStyle($0) }

  /// The theme for a terminal, and the wish of its user.
  ///
  /// - Parameters:
  ///   - colours: how many colours the terminal has.
  ///   - wanted: false when the user asked for none, by a flag or a non-empty `NO_COLOR`.
  public static func suited(colours: Int, wanted: Bool) -> Theme {
    wanted && colours >= 8 ? .colour : .mono
  }

  private static func monoStyle(_ role: Role) -> Style {
    switch role {
    case .normal, .accepted: .plain
    case .title, .heading, .key, .refused: Style(.bold)
    case .warning: Style([.bold, .underline])
    case .dim: Style(.dim)
    case .selection: Style(.reverse)
    case .field: Style(.underline)
    case .match: Style([.bold, .underline])
    }
  }
}
