internal import TrustModel

/// What is to be fetched, and what may happen on the way.
public struct FetchRequest: Sendable {
  /// Where it lies.
  public var address: Address
  /// How much and how long.
  public var limits: FetchLimits
  /// Whether plain http is allowed; an https address still never leads to an http one.
  public var allowsHTTP = false
  /// Whether the address was named by a page or a header and not by a person: then private addresses are refused unless
  /// the host is `trustedHost` or configuration has a section for it.
  ///
  /// Redirects to another host always are.
  public var isDiscovered = false
  /// Host and port that the person named (`example.com`, `example.com:8443`), which may be private.
  public var trustedHost: String?
  /// The server that named the address, such as its token server's: where settings say nothing of the host, the
  /// authorities of that server count as well, beside the general ones.
  public var namedBy: Address?
  /// Statuses whose body is wanted; others are `FetchError.status`.
  public var accepts: Set<Int> = [200]
  /// Header lines for this request alone, such as a token; they go to the origin of the address over https, and nowhere else.
  public var credentials: [SecretHeader] = []
  /// What it does in place of getting; nil for getting.
  public var body: SentBody?
  /// The media types that are understood, for `Accept`; empty for anything.
  public var mediaTypes: [String] = []
  /// Whether the headers alone are asked for (HEAD).
  public var isHeadOnly = false
  /// What is there already.
  public var resume: ResumePoint?

  /// A request for https alone, for an address that a person named.
  public init(_ address: Address, limits: FetchLimits) {
    (self.address, self.limits) = (address, limits)
  }
}
