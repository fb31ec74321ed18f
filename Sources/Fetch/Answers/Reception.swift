internal import TrustModel

/// What the headers of an answer lead to: decided by the request and the headers alone.
enum Reception: Equatable {
  /// The body is wanted: where it begins, how much of it comes, how long the whole is.
  case body(offset: UInt64, rest: UInt64?, whole: UInt64?)
  /// Somewhere else.
  case redirect(to: String)
  /// Nothing is missing of what was to be resumed.
  case complete(UInt64)
  /// What was to be resumed is no part of what is there now: from the beginning, without a range.
  case restart
  /// A status that is not accepted.
  case status(Int)

  private static let redirects: Set<Int> = [301, 302, 303, 307, 308]

  /// Judges the headers of an answer from `address` to a request with these limits.
  init(
    _ head: AnswerHead, from address: Address, accepts: Set<Int>, resume: ResumePoint?, limit: UInt64,
    isHeadOnly: Bool = false
  ) throws(FetchError) {
    if isHeadOnly, accepts.contains(head.status) {
      self = .body(offset: 0, rest: nil, whole: head.contentLength)
      return
    }
    switch head.status {
    case 206: self = try Self.rest(head, address, resume)
    case 416 where resume != nil:
      self =
        head.contentRange?.part == nil && head.contentRange?.whole == resume?.offset
        ? .complete(resume?.offset ?? 0) : .restart
    case let status where accepts.contains(status):
      self = .body(offset: 0, rest: head.contentLength, whole: head.contentLength)
    case let status where Self.redirects.contains(status):
      guard let location = head.location else {
        throw .protocolViolation(address, "answers \(status) without saying where to go")
      }
      self = .redirect(to: location)
    default: self = .status(head.status)
    }
    guard case .body(_, let rest, let whole) = self else { return }
    guard head.encodings.isEmpty else {
      throw .encoded(address, VisibleText(head.encodings.joined(separator: ", "), limit: 40).description)
    }
    // libcurl takes the end of a connection for the end of the body also where the server did not say farewell: whoever
    // stands on the way could cut off the end of a key, with its revocation.
    guard head.tellsEnd || address.scheme == .http else {
      throw .protocolViolation(address, "does not say where its answer ends, so that it could be cut off unseen")
    }
    guard max(rest ?? 0, whole ?? 0) <= limit else { throw .tooLarge(address, limit: limit) }
  }

  /// Whether a body is wanted.
  var wantsBody: Bool {
    if case .body = self { true } else { false }
  }

  /// Source: RFC 9110, 15.3.7; reference/security.md, row H-11.
  private static func rest(
    _ head: AnswerHead, _ address: Address, _ resume: ResumePoint?
  ) throws(FetchError) -> Reception {
    guard let resume else { throw .protocolViolation(address, "answers with a part, where the whole was asked for") }
    guard let range = head.contentRange, let part = range.part else {
      throw .mixed(address, "the server does not say which part it sends")
    }
    guard part.lowerBound == resume.offset else {
      throw .mixed(address, "the server sends from octet \(part.lowerBound) and not from \(resume.offset)")
    }
    guard let whole = range.whole, part.upperBound == whole - 1 else {
      throw .mixed(address, "the server does not send everything to the end")
    }
    let validator = resume.isEntityTag ? head.etag : head.lastModified
    guard validator == nil || resume.validator == nil || validator == resume.validator else {
      throw .mixed(address, "the server sends a part of another version than the one that was begun")
    }
    let count = part.upperBound - part.lowerBound + 1
    guard head.contentLength == nil || head.contentLength == count else {
      throw .protocolViolation(address, "says a Content-Length that contradicts its Content-Range")
    }
    return .body(offset: resume.offset, rest: count, whole: whole)
  }
}
