public import SignedMetadata
public import StrictJSON
internal import TrustModel

/// What is signed of a document: its canonical form.
public struct SignedText: Sendable {
  /// The octets that are signed.
  public let canonical: [UInt8]

  /// The canonical form of a tree.
  public init(_ tree: JSON) { canonical = tree.canonicalForm }

  /// Octets that are in canonical form already.
  init(canonical: [UInt8]) { self.canonical = canonical }

  /// A signature under the identifier that the key is listed under.
  public struct Signature: Hashable, Sendable {
    let id: KeyID
    let made: MadeSignature

    /// A signature.
    public init(_ id: KeyID, _ made: MadeSignature) {
      (self.id, self.made) = (id, made)
    }
  }

  /// The document as it is uploaded and kept, in the very octets that notary-server writes when it signs a snapshot over it.
  ///
  /// Other octets of the same meaning would be published, and could be read by nobody. Source: reference/docker-content-trust.md,
  /// section 2, "Byte-identity rule".
  public func document(_ signatures: [Signature]) -> [UInt8] {
    var octets = Array(#"{"signed":"#.utf8)
    octets.reserveCapacity(canonical.count + 1_024)
    appendEscaped(to: &octets)
    octets += Array(#","signatures":["#.utf8)
    for (offset, signature) in signatures.enumerated() {
      if offset > 0 { octets.append(UInt8(ascii: ",")) }
      octets += Array(#"{"keyid":"\#(signature.id)","method":"\#(signature.made.method)","sig":""#.utf8)
      octets += Base64.encode(signature.made.octets)
      octets += Array(#""}"#.utf8)
    }
    octets += Array("]}".utf8)
    return octets
  }

  /// What Go's encoder writes in place of `<`, `>`, `&`, U+2028, U+2029 and control characters, which stand nowhere but in strings.
  ///
  /// What is signed has control characters as they are, and no JSON may: a list that has such a name already, signed by others, would
  /// be read by nobody.
  private func appendEscaped(to octets: inout [UInt8]) {
    var rest = canonical[...]
    while let index = rest.firstIndex(where: { Self.mayBeEscaped($0) }) {
      octets += rest[..<index]
      let (text, count) = Self.escape(rest[index...])
      octets += text
      rest = rest[(index + count)...]
    }
    octets += rest
  }

  private static func mayBeEscaped(_ octet: UInt8) -> Bool {
    octet < 0x20 || octet == UInt8(ascii: "<") || octet == UInt8(ascii: ">") || octet == UInt8(ascii: "&")
      || octet == 0xe2
  }

  /// What is written for what comes first, and how many octets that is.
  private static func escape(_ octets: ArraySlice<UInt8>) -> (text: [UInt8], count: Int) {
    switch octets.first {
    case UInt8(ascii: "<"): return (Array(#"\u003c"#.utf8), 1)
    case UInt8(ascii: ">"): return (Array(#"\u003e"#.utf8), 1)
    case UInt8(ascii: "&"): return (Array(#"\u0026"#.utf8), 1)
    case 0x09: return (Array(#"\t"#.utf8), 1)
    case 0x0a: return (Array(#"\n"#.utf8), 1)
    case 0x0d: return (Array(#"\r"#.utf8), 1)
    case let control? where control < 0x20:
      return (Array((control < 0x10 ? #"\u000"# : #"\u00"#).utf8) + Array(String(control, radix: 16).utf8), 1)
    default:
      if octets.starts(with: [0xe2, 0x80, 0xa8]) { return (Array(#"\u2028"#.utf8), 3) }
      if octets.starts(with: [0xe2, 0x80, 0xa9]) { return (Array(#"\u2029"#.utf8), 3) }
      return ([0xe2], 1)
    }
  }
}
