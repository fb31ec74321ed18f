internal import Screen

/// The looks that can be chosen.
///
/// None has a background colour, and none says by colour what no word or mark says.
enum ThemeName: String, CaseIterable, Sendable {
  /// Readable on light and on dark backgrounds.
  case standard = "default"
  case light, dark
  case highContrast = "high-contrast"
  case mono

  var theme: Theme {
    switch self {
    case .standard: .colour
    case .light: .light
    case .dark: .dark
    case .highContrast: .highContrast
    case .mono: .mono
    }
  }
}

extension Theme.Role {
  /// The roles whose colour can be chosen, by their names in `[colours]`.
  static var named: [(String, Theme.Role)] { allCases.filter(\.mayHaveColour).map { ("\($0)", $0) } }
}

extension Colour {
  /// The names of the 16 colours: `red`, `bright-red`.
  static var named: [(String, Colour)] {
    allCases.map { colour in
      let name = "\(colour)"
      return (name.hasPrefix("bright") ? "bright-" + name.dropFirst(6).lowercased() : name, colour)
    }
  }
}
