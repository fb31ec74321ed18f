internal import StrictJSON
internal import TrustModel

/// A document with its signatures: one tree, from which the fields are read and whose canonical form is verified.
///
/// Source: TUF 1.0.34, section 4.2; reference/security.md, section 2 and rows T-26, T-33 and T-55.
struct Envelope {
  let role: RoleName
  let dialect: Dialect
  let signed: JSON
  let canonical: [UInt8]
  /// The members of `targets` by their places in `octets`, where these are in canonical form; `signed` has none of them then.
  let listing: [CanonicalObject.Member]?
  /// The document as it was received.
  let octets: [UInt8]
  /// By the key identifier as it is written; a signature that cannot be read counts as none.
  let signatures: [String: MetadataSignature]

  /// Reads the document of a role, of at most `limit` octets.
  init(
    _ octets: [UInt8], of role: RoleName, _ dialect: Dialect, limit: Int, _ limits: MetadataLimits
  ) throws(MetadataError) {
    guard octets.count <= limit else { throw MetadataError(role, .tooLong(limit: limit)) }
    let parts = try Self.parts(octets, of: role, JSONLimits(octets: limit, depth: limits.depth))
    let fields = try FieldReader(parts.tree, "document", of: role, dialect, known: ["signed", "signatures"])
    guard let signed = fields["signed"], signed.members != nil else { throw fields.error("signed must be an object") }
    (self.role, self.dialect, self.signed, self.octets) = (role, dialect, signed, octets)
    signatures = try Self.signatures(try fields.array("signatures"), role, dialect, limits)
    canonical = parts.object.map { Array(octets[$0.range]) } ?? signed.canonicalForm
    listing = parts.object?.listing
  }

  /// A list of targets may be long; every other document is short, and becomes a tree as a whole.
  private static func parts(
    _ octets: [UInt8], of role: RoleName, _ limits: JSONLimits
  ) throws(MetadataError) -> Parts {
    if ![.root, .timestamp, .snapshot].contains(role),
      let parts = canonicalParts(octets, listing: "targets", limits)
    {
      return parts
    }
    do {
      return Parts(tree: try JSON.parse(octets, limits: limits), object: nil)
    } catch {
      throw MetadataError(role, .json(error))
    }
  }

  private static func signatures(
    _ elements: [JSON], _ role: RoleName, _ dialect: Dialect, _ limits: MetadataLimits
  ) throws(MetadataError) -> [String: MetadataSignature] {
    guard elements.count <= limits.signatures else {
      throw MetadataError(role, .schema("more than \(limits.signatures) signatures"))
    }
    var seen: Set<JSONString> = []
    var signatures: [String: MetadataSignature] = [:]
    for element in elements {
      let fields = try FieldReader(element, "signature", of: role, dialect, known: ["keyid", "method", "sig"])
      let id = try fields.string("keyid")
      guard seen.insert(id).inserted else { throw MetadataError(role, .duplicateSignature(id.text)) }
      let text = try fields.string("sig").text
      switch dialect {
      case .tuf: signatures[id.text] = Hex.octets(text).map { MetadataSignature(method: nil, octets: $0) }
      case .notary:
        let method = SignatureMethod(notary: try fields.string("method").text)
        guard let method, let octets = Base64.decode(text.utf8) else { continue }
        signatures[id.text] = MetadataSignature(method: method, octets: octets)
      }
    }
    return signatures
  }
}

/// One signature of a document.
struct MetadataSignature {
  /// The method that it names; nil where the key is bound to one.
  let method: SignatureMethod?
  let octets: [UInt8]

  func isValid(over message: [UInt8], by key: MetadataKey) -> Bool {
    guard let method = key.scheme ?? method else { return false }
    return method.isValid(octets, over: message, by: key.material)
  }
}
