/// One line of text that can be edited.
///
/// It holds only what can be drawn: control characters, newlines and invisible characters never get in.
public struct LineField: Equatable, Sendable {
  private(set) var characters: [Character]
  /// Where the next character goes, counted in characters from 0.
  public private(set) var cursor: Int
  /// The most characters it takes.
  public let limit: Int

  /// A field with a text in it, cut at the limit, and the cursor at its end.
  public init(_ text: String = "", limit: Int = 256) {
    self.limit = max(limit, 0)
    characters = Array(Array(Self.drawable(text)).prefix(self.limit))
    cursor = characters.count
  }

  /// The text.
  public var text: String { String(characters) }

  /// True without any text.
  public var isEmpty: Bool { characters.isEmpty }

  /// Acts on an event.
  ///
  /// Enter, Tab, Esc, up, down, mouse and what else is not about one line is left to the caller.
  ///
  /// - Returns: true when the event was for the field, even if it changed nothing.
  public mutating func handle(_ event: Event) -> Bool {
    switch event {
    case .text(let character): insert(String(character))
    case .paste(let text): insert(text)
    case .key(let key): return handle(key)
    default: return false
    }
    return true
  }

  private mutating func handle(_ key: Key) -> Bool {
    switch key {
    case .left, .control("b"): cursor = max(cursor - 1, 0)
    case .right, .control("f"): cursor = min(cursor + 1, characters.count)
    case .home, .control("a"): cursor = 0
    case .end, .control("e"): cursor = characters.count
    case .backspace:
      join(characters[..<max(cursor - 1, 0)], characters[cursor...])
    case .delete:
      join(characters[..<cursor], characters[cursor...].dropFirst())
    case .control("u"): clear()
    case .control("w"): removeWord()
    default: return false
    }
    return true
  }

  /// Inserts at the cursor what can be drawn of a text, as far as the limit allows.
  public mutating func insert(_ text: String) {
    let after = characters[cursor...]
    // Put together as one text: a combining mark joins the character before it.
    let before = Array(String(characters[..<cursor]) + Self.drawable(text))
    join(before.prefix(max(limit - after.count, 0)), after)
  }

  /// Takes everything out.
  public mutating func clear() {
    characters = []
    cursor = 0
  }

  private mutating func removeWord() {
    var start = cursor
    while start > 0, characters[start - 1] == " " { start -= 1 }
    while start > 0, characters[start - 1] != " " { start -= 1 }
    join(characters[..<start], characters[cursor...])
  }

  /// Makes the text of two parts, and puts the cursor between them; where the end of the one and the beginning of the
  /// other are one character together, behind it.
  private mutating func join(_ before: ArraySlice<Character>, _ after: ArraySlice<Character>) {
    let scalars = String(before).unicodeScalars.count
    characters = Array(String(before) + String(after))
    cursor = 0
    var passed = 0
    while passed < scalars {
      passed += characters[cursor].unicodeScalars.count
      cursor += 1
    }
  }

  private static func drawable(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.filter { DisplayWidth.columns(of: $0) != nil }))
  }
}
