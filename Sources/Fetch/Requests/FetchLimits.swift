/// How much is taken of one answer, and how long it may take: the only place where the limits of fetching are set.
///
/// Source: reference/security.md, section 3.6, and rows D-01, D-06 and D-08.
public struct FetchLimits: Sendable, Equatable {
  /// Octets of the body, those included that a resumed download already has; one more is an error.
  public var octets: UInt64
  /// Seconds to be connected, the name lookup and TLS included; each redirect has as many.
  public var connect: Int
  /// Seconds without any octet.
  public var stall: Int
  /// Seconds from the beginning to the end, redirects included, the time that the consumer takes left out.
  public var total: Int
  /// Octets a second from the first octet of an answer on, averaged over `rateWindow` seconds.
  public var minimumRate: Int
  /// Seconds.
  public var rateWindow: Int
  /// Redirects that are followed; one more is an error.
  public var redirects: Int

  /// Limits of one's own.
  public init(
    octets: UInt64, connect: Int = 15, stall: Int = 30, total: Int = 60, minimumRate: Int = 512, rateWindow: Int = 15,
    redirects: Int = 5
  ) {
    (self.octets, self.connect, self.stall, self.total) = (octets, connect, stall, total)
    (self.minimumRate, self.rateWindow, self.redirects) = (minimumRate, rateWindow, redirects)
  }

  /// A discovery page: 1 MiB, 30 seconds.
  public static let page = FetchLimits(octets: 1024 * 1024, stall: 15, total: 30)
  /// A signature: 1 MiB, a minute.
  public static let signature = FetchLimits(octets: 1024 * 1024)
  /// A file of public keys: 512 KiB, a minute.
  public static let key = FetchLimits(octets: 512 * 1024)

  /// An image of at most so many octets: a day, and at least 1 KiB a second over half a minute.
  public static func image(octets: UInt64) -> FetchLimits {
    FetchLimits(octets: octets, total: 24 * 60 * 60, minimumRate: 1024, rateWindow: 30)
  }

  /// Header lines of an answer, interim answers and trailers included.
  public static let headerLines = 128
  /// Octets of one header line.
  public static let headerLineOctets = 16 * 1024
  /// Octets of all header lines of an answer.
  public static let headerOctets = 64 * 1024
  /// Octets of a body that nobody wants (of a redirect, of an error) that are read so that the connection can be kept.
  static let unwantedOctets: UInt64 = 64 * 1024
}
