/// A key that is not text.
///
/// Ctrl-C is ``Event/interrupt``. Ctrl-Z (suspend) and Ctrl-L (repaint) are done by the terminal and never delivered.
/// Alt with a key is not delivered either, as its bytes are those of Esc and that key.
public enum Key: Hashable, Sendable {
  case enter, escape, tab, backTab, backspace, delete, insert
  case up, down, left, right, home, end, pageUp, pageDown
  /// F1 to F12.
  case function(Int)
  /// Ctrl with a lower-case letter, a space, or one of `\ ] ^ _`.
  ///
  /// H, I, J and M are not among them: terminals send backspace, tab and enter for these.
  case control(Character)

  /// How the key is called in help and hints.
  public var name: String {
    switch self {
    case .enter: "Enter"
    case .escape: "Esc"
    case .tab: "Tab"
    case .backTab: "Shift-Tab"
    case .backspace: "Backspace"
    case .delete: "Del"
    case .insert: "Ins"
    case .up: "Up"
    case .down: "Down"
    case .left: "Left"
    case .right: "Right"
    case .home: "Home"
    case .end: "End"
    case .pageUp: "PgUp"
    case .pageDown: "PgDn"
    case .function(let number): "F\(number)"
    case .control(" "): "Ctrl-Space"
    case .control(let letter): "Ctrl-\(letter.uppercased())"
    }
  }
}

extension Event {
  /// What a scalar from the keyboard means, nil when it means nothing.
  init?(typed value: UInt32) {
    switch value {
    case 3: self = .interrupt
    case 8, 127: self = .key(.backspace)
    case 9: self = .key(.tab)
    case 10, 13: self = .key(.enter)
    case 27: self = .key(.escape)
    case 0: self = .key(.control(" "))
    case 1...26: self = .key(.control(Character(UnicodeScalar(UInt8(value + 96)))))
    case 28...31: self = .key(.control(Character(UnicodeScalar(UInt8(value + 64)))))
    default:
      guard let scalar = Unicode.Scalar(value), DisplayWidth.columns(of: scalar) != nil else { return nil }
      self = .text(Character(scalar))
    }
  }
}
