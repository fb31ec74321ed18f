/// The headers of the final answer, read: what they say of the body, and that they do not contradict each other.
///
/// Source: RFC 9112, 6.3; reference/security.md, rows H-07 and H-09.
struct AnswerHead: Equatable {
  let status: Int
  /// Octets of the body, where the server says so.
  let contentLength: UInt64?
  /// Whether it can be told where the body ends, other than by the end of the connection.
  let tellsEnd: Bool
  /// Encodings of the body in lower case; empty for plain octets.
  let encodings: [String]
  let contentRange: ContentRange?
  let location: String?
  let etag: String?
  let lastModified: String?
  let contentType: String?
  let challenges: [String]
  let range: String?

  init(_ block: HeaderBlock) throws(HeaderProblem) {
    guard let status = block.status, block.isComplete else { throw HeaderProblem("does not finish its headers") }
    self.status = status
    contentLength = try Self.length(block)
    tellsEnd = block.isFramed || contentLength != nil || status == 204 || !block.values("transfer-encoding").isEmpty
    encodings = Self.words(block, "content-encoding").filter { $0 != "identity" }
    contentRange = try Self.single(block, "content-range").map { text throws(HeaderProblem) in
      guard let range = ContentRange(text) else { throw HeaderProblem("sends a Content-Range that is none") }
      return range
    }
    location = try Self.single(block, "location")
    etag = try Self.single(block, "etag").flatMap { $0.utf8.count <= HeaderText.validatorLimit ? $0 : nil }
    lastModified = try Self.single(block, "last-modified").flatMap { HeaderText.isDate($0) ? $0 : nil }
    challenges = block.values("www-authenticate").compactMap { HeaderText.ascii($0) }
    range = try Self.single(block, "range")
    contentType = block.values("content-type").first.flatMap { HeaderText.ascii($0) }
  }

  /// The one length that all lines agree on; a body in chunks says its length by itself.
  private static func length(_ block: HeaderBlock) throws(HeaderProblem) -> UInt64? {
    let coding = words(block, "transfer-encoding")
    guard coding.isEmpty || coding == ["chunked"] else {
      throw HeaderProblem("sends its answer in a transfer encoding that nobody asked for")
    }
    let values = block.values("content-length")
    guard let first = values.first else { return nil }
    guard coding.isEmpty else {
      throw HeaderProblem("says both a Content-Length and chunks, which contradict each other")
    }
    guard values.allSatisfy({ $0 == first }) else {
      throw HeaderProblem("says Content-Length twice, which contradict each other")
    }
    guard first.allSatisfy({ (0x30...0x39).contains($0) }), first.count <= 18,
      let length = HeaderText.ascii(first).flatMap({ UInt64($0) })
    else { throw HeaderProblem("sends a Content-Length that is no number") }
    return length
  }

  /// The words of a list, over all its lines, in lower case.
  private static func words(_ block: HeaderBlock, _ name: String) -> [String] {
    block.values(name).flatMap { $0.split(separator: UInt8(ascii: ",")) }
      .map { String(decoding: HeaderText.trimmed($0), as: UTF8.self).lowercased() }
      .filter { !$0.isEmpty }
  }

  /// A value that may stand only once, or several times the same; nil where it is not UTF-8.
  private static func single(_ block: HeaderBlock, _ name: String) throws(HeaderProblem) -> String? {
    let values = block.values(name)
    guard let first = values.first else { return nil }
    guard values.allSatisfy({ $0 == first }) else {
      throw HeaderProblem("says \(name) twice, which contradict each other")
    }
    return String(validating: first, as: UTF8.self)
  }
}
