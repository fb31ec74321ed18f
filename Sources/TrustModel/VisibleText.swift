/// Text that came from outside, made safe to show: one line, nothing that a terminal would act on or hide.
///
/// Control characters (C0, DEL, C1), bidirectional overrides and marks, zero-width, variation, tag and other format
/// characters, line separators and bytes that are not UTF-8 are written as `<U+202E>` or `<0xFF>`; runs of combining
/// marks are cut after four. Source: reference/security.md, rows P-39 and U-01.
public struct VisibleText: Sendable, Equatable, CustomStringConvertible {
  /// The text to show.
  public let description: String
  /// Whether anything had to be written as an escape: reason enough to look twice at a user id.
  public let hadHiddenCharacters: Bool

  /// Makes a string visible; `limit` cuts after that many characters and marks the cut with `…`.
  public init(_ text: some StringProtocol, limit: Int = .max) {
    self.init(String(text), limit: limit)
  }

  /// The same for a whole string: of its own, since what is generic looks at octets several times as slowly.
  public init(_ text: String, limit: Int = .max) {
    // Most texts are plain ASCII, which hides nothing: they are not looked at scalar by scalar.
    if text.utf8.count <= limit, text.utf8.allSatisfy({ (0x20...0x7e).contains($0) }) {
      self.init(plain: text)
    } else {
      self.init(scalars: text.unicodeScalars, limit: limit)
    }
  }

  private init(plain text: String) { (description, hadHiddenCharacters) = (text, false) }

  /// Makes octets visible that should be UTF-8; those that are not are written as `<0xFF>`.
  public init(octets: some Sequence<UInt8>, limit: Int = .max) {
    let all = Array(octets)
    var out = Builder(limit: limit)
    var parser = UTF8.ForwardParser()
    var iterator = all.makeIterator()
    var position = 0
    scanning: while !out.isFull {
      switch parser.parseScalar(from: &iterator) {
      case .valid(let encoded):
        out.append(UTF8.decode(encoded))
        position += encoded.count
      case .error(let length):
        for octet in all[position..<position + length] { out.appendInvalid(octet) }
        position += length
      case .emptyInput: break scanning
      }
    }
    self.init(out)
  }

  private init(scalars: some Sequence<Unicode.Scalar>, limit: Int) {
    var out = Builder(limit: limit)
    for scalar in scalars where !out.isFull { out.append(scalar) }
    self.init(out)
  }

  private init(_ builder: Builder) {
    description = builder.isFull ? builder.text + "…" : builder.text
    hadHiddenCharacters = builder.escaped
  }

  private struct Builder {
    /// One character with more marks than this is no writing system's, but can paint over its neighbours.
    static let combiningLimit = 4

    let limit: Int
    var text = ""
    var escaped = false
    var count = 0
    var combining = 0
    var isFull = false

    init(limit: Int) { self.limit = limit }

    mutating func append(_ scalar: Unicode.Scalar) {
      guard count < limit else {
        isFull = true
        return
      }
      if Self.isHidden(scalar) { return escape("<U+" + Self.hex(scalar.value, 4) + ">") }
      let category = scalar.properties.generalCategory
      if category == .nonspacingMark || category == .enclosingMark {
        combining += 1
        if combining > Self.combiningLimit { return escape("<U+" + Self.hex(scalar.value, 4) + ">") }
        text.unicodeScalars.append(scalar)
        return
      }
      combining = 0
      text.unicodeScalars.append(scalar)
      count += 1
    }

    mutating func appendInvalid(_ octet: UInt8) {
      guard count < limit else {
        isFull = true
        return
      }
      escape("<0x" + Self.hex(UInt32(octet), 2) + ">")
    }

    private mutating func escape(_ form: String) {
      escaped = true
      text += form
      count += 1
    }

    private static func hex(_ value: UInt32, _ width: Int) -> String {
      let digits = String(value, radix: 16, uppercase: true)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
      if scalar.value >= 0x20, scalar.value < 0x7f { return false }
      // Blank to the eye, letters to Unicode.
      let blanks: Set<UInt32> = [0x115f, 0x1160, 0x3164, 0xffa0, 0x2800, 0x034f, 0x180e]
      if blanks.contains(scalar.value) || scalar.properties.isVariationSelector { return true }
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: return true
      case .spaceSeparator: return scalar.value != 0x20
      default: return scalar.properties.isDefaultIgnorableCodePoint
      }
    }
  }
}
