import StrictJSON
import TrustModel

/// An object in a manifest, with its place for messages; every accessor checks the type.
///
/// A field that is null counts as absent, as in the specification's own programs. A known name in other letters is
/// refused, because those programs read it as the known one (reference/rkt.md 5.2).
struct ManifestObject {
  /// Such as `app.ports[2]`; empty for the manifest itself.
  let place: String
  private let json: JSON

  init(_ json: JSON, at place: String, known: [String]) throws(ArchiveError) {
    (self.json, self.place) = (json, place)
    guard let members = json.members else {
      throw Self.malformed(place.isEmpty ? "it is not an object" : "\(place) is not an object")
    }
    for member in members {
      let folded = Self.folded(member.name.text)
      guard let name = known.first(where: { Self.folded($0) == folded }), member.name != JSONString(name) else {
        continue
      }
      throw malformed("the field '\(name)' is spelled '\(VisibleText(member.name.text))'")
    }
  }

  static func malformed(_ what: String) -> ArchiveError { .malformed("the image's manifest is refused: \(what)") }

  func malformed(_ what: String) -> ArchiveError { Self.malformed(place.isEmpty ? what : "\(place): \(what)") }

  /// The place of a field of this object.
  func placeOf(_ name: String) -> String { place.isEmpty ? name : place + "." + name }

  /// A field's value, unless it is absent or null.
  func value(_ name: String) -> JSON? {
    let value = json[JSONString(name)]
    return value == .null ? nil : value
  }

  func text(_ name: String) throws(ArchiveError) -> String? {
    guard let value = value(name) else { return nil }
    return try Self.text(value, at: placeOf(name))
  }

  /// A text that must be there and not be empty.
  func requiredText(_ name: String) throws(ArchiveError) -> String {
    guard let text = try text(name), !text.isEmpty else { throw malformed("'\(name)' is missing or empty") }
    return text
  }

  func integer(_ name: String, in range: ClosedRange<Int64>) throws(ArchiveError) -> Int64? {
    guard let value = value(name) else { return nil }
    return try Self.integer(value, in: range, at: placeOf(name))
  }

  func boolean(_ name: String) throws(ArchiveError) -> Bool {
    guard let value = value(name) else { return false }
    guard let boolean = value.boolean else { throw Self.malformed("\(placeOf(name)) is neither true nor false") }
    return boolean
  }

  /// The elements of a list with their places; none if the field is absent.
  func list(_ name: String) throws(ArchiveError) -> [(value: JSON, place: String)] {
    guard let value = value(name) else { return [] }
    guard let elements = value.array else { throw Self.malformed("\(placeOf(name)) is not a list") }
    return elements.enumerated().map { ($0.element, "\(placeOf(name))[\($0.offset)]") }
  }

  func texts(_ name: String) throws(ArchiveError) -> [String] {
    var texts: [String] = []
    for (value, place) in try list(name) { texts.append(try Self.text(value, at: place)) }
    return texts
  }

  /// The objects of a list.
  func objects(_ name: String, known: [String]) throws(ArchiveError) -> [ManifestObject] {
    var objects: [ManifestObject] = []
    for (value, place) in try list(name) { objects.append(try ManifestObject(value, at: place, known: known)) }
    return objects
  }

  static func text(_ value: JSON, at place: String) throws(ArchiveError) -> String {
    guard let text = value.string?.text else { throw malformed("\(place) is not a string") }
    guard !text.utf8.contains(0) else { throw malformed("\(place) holds the character U+0000") }
    return text
  }

  static func integer(_ value: JSON, in range: ClosedRange<Int64>, at place: String) throws(ArchiveError) -> Int64 {
    guard let integer = value.integer, range.contains(integer) else {
      throw malformed("\(place) is not a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return integer
  }

  /// Lower case as encoding/json of Go folds it: ASCII, and the two other letters whose lower case is ASCII.
  private static func folded(_ name: String) -> [UInt8] {
    name.unicodeScalars.flatMap { scalar -> [UInt8] in
      switch scalar {
      case "A"..."Z": [UInt8(scalar.value) | 0x20]
      case "\u{212a}": [UInt8(ascii: "k")]
      case "\u{17f}": [UInt8(ascii: "s")]
      default: Array(String(scalar).utf8)
      }
    }
  }
}
