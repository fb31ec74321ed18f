internal import StrictJSON

/// The instructions of a Dockerfile: comments left out, continued lines joined, here-documents passed over.
///
/// Where versions of BuildKit read a line in different ways it is refused. Source: BuildKit's Dockerfile parser.
struct InstructionReader {
  private var lines: SourceLines
  private let escape: UInt8
  /// The lines of here-documents, with those that end them.
  private(set) var hidden: [ClosedRange<Int>] = []

  init(_ file: [UInt8], escape: UInt8) { (lines, self.escape) = (SourceLines(file), escape) }

  /// All of them.
  ///
  /// - Throws: `BuildFileError`.
  mutating func all() throws(BuildFileError) -> [Instruction] {
    var instructions: [Instruction] = []
    while let (text, line) = try joined() {
      guard instructions.count < BuildFileLimits.instructions else {
        throw BuildFileError(line: line, "more than \(BuildFileLimits.instructions) instructions")
      }
      let instruction = try Instruction(text, line: line)
      let inner = try instruction.triggered() ?? instruction
      if ["add", "copy", "run"].contains(inner.word), !isList(inner.rest) {
        let documents = try HereDocument.all(in: text, line: line)
        guard documents.isEmpty || !JSONList.begins(inner.rest.octets) else {
          throw BuildFileError(line: line, "<< behind a list in JSON begins a here-document for some builders alone")
        }
        for document in documents { try skip(document, line: line) }
      }
      instructions.append(instruction)
    }
    return instructions
  }

  /// The next line that says something, with those that continue it; nil behind the last one.
  mutating func joined() throws(BuildFileError) -> (SourceText, line: Int)? {
    while let first = try lines.next() {
      let line = lines.number
      var text = first.trimmedBefore
      guard !isComment(text) else { continue }
      var isContinued = try cutContinuation(&text)
      guard isContinued || !text.isEmpty else { continue }
      while isContinued, var next = try lines.next() {
        let begun = next.trimmedBefore
        guard !begun.isEmpty, !isComment(begun) else { continue }
        isContinued = try cutContinuation(&next)
        text.append(next)
      }
      guard !text.trimmed.isEmpty else { continue }
      return (text, line)
    }
    return nil
  }

  private func isComment(_ text: SourceText) -> Bool { text.octets.first == UInt8(ascii: "#") }

  /// Takes away an escape character at the end; true where one was there.
  private func cutContinuation(_ text: inout SourceText) throws(BuildFileError) -> Bool {
    var end = text.count
    while end > 0, [0x20, 0x09].contains(text.octets[end - 1]) { end -= 1 }
    guard end > 0, text.octets[end - 1] == escape else { return false }
    guard end < 2 || text.octets[end - 2] != escape else {
      throw BuildFileError(
        line: lines.number, "it ends with two escape characters, which some builders take for a line that goes on")
    }
    text = text[0..<(end - 1)]
    return true
  }

  /// Whether the rest is a list in JSON, which has no here-documents.
  private func isList(_ rest: SourceText) -> Bool {
    guard rest.octets.first == UInt8(ascii: "["), case .array? = try? JSON.parse(rest.octets) else { return false }
    return true
  }

  private mutating func skip(_ document: HereDocument, line: Int) throws(BuildFileError) {
    let first = lines.number + 1
    while let text = try lines.next() {
      let octets = document.dropsTabs ? text.octets.drop { $0 == 0x09 } : text.octets[...]
      if octets.elementsEqual(document.end) {
        hidden.append(first...lines.number)
        return
      }
    }
    throw BuildFileError(
      line: line, "the here-document does not end", String(decoding: document.end, as: UTF8.self))
  }
}
