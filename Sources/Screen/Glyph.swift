/// One thing to draw: a character that takes one or two columns, with at most two combining marks.
struct Glyph: Equatable, Sendable {
  static let space = Glyph(base: 0x20)
  static let replacement = Glyph(base: 0x3F)
  /// Stands at the end of a text that was cut.
  static let cutMark = Glyph(base: 0x3E)
  /// The second column of a wide character.
  static let continuation = Glyph(base: 0)

  /// A Unicode scalar, 0 for a continuation, or a line piece from 0x110000 on.
  var base: UInt32
  var firstMark: UInt32 = 0
  var secondMark: UInt32 = 0
  var isWide = false

  var columns: Int { isWide ? 2 : 1 }
  var isASCII: Bool { base < 0x80 && base != 0 && firstMark == 0 }

  init(base: UInt32, isWide: Bool = false) {
    self.base = base
    self.isWide = isWide
  }

  init(_ piece: LinePiece) {
    base = Self.firstPiece + UInt32(piece.rawValue)
  }

  private static let firstPiece: UInt32 = 0x11_0000

  var piece: LinePiece? {
    base < Self.firstPiece ? nil : LinePiece(rawValue: UInt8(truncatingIfNeeded: base - Self.firstPiece))
  }

  /// The scalars of a glyph that is text.
  var scalars: [Unicode.Scalar] {
    [base, firstMark, secondMark].filter { $0 != 0 }.compactMap(Unicode.Scalar.init)
  }

  /// False when two marks are there already, or nothing that a mark could stand on.
  private mutating func combine(_ mark: Unicode.Scalar) -> Bool {
    if firstMark == 0 {
      firstMark = mark.value
    } else if secondMark == 0 {
      secondMark = mark.value
    } else {
      return false
    }
    return true
  }

  /// What is drawn for a text: whatever must not reach a terminal is a question mark, as is a mark without a base and
  /// each mark beyond the second.
  ///
  /// Stops with the first glyph that makes it wider than `limit`.
  static func glyphs(of text: String, upTo limit: Int = .max) -> [Glyph] {
    var glyphs: [Glyph] = []
    glyphs.reserveCapacity(min(text.utf8.count, limit))
    var columns = 0
    for scalar in text.unicodeScalars {
      let width = DisplayWidth.columns(of: scalar)
      if width == 0, let last = glyphs.indices.last, glyphs[last].combine(scalar) { continue }
      if columns > limit { break }
      let isText = width == 1 || width == 2
      glyphs.append(isText ? Glyph(base: scalar.value, isWide: width == 2) : .replacement)
      columns += isText && width == 2 ? 2 : 1
    }
    return glyphs
  }
}
