/// What a test site answers to a request, true or not.
public struct SiteAnswer: Sendable {
  /// The octets of a body.
  public enum Body: Sendable {
    /// These.
    case octets([UInt8])
    /// Those of a file.
    case file(String)
    /// So many zeros.
    case zeros(Int)
    /// So many zeros (in whole MiB) as gzip.
    case gzip(ofZeros: Int)
    /// Zeros without an end.
    case endless
  }

  /// How the end of the body is told.
  public enum Framing: String, Sendable {
    /// By `Content-Length`.
    case length
    /// In chunks.
    case chunked
    /// By the end of the connection.
    case close
    /// Not at all.
    case none
  }

  /// The status.
  public var status = 200
  /// Header lines beside those that the other members make.
  public var headers: [(name: String, value: String)] = []
  /// The body.
  public var body = Body.octets([])
  /// How its end is told; by its length, or in chunks where it has no end, unless said otherwise.
  public var framing: Framing?
  /// What `Content-Length` says, where that is a lie.
  public var length: Int?
  /// `ETag`.
  public var etag: String?
  /// `Last-Modified`.
  public var lastModified: String?
  /// Whether `Range` and `If-Range` are obeyed.
  public var ranges = false
  /// What `Content-Range` says, where that is a lie; none where empty.
  public var contentRange: String?
  /// Seconds before anything is sent.
  public var delay = 0.0
  /// Seconds before each octet of the headers.
  public var headerPause: Double?
  /// The body in pieces of so many octets, with so many seconds behind each.
  public var drip: (octets: Int, seconds: Double)?
  /// Octets of the body before the server falls silent.
  public var stallAfter: Int?
  /// Octets of the body before the connection is cut.
  public var cutAfter: Int?
  /// Octets behind the end of the answer.
  public var excess: [UInt8] = []
  /// Header lines behind the last chunk.
  public var trailers: [(name: String, value: String)] = []
  /// Instead of everything else: exactly these octets.
  public var raw: [UInt8]?
  /// Whether the connection is kept; unless said otherwise, where the end of the answer can be told without it.
  public var keepsConnection: Bool?

  /// Only for requests with exactly this `Authorization`; others are answered 401 with this challenge.
  public var demands: (authorization: String, challenge: String)?

  /// An answer with a body.
  public init(_ body: Body = .octets([]), status: Int = 200) {
    (self.body, self.status) = (body, status)
  }

  /// An answer with a text, by default a page.
  public static func text(_ text: String, type: String = "text/html") -> SiteAnswer {
    var answer = SiteAnswer(.octets(Array(text.utf8)))
    answer.headers = [("Content-Type", type)]
    return answer
  }

  /// A status and no more than a word.
  public static func status(_ status: Int) -> SiteAnswer { SiteAnswer(.octets(Array("word\n".utf8)), status: status) }

  /// A redirect.
  public static func redirect(to location: String, status: Int = 302) -> SiteAnswer {
    SiteAnswer(status: status).with(header: "Location", location)
  }

  /// Exactly this text, with `\r\n` wherever it has a line end, and then the end of the connection.
  public static func raw(_ text: String, keepsConnection: Bool = false) -> SiteAnswer {
    var answer = SiteAnswer()
    answer.raw = Array(text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n").utf8)
    answer.keepsConnection = keepsConnection
    return answer
  }

  /// The same with one more header line.
  public func with(header name: String, _ value: String) -> SiteAnswer {
    with { $0.headers.append((name, value)) }
  }

  /// The same with changes.
  public func with(_ change: (inout SiteAnswer) -> Void) -> SiteAnswer {
    var answer = self
    change(&answer)
    return answer
  }

  var document: SiteDocument {
    var members: [String: SiteDocument] = ["status": .number(Double(status)), "body": body.document]
    func pairs(_ lines: [(name: String, value: String)]) -> SiteDocument {
      .list(lines.map { .list([.text($0.name), .text($0.value)]) })
    }
    members["headers"] = pairs(headers)
    members["trailers"] = pairs(trailers)
    members["framing"] = framing.map { .text($0.rawValue) }
    members["length"] = length.map { .number(Double($0)) }
    members["etag"] = etag.map { .text($0) }
    members["lastModified"] = lastModified.map { .text($0) }
    members["ranges"] = .boolean(ranges)
    members["contentRange"] = contentRange.map { .text($0) }
    members["delay"] = .number(delay)
    members["dripHeaders"] = headerPause.map { .number($0) }
    members["drip"] = drip.map { .list([.number(Double($0.octets)), .number($0.seconds)]) }
    members["stallAfter"] = stallAfter.map { .number(Double($0)) }
    members["cutAfter"] = cutAfter.map { .number(Double($0)) }
    members["excess"] = .octets(excess)
    members["raw"] = raw.map { .octets($0) }
    members["demands"] = demands.map { .list([.text($0.authorization), .text($0.challenge)]) }
    members["keep"] = keepsConnection.map { .boolean($0) }
    return .object(members)
  }
}

extension SiteAnswer.Body {
  var document: SiteDocument {
    switch self {
    case .octets(let octets): .object(["hex": .octets(octets)])
    case .file(let path): .object(["file": .text(path)])
    case .zeros(let count): .object(["zeros": .number(Double(count))])
    case .gzip(let count): .object(["gzip": .number(Double(count))])
    case .endless: .object(["endless": .boolean(true)])
    }
  }
}
