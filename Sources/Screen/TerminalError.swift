/// Why there is no terminal to work on.
///
/// Point to the plain commands, which need none.
public enum TerminalError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Standard input or standard output is not a terminal.
  case notATerminal
  /// The terminal of this name cannot place the cursor.
  case dumb(String)
  /// Nothing is known about a terminal of this name. It is empty when TERM is not set.
  case unknown(String)
  /// This process has opened it already.
  case alreadyOpen
  /// The system refused to open it.
  case system

  /// A sentence for the user, without a full stop.
  ///
  /// Names from the environment are made visible, and cut.
  public var description: String {
    switch self {
    case .notATerminal: "standard input and standard output must be a terminal"
    case .dumb(let name): "this terminal (TERM=\(Self.visible(name))) cannot move the cursor"
    case .unknown(""): "the kind of terminal is not known (TERM is not set)"
    case .unknown(let name): "this kind of terminal is not known here (TERM=\(Self.visible(name)))"
    case .alreadyOpen: "the terminal is in use by this program already"
    case .system: "the terminal cannot be opened"
    }
  }

  private static func visible(_ name: String) -> String {
    var grid = Grid(size: Size(rows: 1, columns: 60))
    grid.put(0, 0, name)
    return grid.text(ofRow: 0)
  }
}
