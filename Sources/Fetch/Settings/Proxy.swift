/// A proxy, maybe with credentials in it.
///
/// Octets and never a text, so that credentials are in no description, log or error.
public struct Proxy: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
  /// The address: `http://proxy.example:3128`, `https:`, `socks5:` or `socks5h:`, or without a scheme as for http.
  let octets: [UInt8]

  /// A proxy; nil where that is no address of one.
  public init?(octets: [UInt8]) {
    let text = String(decoding: octets.filter { $0 < 0x80 }, as: UTF8.self)
    let parts = text.split(separator: "://", maxSplits: 1, omittingEmptySubsequences: false)
    let scheme = parts.count == 2 ? parts[0].lowercased() : "http"
    guard ["http", "https", "socks5", "socks5h"].contains(scheme), !(parts.last ?? "").isEmpty else { return nil }
    guard octets.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else { return nil }
    self.octets = octets
  }

  /// Whether a user name or password is in it.
  public var hasCredentials: Bool { octets.contains(UInt8(ascii: "@")) }

  /// The address without credentials.
  public var description: String {
    guard let end = octets.lastIndex(of: UInt8(ascii: "@")) else { return String(decoding: octets, as: UTF8.self) }
    let host = String(decoding: octets[(end + 1)...], as: UTF8.self)
    let scheme = String(decoding: octets.prefix { $0 != UInt8(ascii: ":") }, as: UTF8.self)
    let hasScheme = octets.starts(with: Array((scheme + "://").utf8))
    return (hasScheme ? scheme + "://" : "") + "(secret)@" + host
  }

  /// Nothing inside.
  public var customMirror: Mirror { Mirror(self, children: ["address": description]) }
}
