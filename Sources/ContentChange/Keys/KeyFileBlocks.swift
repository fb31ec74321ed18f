internal import ContentTrust
internal import TrustModel

/// The blocks of a file with several keys, as `notary key export` writes them, or with other blocks beside a key, as openssl does.
struct KeyFileBlocks {
  /// The most blocks of one file.
  static let limit = 100

  /// The blocks of private keys, each with its lines.
  private(set) var keys: [Range<Int>] = []
  /// The labels of blocks that are no keys and are passed over: parameters, public halves, certificates.
  private(set) var others: [String] = []

  private static let known = ["EC PARAMETERS", "PUBLIC KEY", "CERTIFICATE"]

  /// Finds the blocks.
  ///
  /// - Throws: `SigningKeyFileError`, also where text stands around them that is none of them.
  init(_ octets: SecretOctets) throws(SigningKeyFileError) {
    var start = 0
    var begun: (at: Int, label: String)?
    while start < octets.count {
      let end = octets[start...].firstIndex(of: UInt8(ascii: "\n")) ?? octets.count
      let line = Self.trimmed(octets[start..<end])
      if let label = Self.label(line, "-----BEGIN ") {
        guard begun == nil else { throw .truncated }
        begun = (start, label)
      } else if begun != nil, Self.label(line, "-----END ") != nil, let block = begun {
        guard keys.count + others.count < Self.limit else { throw .header("it has more than \(Self.limit) blocks") }
        if Self.known.contains(block.label) { others.append(block.label) } else { keys.append(block.at..<end) }
        begun = nil
      } else if begun == nil, !line.isEmpty {
        throw .textAround
      }
      start = end + 1
    }
    guard begun == nil else { throw .truncated }
    guard !keys.isEmpty else { throw .noBlock }
  }

  private static func trimmed(_ line: Slice<SecretOctets>) -> Slice<SecretOctets> {
    let blanks: [UInt8] = [0x20, 0x09, 0x0d]
    var line = line
    while let last = line.last, blanks.contains(last) { line.removeLast() }
    while let first = line.first, blanks.contains(first) { line.removeFirst() }
    return line
  }

  /// The label of a boundary line; nil for any other line.
  private static func label(_ line: Slice<SecretOctets>, _ start: StaticString) -> String? {
    let head = Array("\(start)".utf8)
    guard line.count >= head.count + 5, line.starts(with: head), line.suffix(5).elementsEqual("-----".utf8) else {
      return nil
    }
    return String(decoding: line.dropFirst(head.count).dropLast(5).prefix(40), as: UTF8.self)
  }

  /// A block in memory of its own.
  static func buffer(_ octets: Slice<SecretOctets>) throws(SigningKeyFileError) -> SecretBuffer {
    guard var buffer = SecretBuffer(capacity: octets.count) else { throw .memory }
    for octet in octets where !buffer.append(octet) { throw .memory }
    return buffer
  }
}
