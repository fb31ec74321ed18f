// From the numbers of the C side to keys, mouse actions and pasted text.

internal import CTerm

extension Key {
  init?(_ code: UInt32) {
    switch Int(code) {
    case CTERM_KEY_UP: self = .up
    case CTERM_KEY_DOWN: self = .down
    case CTERM_KEY_LEFT: self = .left
    case CTERM_KEY_RIGHT: self = .right
    case CTERM_KEY_HOME: self = .home
    case CTERM_KEY_END: self = .end
    case CTERM_KEY_PAGE_UP: self = .pageUp
    case CTERM_KEY_PAGE_DOWN: self = .pageDown
    case CTERM_KEY_INSERT: self = .insert
    case CTERM_KEY_DELETE: self = .delete
    case CTERM_KEY_BACKSPACE: self = .backspace
    case CTERM_KEY_ENTER: self = .enter
    case CTERM_KEY_BACK_TAB: self = .backTab
    case CTERM_KEY_ESCAPE: self = .escape
    case CTERM_KEY_FUNCTION + 1...CTERM_KEY_FUNCTION + 12: self = .function(Int(code) - CTERM_KEY_FUNCTION)
    default: return nil
    }
  }
}

extension Event.Mouse {
  init?(_ event: cterm_event) {
    let position = Position(row: Int(event.row), column: Int(event.column))
    switch Int(event.code) {
    case CTERM_PRESS: self.init(.press, at: position)
    case CTERM_RELEASE: self.init(.release, at: position)
    case CTERM_WHEEL_UP: self.init(.wheelUp, at: position)
    case CTERM_WHEEL_DOWN: self.init(.wheelDown, at: position)
    default: return nil
    }
  }
}

/// Gathers a paste until its end, as far as the limit.
struct PasteCollector {
  private var scalars = String.UnicodeScalarView()
  private var count = 0
  /// True when nobody is to be told of it.
  var isIgnored: Bool

  init(isIgnored: Bool) { self.isIgnored = isIgnored }

  var text: String { String(scalars) }

  mutating func append(_ value: UInt32) {
    guard count < Event.pasteLimit, let scalar = Unicode.Scalar(value) else { return }
    scalars.append(scalar)
    count += 1
  }
}
