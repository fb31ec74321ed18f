import StrictJSON

/// A question to a document: `keys[0].status = "trusted"`, or `keys # 12` for the number of elements.
struct JSONQuestion {
  /// What cannot be asked.
  struct Malformed: Error { let text: String }

  private let path: [Part]
  private let expected: JSON
  private let asksForCount: Bool

  private enum Part {
    case member(String)
    case element(Int)
  }

  init(_ text: String) throws {
    let isCount = !text.contains(" = ")
    let sides = text.split(separator: isCount ? " # " : " = ", maxSplits: 1)
    guard sides.count == 2 else { throw Malformed(text: text) }
    path = try Self.parts(sides[0])
    expected = try JSON.parse(Array(sides[1].utf8))
    asksForCount = isCount
  }

  /// What the document holds there, where that is not what was expected.
  func difference(in document: JSON) -> String? {
    var value: JSON? = document
    for part in path {
      switch part {
      case .member(let name): value = value?[JSONString(name)]
      case .element(let index): value = value?.array.flatMap { $0.indices.contains(index) ? $0[index] : nil }
      }
    }
    if asksForCount { value = (value?.array?.count).map { .number(Int64($0)) } }
    guard value != expected else { return nil }
    return value.map { String(decoding: $0.encoded(pretty: false), as: UTF8.self) } ?? "nothing"
  }

  private static func parts(_ path: Substring) throws -> [Part] {
    var parts: [Part] = []
    for piece in path.split(separator: ".") {
      let names = piece.split(separator: "[")
      guard let name = names.first else { throw Malformed(text: String(path)) }
      parts.append(.member(String(name)))
      for index in names.dropFirst() {
        guard index.hasSuffix("]"), let number = Int(index.dropLast()) else { throw Malformed(text: String(path)) }
        parts.append(.element(number))
      }
    }
    return parts
  }
}
