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

  /// This theme with another colour for some roles, nil for the terminal's own.
  ///
  /// The title and the selection keep theirs: in reverse video a colour would be a background.
  public func with(_ colours: [Role: Colour?]) -> Theme {
    guard !colours.isEmpty else { return self }
    return Theme { role in
      let style = styles(role)
      guard role.mayHaveColour, let colour = colours[role] else { return style }
      return Style(style.attributes, foreground: colour)
    }
  }

  /// This theme with the eight colours that every colour terminal has, bright ones as bold.
  var withoutBrightColours: Theme {
    Theme { role in
      let style = styles(role)
      guard let colour = style.foreground, let base = Colour(rawValue: colour.rawValue % 8), base != colour else {
        return style
      }
      return Style(style.attributes.union(.bold), foreground: base)
    }
  }

  private var hasColours: Bool { Role.allCases.contains { styles($0).foreground != nil } }

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

  /// Dark colours, for a light background.
  public static let light = Theme { role in
    switch role {
    case .accepted: Style(.bold, foreground: .green)
    case .refused: Style(.bold, foreground: .red)
    case .warning: Style([.bold, .underline], foreground: .magenta)
    case .key, .heading: Style(.bold, foreground: .blue)
    default: monoStyle(role)
    }
  }

  /// Bright colours, for a dark background.
  public static let dark = Theme { role in
    switch role {
    case .accepted: Style(foreground: .brightGreen)
    case .refused: Style(.bold, foreground: .brightRed)
    case .warning: Style(.bold, foreground: .brightYellow)
    case .key: Style(.bold, foreground: .brightCyan)
    case .heading: Style(.bold, foreground: .brightBlue)
    default: monoStyle(role)
    }
  }

  /// The terminal's own two colours at their strongest: nothing is dim.
  public static let highContrast = Theme { role in
    switch role {
    case .accepted, .dim: role == .dim ? .plain : Style(.bold)
    case .heading: Style([.bold, .underline])
    case .refused: Style([.bold, .underline])
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
    Theme.colour.suited(colours: colours, wanted: wanted)
  }

  /// This theme, as far as the terminal and the wish of its user allow.
  public func suited(colours: Int, wanted: Bool) -> Theme {
    guard wanted, colours >= 8 else { return hasColours ? .mono : self }
    return colours >= 16 ? self : withoutBrightColours
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

extension Theme.Role {
  /// Whether its colour may be chosen: in reverse video it would be a background.
  public var mayHaveColour: Bool { self != .title && self != .selection && self != .normal }
}
