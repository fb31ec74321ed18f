internal import ContentSigning
internal import ContentTrust
internal import Crypto
public import SignedMetadata
internal import TrustModel

/// A paper copy of one key in its encrypted form: lines that can be typed back, each with a checksum of its own.
///
/// Without the passphrase it is as safe as the key's file; the passphrase is written down elsewhere.
public struct PaperKey: Hashable, Sendable {
  /// The identifier.
  public let id: KeyID
  /// Role and repository.
  public let headers: SigningKeyHeaders
  /// PKCS#8, encrypted.
  let octets: [UInt8]

  /// Octets of a line.
  static let lineOctets = 20
  /// The most octets of a copy.
  public static let limit = 8_192
  /// The first line.
  static let title = "KEYREEVE PAPER KEY 1"

  init(id: KeyID, headers: SigningKeyHeaders, octets: [UInt8]) {
    (self.id, self.headers, self.octets) = (id, headers, octets)
  }

  /// The lines of the copy.
  public var lines: [String] {
    let data = stride(from: 0, to: octets.count, by: Self.lineOctets).enumerated().map { index, start in
      let piece = octets[start..<min(start + Self.lineOctets, octets.count)]
      let number = index + 1
      return
        "\(number < 10 ? "0" : "")\(number)  \(Self.grouped(PaperDigits.encode(piece)))  \(PaperDigits.check(number, piece))"
    }
    let digest = PaperDigits.encode(SHA256.hash(data: octets).prefix(10))
    return [Self.title] + named + [""] + data + ["", "end \(data.count)  \(Self.grouped(digest))"]
  }

  private var named: [String] {
    [("id", id.description), ("role", headers.role), ("gun", headers.repository)].compactMap { name, value in
      value.map { "\(name) \($0)  \(PaperDigits.check(0, Array("\(name)=\($0)".utf8)))" }
    }
  }

  /// The text of a file with the key.
  var pem: [UInt8] {
    var text = "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
    for (name, value) in headers.lines.sorted(by: { $0.name < $1.name }) { text += "\(name): \(value)\n" }
    if !headers.lines.isEmpty { text += "\n" }
    let digits = Base64.encode(octets)
    for start in stride(from: 0, to: digits.count, by: 64) {
      text += String(decoding: digits[start..<min(start + 64, digits.count)], as: UTF8.self) + "\n"
    }
    return Array((text + "-----END ENCRYPTED PRIVATE KEY-----\n").utf8)
  }

  static func grouped(_ digits: String) -> String {
    let octets = Array(digits.utf8)
    return stride(from: 0, to: octets.count, by: 4)
      .map { String(decoding: octets[$0..<min($0 + 4, octets.count)], as: UTF8.self) }.joined(separator: " ")
  }
}

extension PaperKey {
  /// The copy of a key, from its file.
  ///
  /// - Throws: `KeyringError`; for a key that has no passphrase, or is encrypted in an older way, `paper`.
  public init(_ place: SigningKeyPlace) throws(KeyringError) {
    let exported = try ExportedKeyText(place)
    guard let octets = exported.encryptedOctets else { throw .paper(place.id, file: place.file) }
    guard octets.count <= Self.limit else { throw .unusable(file: place.file, .file(.structure)) }
    self.init(id: place.id, headers: exported.headers, octets: octets)
  }
}
