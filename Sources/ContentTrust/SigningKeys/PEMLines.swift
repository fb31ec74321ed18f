/// The lines of a text that may hold secrets, by their ranges: nothing of it is copied.
struct PEMLines {
  private let octets: UnsafeRawBufferPointer
  private var position = 0

  init(_ octets: UnsafeRawBufferPointer) { self.octets = octets }

  /// The next line without its end and without blanks at its ends; nil behind the last one.
  mutating func next() -> Slice<UnsafeRawBufferPointer>? {
    guard position < octets.count else { return nil }
    let end = octets[position...].firstIndex(of: UInt8(ascii: "\n")) ?? octets.count
    defer { position = end + 1 }
    return Self.trimmed(octets[position..<end])
  }

  /// The next line that is not empty.
  mutating func nextText() -> Slice<UnsafeRawBufferPointer>? {
    while let line = next() {
      if !line.isEmpty { return line }
    }
    return nil
  }

  static func trimmed(_ line: Slice<UnsafeRawBufferPointer>) -> Slice<UnsafeRawBufferPointer> {
    var line = line
    while let last = line.last, isBlank(last) { line.removeLast() }
    while let first = line.first, isBlank(first) { line.removeFirst() }
    return line
  }

  static func isBlank(_ octet: UInt8) -> Bool { octet == 0x20 || octet == 0x09 || octet == 0x0d }
}

extension Slice<UnsafeRawBufferPointer> {
  /// The word between `start` and five dashes; nil where the line is no such boundary.
  func boundary(_ start: StaticString) -> String? {
    let (head, tail) = (Array("\(start)".utf8), Array("-----".utf8))
    guard count >= head.count + tail.count, starts(with: head), suffix(tail.count).elementsEqual(tail) else {
      return nil
    }
    let label = dropFirst(head.count).dropLast(tail.count)
    // What is no label could be anything: it is not repeated.
    let isLabel = label.allSatisfy { octet in
      (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(octet) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(octet)
        || octet == 0x20
    }
    return isLabel && label.count <= 40 ? String(decoding: label, as: UTF8.self) : "a block of an unknown kind"
  }
}
