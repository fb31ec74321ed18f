public import SignedMetadata

/// What the place of a key's file says: docker and notary go by it alone, and never compare it with the contents.
///
/// Source: reference/docker-content-trust.md, section 1, "migration" and "listing".
public struct SigningKeyName: Hashable, Sendable {
  /// The identifier; nil where the name is none.
  public let id: KeyID?
  /// The role that an older layout puts into the name.
  public let role: String?
  /// The repository that an older layout has as folders.
  public let repository: String?
  /// Whether it lies in a folder that docker and notary move to the new layout, and delete, on their next start.
  public let isOld: Bool
  /// Whether it ends in `.key`: docker and notary see no other file.
  public let hasEnding: Bool

  /// The name of a file by its path below the trust folder: `private`, folders, the file.
  public init(_ parts: [String]) {
    let name = parts.last ?? ""
    hasEnding = name.utf8.reversed().starts(with: ".key".utf8.reversed())
    let base = hasEnding ? String(decoding: name.utf8.dropLast(4), as: UTF8.self) : name
    let layout = parts.count > 2 ? parts[1] : ""
    isOld = layout == "root_keys" || layout == "tuf_keys"
    guard isOld else {
      (id, role, repository) = (KeyID(base), nil, nil)
      return
    }
    let halves = base.split(separator: "_", maxSplits: 1, omittingEmptySubsequences: false)
    id = KeyID(halves[0])
    role = halves.count == 2 ? String(halves[1]) : nil
    let folders = parts.dropFirst(2).dropLast()
    repository = layout == "tuf_keys" && !folders.isEmpty ? folders.joined(separator: "/") : nil
  }
}
