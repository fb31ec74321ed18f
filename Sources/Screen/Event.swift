/// Something that the user did, or that happened to the terminal.
public enum Event: Hashable, Sendable {
  /// A key that is not text.
  case key(Key)
  /// A typed character. It may be a combining mark alone, as terminals send one scalar at a time.
  case text(Character)
  /// Text that was pasted, as it came, newlines and control characters included.
  ///
  /// It must never act as keys. At most ``pasteLimit`` scalars are kept.
  case paste(String)
  /// The mouse was used.
  case mouse(Mouse)
  /// The terminal has another size.
  case resize(Size)
  /// Ctrl-C.
  case interrupt

  /// The scalars that are kept of one paste.
  public static let pasteLimit = 65_536

  /// A use of the mouse.
  public struct Mouse: Hashable, Sendable {
    /// What was done.
    public enum Action: Hashable, Sendable {
      /// The left button went down.
      case press
      /// A button came up.
      case release
      /// The wheel was turned away from the user.
      case wheelUp
      /// The wheel was turned towards the user.
      case wheelDown
    }

    /// What was done.
    public let action: Action
    /// Where.
    public let position: Position

    /// A use of the mouse, as a script for ``MemoryTerminal`` needs it.
    public init(_ action: Action, at position: Position) {
      self.action = action
      self.position = position
    }
  }
}
