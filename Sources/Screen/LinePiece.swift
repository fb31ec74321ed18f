/// A piece of a drawn line, named by where it goes.
public enum LinePiece: UInt8, CaseIterable, Sendable {
  case horizontal, vertical
  case upperLeft, upperRight, lowerLeft, lowerRight
  case teeRight, teeLeft, teeDown, teeUp
  case cross

  /// The piece as a character.
  func character(_ drawing: LineDrawing) -> Character {
    switch drawing {
    case .ascii:
      switch self {
      case .horizontal: "-"
      case .vertical: "|"
      default: "+"
      }
    case .unicode: Self.boxes[Int(rawValue)]
    }
  }

  private static let boxes = Array("─│┌┐└┘├┤┬┴┼")
}

/// How line pieces are written when a grid becomes text.
public enum LineDrawing: Sendable {
  /// `-`, `|` and `+`.
  case ascii
  /// The box-drawing characters.
  case unicode
}
