/// A line that is typed octet by octet into memory that somebody else owns.
struct SecretLine {
  enum State { case open, done, end }

  let limit: Int
  /// How many octets there are.
  private(set) var count = 0
  /// Whether more were typed than there is room for.
  private(set) var isTooLong = false
  var state = State.open
  /// Whether Ctrl-Z was typed.
  var isSuspended = false
  /// How far an escape sequence, such as that of an arrow key, has come.
  private var escape = Escape.none

  private enum Escape { case none, began, inside }

  init(limit: Int) { self.limit = limit }

  /// Takes the octet that was read behind the last one; it stays there only where it is part of the line.
  mutating func take(_ room: UnsafeMutableRawBufferPointer) {
    let octet = unsafe room[count]
    if escape != .none { return unsafe skip(octet, room) }
    switch octet {
    case 0x0a, 0x0d: state = .done
    case 0x03: state = .end
    case 0x04: state = count == 0 ? .end : .done
    case 0x08, 0x7f: unsafe erase(room)
    case 0x15: while count > 0 { unsafe erase(room) }
    case 0x1a: isSuspended = true
    case 0x1b: escape = .began
    case 0..<0x20: break
    default: return keep()
    }
    unsafe room[count] = 0
  }

  private mutating func keep() {
    if count < limit { count += 1 } else { isTooLong = true }
  }

  /// Takes the last character away, all octets of it.
  private mutating func erase(_ room: UnsafeMutableRawBufferPointer) {
    unsafe room[count] = 0
    while count > 0 {
      count -= 1
      let octet = unsafe room[count]
      unsafe room[count] = 0
      if octet & 0xc0 != 0x80 { return }
    }
  }

  private mutating func skip(_ octet: UInt8, _ room: UnsafeMutableRawBufferPointer) {
    unsafe room[count] = 0
    if octet == 0x0a || octet == 0x0d {
      escape = .none
      state = .done
    } else if escape == .began {
      escape = octet == UInt8(ascii: "[") || octet == UInt8(ascii: "O") ? .inside : .none
    } else if (0x40...0x7e).contains(octet) {
      escape = .none
    }
  }
}
