internal import CCurl

extension Exchange {
  /// What comes after the end of an exchange.
  enum Next {
    case finished(FetchHead)
    case redirect(String)
    case restart
  }

  /// What the end of the transfer means.
  func next(after state: kr_curl_state, _ engine: Engine) throws(FetchError) -> Next {
    if let failure { throw failure }
    switch reception {
    case .redirect(let location): return .redirect(location)
    case .restart: return .restart
    case .status(let status): throw .status(status, address)
    case .complete(let octets):
      guard let resume = order.resume else { return .restart }
      let head = FetchHead(complete: octets, resume, trail)
      try announce(head)
      return .finished(head)
    case .body(_, let rest, _):
      guard state == KR_CURL_DONE, let head else { throw error(for: state, engine) }
      if let rest, rest != received { throw .cut(address) }
      return .finished(head)
    case nil: throw error(for: state, engine)
    }
  }

  private func error(for state: kr_curl_state, _ engine: Engine) -> FetchError {
    let words = engine.message
    switch state {
    case KR_CURL_DONE: return .cut(address)
    case KR_CURL_UNRESOLVED: return .unreachable(address, "no such host: \(words)")
    case KR_CURL_UNCONNECTED:
      if let privacy { return .privateAddress(address, privacy) }
      return .unreachable(address, words)
    case KR_CURL_TLS: return .tls(address, words)
    case KR_CURL_CERTIFICATE_REFUSED: return .tls(address, certificateSentence(engine.certificateFault, words))
    case KR_CURL_AUTHORITIES_UNUSABLE:
      return .configuration(
        order.authorities.first?.place ?? "ca-bundle", "holds no certificates of authorities (\(words))")
    case KR_CURL_CERTIFICATE_UNUSABLE:
      let place = order.host?.clientCertificate?.place ?? "client-certificate"
      return .configuration(place, "cannot be used with its key (\(words))")
    case KR_CURL_BROKEN: return .protocolViolation(address, "does not speak proper HTTP (\(words))")
    case KR_CURL_CUT: return cutError(words)
    default: return .engine(words)
    }
  }

  /// What libcurl calls an early end has several causes, which only its words tell apart.
  private func cutError(_ words: String) -> FetchError {
    // The server's refusal of a client without a certificate comes after the handshake (TLS 1.3).
    if words.contains("certificate required") {
      return .tls(
        address,
        "the server wants a client certificate: client-certificate = FILE under [host \(address.authority)] in a file "
          + "/etc/keyreeve/*.conf")
    }
    if words.contains("SSL routines"), words.contains("alert") { return .tls(address, words) }
    guard isConnected else { return .unreachable(address, words) }
    if words.contains("chunk") { return .protocolViolation(address, "sends broken chunks (\(words))") }
    return .cut(address)
  }

  private func certificateSentence(_ fault: kr_certificate_fault, _ words: String) -> String {
    let remedy = "ca-bundle = FILE under [fetch] or [host \(address.authority)] in a file /etc/keyreeve/*.conf"
    return switch fault {
    case KR_FAULT_EXPIRED: "its certificate has expired; tell who runs it, or set the clock of this machine"
    case KR_FAULT_NOT_YET_VALID: "its certificate is not valid yet; tell who runs it, or set the clock of this machine"
    case KR_FAULT_SELF_SIGNED: "its certificate is signed by itself alone; if it is the right one, name it by \(remedy)"
    case KR_FAULT_UNKNOWN_AUTHORITY:
      "no authority that is known here vouches for its certificate; if you trust the one that does, name it by \(remedy)"
    case KR_FAULT_WEAK:
      "its certificate is too weak (SHA-1, or a key of less than 112 bits of security); tell who runs it"
    case KR_FAULT_WRONG_HOST: "its certificate is for another name than \(address.host); tell who runs it"
    default: words
    }
  }
}
