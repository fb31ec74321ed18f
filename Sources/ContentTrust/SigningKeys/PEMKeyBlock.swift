public import TrustModel

/// The one PEM block of a private key's file: its kind, its headers, and its octets in memory that is wiped.
///
/// Source: RFC 7468, RFC 1421, section 4.4; reference/docker-content-trust.md, section 1.
public struct PEMKeyBlock: ~Copyable {
  /// A header line.
  public struct Header: Hashable, Sendable {
    /// What stands before the colon.
    public let name: String
    /// What stands behind it.
    public let value: String
  }

  /// How many headers a block may have.
  public static let headerLimit = 16
  /// How long a header may be, in octets.
  public static let headerLength = 1_024

  /// What the block says it is: `ENCRYPTED PRIVATE KEY`.
  public let label: String
  /// Its headers, as they stand.
  public let headers: [Header]
  /// What its base64 stands for: DER, or what an older form has encrypted.
  public let body: SecretBuffer

  /// The block of a file.
  ///
  /// - Throws: `SigningKeyFileError` where the file holds anything else beside one block.
  public init(_ file: borrowing SecretBuffer) throws(SigningKeyFileError) {
    let capacity = file.count / 4 * 3 + 3
    guard var body = SecretBuffer(capacity: capacity) else { throw .memory }
    let (label, headers) = try file.withUnsafeBytes { octets throws(SigningKeyFileError) in
      var lines = PEMLines(octets)
      let label = try Self.begin(&lines)
      let headers = try Self.read(&lines, label, into: &body)
      guard let rest = lines.nextText() else { return (label, headers) }
      throw rest.boundary("-----BEGIN ") == nil ? .textAround : .severalBlocks
    }
    self.label = label
    self.headers = headers
    self.body = body
  }

  private static func begin(_ lines: inout PEMLines) throws(SigningKeyFileError) -> String {
    guard let first = lines.nextText() else { throw .noBlock }
    if let label = first.boundary("-----BEGIN ") { return label }
    while let line = lines.next() {
      if line.boundary("-----BEGIN ") != nil { throw .textAround }
    }
    throw .noBlock
  }

  /// Reads headers, then base64, up to the end of the block.
  private static func read(
    _ lines: inout PEMLines, _ label: String, into body: inout SecretBuffer
  ) throws(SigningKeyFileError) -> [Header] {
    var headers: [Header] = []
    var digits = Base64Digits()
    var isInHeaders = true
    while let line = lines.next() {
      if let end = line.boundary("-----END ") {
        guard end == label else { throw .truncated }
        guard digits.isWhole else { throw .base64 }
        return headers
      }
      guard line.boundary("-----BEGIN ") == nil else { throw .truncated }
      if isInHeaders, line.contains(UInt8(ascii: ":")) {
        headers.append(try header(line, headers))
        continue
      }
      isInHeaders = false
      guard digits.take(line, into: &body) else { throw .base64 }
    }
    throw .truncated
  }

  private static func header(
    _ line: Slice<UnsafeRawBufferPointer>, _ known: [Header]
  ) throws(SigningKeyFileError) -> Header {
    guard known.count < headerLimit else { throw .header("it has more than \(headerLimit) header lines") }
    guard line.count <= headerLength else { throw .header("a header line is longer than \(headerLength) octets") }
    guard let text = String(validating: line, as: UTF8.self) else { throw .header("a header line is no UTF-8") }
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let header = Header(name: Self.trimmed(parts[0]), value: Self.trimmed(parts[1]))
    guard !known.contains(where: { $0.name == header.name }) else { throw .header("a header stands in it twice") }
    return header
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while text.last == " " || text.last == "\t" { text.removeLast() }
    while text.first == " " || text.first == "\t" { text.removeFirst() }
    return String(text)
  }
}

extension PEMKeyBlock {
  /// The value of a header.
  package func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}
