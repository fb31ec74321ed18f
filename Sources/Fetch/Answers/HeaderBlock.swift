/// The header lines of an answer as they come, within limits; interim answers (1xx) are passed over.
///
/// Source: RFC 9112, sections 4 and 5; reference/security.md, row H-09.
struct HeaderBlock {
  /// A line: its name in lower case, and its value.
  struct Field: Equatable {
    let name: String
    let value: [UInt8]
  }

  /// The status of the answer whose lines are coming.
  private(set) var status: Int?
  /// Whether the answer itself tells its end, as from HTTP/2 on; before, its headers must.
  private(set) var isFramed = false
  /// Its lines.
  private(set) var fields: [Field] = []
  /// Whether the headers of the final answer are in; what comes now are trailers.
  private(set) var isComplete = false

  private var lineCount = 0
  private var octetCount = 0

  /// Takes the next line, with its end.
  mutating func add(_ line: UnsafeRawBufferPointer) throws(HeaderProblem) {
    lineCount += 1
    octetCount += line.count
    guard lineCount <= FetchLimits.headerLines else {
      throw HeaderProblem("sends more than \(FetchLimits.headerLines) header lines")
    }
    guard line.count <= FetchLimits.headerLineOctets else {
      throw HeaderProblem("sends a header line of more than \(FetchLimits.headerLineOctets) octets")
    }
    guard octetCount <= FetchLimits.headerOctets else {
      throw HeaderProblem("sends more than \(FetchLimits.headerOctets) octets of headers")
    }
    if !isComplete { try take(unsafe Array(line)[...]) }
  }

  /// The values of a name in lower case.
  func values(_ name: String) -> [[UInt8]] { fields.filter { $0.name == name }.map(\.value) }

  private mutating func take(_ raw: ArraySlice<UInt8>) throws(HeaderProblem) {
    var line = raw
    if line.last == 0x0a { line = line.dropLast() }
    if line.last == 0x0d { line = line.dropLast() }
    guard let status else {
      self.status = try Self.status(line)
      isFramed = !line.starts(with: Array("HTTP/1".utf8))
      return
    }
    guard line.isEmpty else {
      fields.append(try Self.field(line))
      return
    }
    if status / 100 == 1 {
      guard status != 101 else { throw HeaderProblem("wants to speak another protocol than HTTP") }
      (self.status, fields) = (nil, [])
    } else {
      isComplete = true
    }
  }

  private static func status(_ line: ArraySlice<UInt8>) throws(HeaderProblem) -> Int {
    let words = line.split(separator: 0x20, maxSplits: 2, omittingEmptySubsequences: false)
    guard words.count >= 2, words[0].starts(with: Array("HTTP/".utf8)), words[1].count == 3,
      let status = HeaderText.ascii(words[1]).flatMap({ Int($0) }), (100...599).contains(status)
    else { throw HeaderProblem("does not answer with a status line") }
    return status
  }

  private static func field(_ line: ArraySlice<UInt8>) throws(HeaderProblem) -> Field {
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")), HeaderText.isName(line[..<colon]) else {
      throw HeaderProblem("sends a header line without a proper name")
    }
    let value = HeaderText.trimmed(line[(colon + 1)...])
    guard HeaderText.isValue(value) else { throw HeaderProblem("sends a control character in a header line") }
    return Field(name: String(decoding: line[..<colon], as: UTF8.self).lowercased(), value: Array(value))
  }
}
