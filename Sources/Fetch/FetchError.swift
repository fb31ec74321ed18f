internal import TrustModel

/// Why something was not fetched: one case for each cause, in words that say what to do.
public enum FetchError: Error, Sendable, CustomStringConvertible {
  /// An http address, where only https is allowed.
  case insecure(Address)
  /// An https address leads to an http one.
  case downgrade(from: Address, to: Address)
  /// More redirects than the limit, or in a circle: the addresses in order.
  case redirects(limit: Int, trace: [Address])
  /// A server leads to what is no address.
  case address(AddressError)
  /// A page or a redirect leads to a private address, of this kind.
  case privateAddress(Address, String)
  /// TLS did not come about, or the certificate is not accepted, for this reason.
  case tls(Address, String)
  /// No connection, for this reason.
  case unreachable(Address, String)
  /// A status that is not accepted, and the final address.
  case status(Int, Address)
  /// The body is longer, in octets.
  case tooLarge(Address, limit: UInt64)
  /// The body is encoded, though nobody asked for that.
  case encoded(Address, String)
  /// The body ended too early.
  case cut(Address)
  /// Slower than the limit, in octets a second.
  case tooSlow(Address, rate: Int)
  /// No octet for so many seconds.
  case stalled(Address, seconds: Int)
  /// Not finished after so many seconds.
  case timeout(Address, seconds: Int)
  /// The rest does not belong to what was begun.
  case mixed(Address, String)
  /// The answer is not HTTP as it should be, in words that follow "the server".
  case protocolViolation(Address, String)
  /// A setting cannot be used: where it stands, and what is wrong.
  case configuration(String, String)
  /// Ended from another thread.
  case cancelled
  /// What took the octets failed.
  case consumer(any Error)
  /// libcurl failed, in its words.
  case engine(String)

  /// Whether there is nothing at the address, by the server's own word.
  public var isNotFound: Bool {
    if case .status(let status, _) = self { status == 404 || status == 410 } else { false }
  }

  /// The addresses that were passed through, where the error is about them; see also `Fetcher.redirects`.
  public var redirects: [Address] {
    switch self {
    case .redirects(_, let trace): trace
    case .downgrade(_, let to): [to]
    default: []
    }
  }

  /// One sentence.
  public var description: String {
    switch self {
    case .insecure(let address): "\(shown(address)) is plain http: use https, or allow it with --insecure-allow-http"
    case .downgrade(let from, let to):
      "\(shown(from)) leads to \(shown(to)), from https to plain http, which is never followed"
    case .redirects(let limit, let trace): redirectSentence(limit, trace)
    case .address(let error): "the server leads nowhere: \(error)"
    case .privateAddress(let address, let kind): privateSentence(address, kind)
    case .tls(let address, let problem): "\(shown(address)): no secure connection: \(problem)"
    case .unreachable(let address, let problem): "\(shown(address)) cannot be reached: \(problem)"
    case .status(let status, let address): statusSentence(status, address)
    case .consumer(let error): "\(error)"
    case .cancelled: "stopped"
    case .engine(let problem): "nothing was fetched: \(problem)"
    case .configuration(let place, let problem): "\(place): \(problem)"
    default: bodySentence
    }
  }

  private var bodySentence: String {
    switch self {
    case .tooLarge(let address, let limit): "\(shown(address)) has more than \(limit) octets, the limit for what it is"
    case .encoded(let address, let coding):
      "\(shown(address)) is sent encoded (\(coding)), though only plain octets were asked for: the server must send the "
        + "file as it is"
    case .cut(let address): "\(shown(address)): the connection ended before the whole of it had come; try again"
    case .tooSlow(let address, let rate): "\(shown(address)) comes slower than \(rate) octets a second; try again later"
    case .stalled(let address, let seconds): "\(shown(address)): nothing came for \(seconds) seconds; try again later"
    case .timeout(let address, let seconds):
      "\(shown(address)) was not fetched within \(seconds) seconds; try again later"
    case .mixed(let address, let problem):
      "\(shown(address)) cannot be resumed: \(problem); fetch it again from the beginning"
    case .protocolViolation(let address, let problem): "\(shown(address)): the server \(problem): tell who runs it"
    default: "not fetched"
    }
  }

  private func shown(_ address: Address) -> String { VisibleText(address.description, limit: 300).description }

  private func redirectSentence(_ limit: Int, _ trace: [Address]) -> String {
    guard let last = trace.last else { return "redirects are not followed here" }
    if trace.dropLast().contains(last) {
      return "redirects lead in a circle, back to \(shown(last)): tell who runs the server"
    }
    return "more than \(limit) redirects, the last one to \(shown(last)): ask for that address, if you know it"
  }

  private func privateSentence(_ address: Address, _ kind: String) -> String {
    "\(shown(address)) lies in \(kind), where no page or redirect may lead; if that is meant, write [host "
      + "\(address.sectionName)] and allow-private = yes into a file /etc/keyreeve/*.conf"
  }

  private func statusSentence(_ status: Int, _ address: Address) -> String {
    let place = shown(address)
    return switch status {
    case 401, 403:
      "\(place): the server refuses access (status \(status)); credentials are a line header = … under [host "
        + "\(address.sectionName)] in a file /etc/keyreeve/*.conf with mode 0600"
    case 404, 410: "\(place): there is nothing (status \(status))"
    case 407: "\(place): the proxy refuses access (status 407): see proxy under [fetch] in: keyreeve config"
    case 429, 503: "\(place): the server is busy (status \(status)); try again later"
    default: "\(place): the server answers with status \(status)"
    }
  }
}
