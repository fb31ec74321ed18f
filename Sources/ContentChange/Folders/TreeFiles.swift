internal import ContentTrust
internal import Crypto
internal import SignedMetadata
internal import StrictJSON

/// The files that documents become: by digest, the root by version, and by role.
///
/// Source: reference/docker-content-trust.md, section 4.
struct TreeFiles {
  /// In the order in which readers may see them: what nothing leads to yet, and the timestamp, which leads to all, last.
  let files: [(path: [String], octets: [UInt8])]

  init(_ documents: [PublishedDocument]) {
    var (byDigest, byVersion, byRole):
      ([(path: [String], octets: [UInt8])], [(path: [String], octets: [UInt8])], [(path: [String], octets: [UInt8])]) =
        ([], [], [])
    for document in documents {
      guard let path = KeptDocuments.path(of: document.role) else { continue }
      byRole.append((path, document.octets))
      guard document.role != .timestamp else { continue }
      let digest = Hex.text(SHA256.hash(data: document.octets))
      byDigest.append((Self.path(path, marked: digest), document.octets))
      if document.role == .root, let version = Self.version(document.octets) {
        byVersion.append((["\(version).root.json"], document.octets))
      }
    }
    let last = byRole.filter { $0.path == ["timestamp.json"] }
    files = byDigest + byVersion + byRole.filter { $0.path != ["timestamp.json"] } + last
  }

  /// `targets/releases.json` with a digest: `targets/releases.DIGEST.json`.
  static func path(_ path: [String], marked digest: String) -> [String] {
    guard let name = path.last, name.hasSuffix(".json") else { return path }
    return path.dropLast() + ["\(name.dropLast(5)).\(digest).json"]
  }

  /// Whether a file belongs to documents with these digests, or its name has none.
  static func isListed(_ path: [String], _ digests: Set<String>) -> Bool {
    let parts = (path.last ?? "").split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count >= 3, let digest = parts.dropLast().last, digest.utf8.count == 64 else { return true }
    return digests.contains(String(digest))
  }

  private static func version(_ octets: [UInt8]) -> Int64? {
    (try? JSON.parse(octets, limits: JSONLimits(octets: MetadataLimits().stated)))?["signed"]?["version"]?.integer
  }
}
