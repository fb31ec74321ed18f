internal import CCurl
internal import TrustModel

/// libcurl with the connections that it keeps: one transfer at a time.
@safe final class Engine {
  /// What one transfer needs to be told.
  struct Order {
    let address: Address
    let proxy: Proxy?
    let authorities: [SettingFile]
    /// Whether the system's authorities count beside them.
    let besideSystem: Bool
    let host: HostSettings?
    /// Whether the host may see its secrets.
    let sharesSecrets: Bool
    /// What only this request sends; empty where it must not.
    let credentials: [SecretHeader]
    /// What is sent; it must stay until the transfer has ended.
    let body: SentBody?
    let resume: ResumePoint?
    /// The media types that are understood.
    let mediaTypes: [String]
    /// Whether the headers alone are asked for.
    let isHeadOnly: Bool
  }

  private let curl: OpaquePointer

  /// - Throws: `engine` where libcurl is not there.
  init() throws(FetchError) {
    if let problem = unsafe kr_curl_problem() {
      throw .engine(AddressError.unreadable(unsafe String(cString: problem)).description)
    }
    guard let curl = unsafe kr_curl_open() else { throw .engine("no memory") }
    unsafe self.curl = curl
  }

  deinit { unsafe kr_curl_close(curl) }

  /// Starts a transfer; the receiver must stay until it has ended.
  func begin(_ order: Order, _ receiver: kr_receiver) throws(FetchError) {
    try check(unsafe kr_curl_prepare(curl, receiver))
    try set(KR_CURL_URL, order.address.description)
    try set(KR_CURL_SCHEME, order.address.scheme.rawValue)
    if let proxy = order.proxy {
      try check(unsafe kr_curl_set_secret(curl, KR_CURL_PROXY, proxy.octets, proxy.octets.count))
    }
    try trust(order.authorities, besideSystem: order.besideSystem)
    if let socket = order.host?.unixSocket { try set(KR_CURL_UNIX_SOCKET, socket) }
    if let other = order.host?.connectTo { try set(KR_CURL_CONNECT_TO, Self.connection(order.address, other)) }
    if order.sharesSecrets, let host = order.host { try share(host) }
    for header in order.credentials { try add(header.line) }
    if let body = order.body { try send(body) }
    if let resume = order.resume {
      try set(KR_CURL_RANGE, "\(resume.offset)-")
      if let validator = resume.validator { try add(Array("If-Range: \(validator)".utf8)) }
    }
    if !order.mediaTypes.isEmpty { try add(Array("Accept: \(order.mediaTypes.joined(separator: ", "))".utf8)) }
    if order.isHeadOnly { try check(unsafe kr_curl_set_head(curl)) }
    try check(unsafe kr_curl_start(curl))
  }

  /// Moves what can be moved, and waits for at most so many milliseconds.
  func step(milliseconds: CInt) -> kr_curl_state { unsafe kr_curl_step(curl, milliseconds) }

  /// Ends the transfer, with its connection.
  func stop() { unsafe kr_curl_stop(curl) }

  /// libcurl's words about the last transfer, safe to show.
  var message: String {
    // How many milliseconds it took is no part of what happened: the same failure reads the same.
    var words = unsafe String(cString: kr_curl_message(curl)).split(separator: " ")
    if let after = words.firstIndex(of: "after"), after > 0, words.count > after + 2, Int(words[after + 1]) != nil,
      words[after + 2].hasPrefix("ms")
    {
      words[after - 1] += words[after + 2].dropFirst(2)
      words.removeSubrange(after...after + 2)
    }
    return VisibleText(words.joined(separator: " "), limit: 300).description
  }

  /// Why the server's certificate was refused.
  var certificateFault: kr_certificate_fault { unsafe kr_curl_certificate_fault(curl) }

  private static func connection(_ from: Address, _ to: Address) -> String {
    func bracketed(_ host: String) -> String { host.contains(":") ? "[\(host)]" : host }
    return "\(bracketed(from.host)):\(from.effectivePort):\(bracketed(to.host)):\(to.effectivePort)"
  }

  private func share(_ host: HostSettings) throws(FetchError) {
    if let certificate = host.clientCertificate {
      try set(KR_CURL_CERTIFICATE, certificate.path)
      try set(KR_CURL_KEY, (host.clientKey ?? certificate).path)
    }
    for header in host.headers { try add(header.line) }
  }

  /// One file as it lies; several as one, which is all that libcurl takes.
  private func trust(_ authorities: [SettingFile], besideSystem: Bool) throws(FetchError) {
    guard authorities.count > 1 || besideSystem else {
      if let file = authorities.first { try set(KR_CURL_AUTHORITIES, file.path) }
      return
    }
    let octets = try SettingFile.certificates(in: authorities)
    try check(unsafe kr_curl_set_authorities(curl, octets, octets.count, besideSystem))
  }

  private func send(_ body: SentBody) throws(FetchError) {
    if case .piece(let piece) = body { return try send(piece) }
    guard let octets = body.octets else { return try check(unsafe kr_curl_set_deletion(curl)) }
    if case .document(_, let type) = body { try add(Array("Content-Type: \(type)".utf8)) }
    try check(
      unsafe octets.withUnsafeBytes { octets in
        unsafe kr_curl_set_body(curl, octets.baseAddress?.assumingMemoryBound(to: UInt8.self), octets.count)
      })
  }

  private func send(_ piece: SentPiece) throws(FetchError) {
    try add(Array("Content-Type: \(piece.type)".utf8))
    // The whole is sent at once: nobody waits for a word in between.
    try add(Array("Expect:".utf8))
    if let start = piece.start, piece.count > 0 {
      try add(Array("Content-Range: \(start)-\(start + piece.count - 1)".utf8))
    }
    switch piece.content {
    case .octets(let octets):
      try check(unsafe kr_curl_set_octets(curl, piece.method.rawValue, octets, octets.count))
    case .file(let file, let offset, let count):
      try check(unsafe kr_curl_set_file(curl, piece.method.rawValue, file, offset, count))
    }
  }

  private func set(_ setting: kr_curl_setting, _ text: String) throws(FetchError) {
    try check(unsafe kr_curl_set(curl, setting, text))
  }

  private func add(_ line: [UInt8]) throws(FetchError) {
    try check(unsafe kr_curl_add_header(curl, line, line.count))
  }

  private func add(_ line: SecretOctets) throws(FetchError) {
    try check(
      unsafe line.withUnsafeBytes { octets in
        guard let start = octets.baseAddress else { return false }
        return unsafe kr_curl_add_header(curl, start.assumingMemoryBound(to: UInt8.self), octets.count)
      })
  }

  private func check(_ succeeded: Bool) throws(FetchError) {
    guard succeeded else { throw .engine(message) }
  }
}
