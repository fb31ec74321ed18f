/// A request that a test site was asked.
public struct SiteRequest: Sendable {
  /// The number of its connection: the same for requests over the same one.
  public let connection: Int
  /// The port, or the path of the socket, that it came in at.
  public let listener: String
  /// The method.
  public let method: String
  /// Path and query.
  public let target: String
  /// Who the client's certificate is for, where it showed one.
  public let certificate: String
  /// The body.
  public let body: [UInt8]
  /// The header lines by their names in lower case.
  public let headers: [String: String]

  /// The path, without the query.
  public var path: String { String(target.prefix { $0 != "?" }) }

  init?(row: Substring) {
    let fields = row.split(separator: ";", omittingEmptySubsequences: false)
    guard fields.count == 7, let connection = Int(fields[0]) else { return nil }
    self.connection = connection
    listener = Self.text(fields[1])
    method = Self.text(fields[2])
    target = Self.text(fields[3])
    certificate = Self.text(fields[4])
    body = Self.octets(fields[5])
    let pairs = fields[6].split(separator: ",").map { $0.split(separator: "=") }
    headers = Dictionary(pairs.map { (Self.text($0[0]), Self.text($0[1])) }) { $1 }
  }

  private static func octets(_ hexadecimal: Substring) -> [UInt8] {
    guard hexadecimal != "-" else { return [] }
    let digits = Array(hexadecimal.utf8)
    return stride(from: 0, to: digits.count - 1, by: 2).compactMap {
      UInt8(String(decoding: digits[$0...($0 + 1)], as: UTF8.self), radix: 16)
    }
  }

  private static func text(_ hexadecimal: Substring) -> String {
    String(decoding: octets(hexadecimal), as: UTF8.self)
  }
}
