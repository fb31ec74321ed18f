/// The appc identifier grammar, `[a-z0-9]+([-._~/][a-z0-9]+)*`, in full.
///
/// rkt tests only the set of characters, which lets `a//b` and `a/../b` through (reference/rkt.md 5.2). Here they are
/// refused before any path is built.
enum AppcIdentifier {
  /// Longest identifier, in octets.
  static let lengthLimit = 1024
  /// Longest path component, in octets: what a file system can hold as one name.
  static let componentLimit = 255

  /// Refuses text that is not an identifier, with the position of the first octet that breaks the grammar.
  static func check(_ text: String, kind: String) throws(NameError) {
    func refuse(_ offset: Int, _ rule: NameError.Rule) -> NameError {
      NameError(kind: kind, text: text, offset: offset, rule: rule)
    }
    guard !text.utf8.isEmpty else { throw refuse(0, .empty) }
    guard text.utf8.count <= lengthLimit else { throw refuse(lengthLimit, .tooLong(limit: lengthLimit)) }
    var afterSeparator = true
    var componentLength = 0
    var offset = 0
    for octet in text.utf8 {
      switch octet {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
        afterSeparator = false
      case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"):
        guard !afterSeparator else { throw refuse(offset, .emptyPart) }
        afterSeparator = true
      default: throw refuse(offset, .character(octet))
      }
      componentLength = octet == UInt8(ascii: "/") ? 0 : componentLength + 1
      guard componentLength <= componentLimit else { throw refuse(offset, .tooLong(limit: componentLimit)) }
      offset += 1
    }
    guard !afterSeparator else { throw refuse(offset - 1, .emptyPart) }
  }
}
