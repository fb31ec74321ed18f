internal import SwiftASN1
internal import TrustModel

/// The fields of a certificate that are looked at, taken from its DER.
///
/// Source: RFC 5280, section 4.1.
struct CertificateParts: DERParseable {
  let signed: [UInt8]
  let algorithm: ASN1ObjectIdentifier
  let signature: [UInt8]
  let publicKey: [UInt8]
  let commonName: String?
  let notBefore: Timestamp
  let notAfter: Timestamp
  let isAuthority: Bool

  init(derEncoded node: ASN1Node) throws {
    let whole = try DER.sequence(node, identifier: .sequence) { nodes in
      guard let signed = nodes.next(), let algorithm = nodes.next() else { throw Malformed() }
      return (signed, try Self.firstIdentifier(algorithm), try ASN1BitString(derEncoded: &nodes))
    }
    signed = Array(whole.0.encodedBytes)
    algorithm = whole.1
    signature = Array(whole.2.bytes)
    let body = try DER.sequence(whole.0, identifier: .sequence) { try Body(&$0) }
    publicKey = Array(body.publicKey.encodedBytes)
    commonName = try Self.commonName(body.subject)
    (notBefore, notAfter) = try DER.sequence(body.validity, identifier: .sequence) { nodes in
      guard let from = nodes.next(), let to = nodes.next() else { throw Malformed() }
      return (try Self.moment(from), try Self.moment(to))
    }
    isAuthority = try body.extensions.map { try Self.isAuthority($0) } ?? false
    guard body.algorithm == algorithm else { throw Malformed() }
  }

  struct Malformed: Error {}

  /// The fields of TBSCertificate in their order.
  private struct Body {
    let algorithm: ASN1ObjectIdentifier
    let validity: ASN1Node
    let subject: ASN1Node
    let publicKey: ASN1Node
    var extensions: ASN1Node?

    init(_ nodes: inout ASN1NodeCollection.Iterator) throws {
      guard var next = nodes.next() else { throw Malformed() }
      if next.identifier == ASN1Identifier(tagWithNumber: 0, tagClass: .contextSpecific), let serial = nodes.next() {
        next = serial
      }
      guard next.identifier == .integer, let algorithm = nodes.next(), nodes.next() != nil,
        let validity = nodes.next(), let subject = nodes.next(), let publicKey = nodes.next()
      else { throw Malformed() }
      self.algorithm = try CertificateParts.firstIdentifier(algorithm)
      (self.validity, self.subject, self.publicKey) = (validity, subject, publicKey)
      while let rest = nodes.next() {
        if rest.identifier == ASN1Identifier(tagWithNumber: 3, tagClass: .contextSpecific) { extensions = rest }
      }
    }
  }

  private static func firstIdentifier(_ node: ASN1Node) throws -> ASN1ObjectIdentifier {
    try DER.sequence(node, identifier: .sequence) { nodes in
      let identifier = try ASN1ObjectIdentifier(derEncoded: &nodes)
      while nodes.next() != nil {}
      return identifier
    }
  }

  /// The one common name of a subject; nil where it has none, or several.
  private static func commonName(_ subject: ASN1Node) throws -> String? {
    var names: [String] = []
    try DER.sequence(subject, identifier: .sequence) { sets in
      while let set = sets.next() {
        try DER.set(set, identifier: .set) { pairs in
          while let pair = pairs.next() { try Self.name(pair).map { names.append($0) } }
        }
      }
    }
    return names.count == 1 ? names[0] : nil
  }

  private static func name(_ pair: ASN1Node) throws -> String? {
    try DER.sequence(pair, identifier: .sequence) { nodes in
      let kind = try ASN1ObjectIdentifier(derEncoded: &nodes)
      guard let value = nodes.next() else { throw Malformed() }
      let isText = [.utf8String, .printableString, .ia5String].contains(value.identifier)
      guard kind == [2, 5, 4, 3], isText, case .primitive(let octets) = value.content else { return nil }
      return String(validating: octets, as: UTF8.self)
    }
  }

  private static func moment(_ node: ASN1Node) throws -> Timestamp {
    func text(_ year: Int, _ rest: [Int]) -> String {
      let numbers = rest.map { ($0 < 10 ? "0" : "") + String($0) }
      let padded = String(repeating: "0", count: max(0, 4 - String(year).count)) + String(year)
      return "\(padded)-\(numbers[0])-\(numbers[1])T\(numbers[2]):\(numbers[3]):\(numbers[4])Z"
    }
    let written: String
    if node.identifier == .utcTime {
      let time = try UTCTime(derEncoded: node)
      written = text(time.year, [time.month, time.day, time.hours, time.minutes, time.seconds])
    } else {
      let time = try GeneralizedTime(derEncoded: node)
      written = text(time.year, [time.month, time.day, time.hours, time.minutes, time.seconds])
    }
    guard let moment = Timestamp(rfc3339: written) else { throw Malformed() }
    return moment
  }

  /// Whether basic constraints say so.
  private static func isAuthority(_ extensions: ASN1Node) throws -> Bool {
    guard case .constructed(let inner) = extensions.content, let list = inner.first(where: { _ in true }) else {
      throw Malformed()
    }
    var isAuthority = false
    try DER.sequence(list, identifier: .sequence) { nodes in
      while let one = nodes.next() {
        let value = try Self.basicConstraints(one)
        isAuthority = isAuthority || (value ?? false)
      }
    }
    return isAuthority
  }

  private static func basicConstraints(_ node: ASN1Node) throws -> Bool? {
    try DER.sequence(node, identifier: .sequence) { nodes in
      let kind = try ASN1ObjectIdentifier(derEncoded: &nodes)
      _ = try DER.decodeDefault(&nodes, defaultValue: false) as Bool
      let value = try ASN1OctetString(derEncoded: &nodes)
      guard kind == [2, 5, 29, 19] else { return nil }
      return try DER.sequence(DER.parse(value.bytes), identifier: .sequence) { inner in
        let isAuthority = try DER.decodeDefault(&inner, defaultValue: false) as Bool
        while inner.next() != nil {}
        return isAuthority
      }
    }
  }
}
