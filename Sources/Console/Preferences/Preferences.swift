internal import Screen

/// What a person has chosen for the terminal interface.
public struct Preferences: Sendable {
  /// The names of the columns of the key list, as they may be chosen.
  public static let columnNames = ["state", "scope", "key", "expires", "user"]

  /// The looks.
  var themeName = ThemeName.standard
  /// Colours in place of the theme's; nil for the terminal's own.
  var colours: [Theme.Role: Colour?] = [:]
  /// Keys.
  var keys = KeyBindings()
  /// The columns of the key list, in order, from `columnNames`; `key` is among them.
  public internal(set) var columns = columnNames
  /// Whether the mouse is wanted.
  public internal(set) var wantsMouse = true
  /// Whether questions are to be asked line by line.
  public internal(set) var isPlain = false
  /// What configuration asks for and cannot have, one sentence each with file and line.
  public var problems: [String] = []

  /// What holds where nothing was chosen.
  public init() {}

  /// The theme on a terminal with so many colours, 0 where none are wanted.
  func theme(colours count: Int) -> Theme {
    let theme = themeName.theme
    guard themeName != .mono, count >= 8 else { return theme.suited(colours: count, wanted: count > 0) }
    return theme.with(colours).suited(colours: count, wanted: true)
  }

  /// What is said at the start of what cannot be had.
  var told: String {
    guard let first = problems.first else { return "" }
    return problems.count == 1 ? first : "\(first) (and \(problems.count - 1) more: \(keys.name(.messages)) shows them)"
  }
}
