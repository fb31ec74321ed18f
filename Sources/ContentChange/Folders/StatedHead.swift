internal import StrictJSON
internal import TrustModel

/// Version and expiry of a document by its own word: nothing is verified, and a long list of targets is only passed over.
struct StatedHead {
  /// Its version.
  let version: Int64?
  /// From when on it counts no more.
  let expires: Timestamp?

  /// The head of a signed document of at most `limit` octets; nil where it is none.
  init?(_ octets: [UInt8], limit: Int) {
    guard octets.count <= limit, let values = Self.lying(octets) ?? Self.tree(octets, limit) else { return nil }
    version = values("version")?.integer
    expires = values("expires")?.string.flatMap { Timestamp(rfc3339: $0.text) }
  }

  private typealias Values = (JSONString) -> JSON?

  /// Of a document in canonical form.
  private static func lying(_ octets: [UInt8]) -> Values? {
    let start = Array(#"{"signed":"#.utf8)
    guard octets.starts(with: start),
      let object = CanonicalObject(in: octets, at: start.count, depth: JSONLimits().depth, listing: "")
    else { return nil }
    return { name in
      object.members.first { octets[$0.name].elementsEqual(name.octets) }
        .flatMap { try? JSON.parse(Array(octets[$0.value])) }
    }
  }

  private static func tree(_ octets: [UInt8], _ limit: Int) -> Values? {
    let signed = (try? JSON.parse(octets, limits: JSONLimits(octets: limit)))?["signed"]
    return signed.map { signed in { signed[$0] } }
  }
}
