public import SignedMetadata
internal import StrictJSON
public import TrustModel

/// Version and expiry of a document that is to be signed.
public struct DraftHead: Hashable, Sendable {
  /// Its version, from 1.
  public var version: Int64
  /// From this moment on it counts no more; whole seconds, since notary-server writes no others as it read them.
  public var expires: Timestamp

  /// A head.
  public init(version: Int64, expires: Timestamp) {
    (self.version, self.expires) = (version, expires)
  }

  /// The head of a document that was read.
  public init(_ head: DocumentHead) { self.init(version: head.version, expires: head.expires) }

  /// One version higher, and good until `expires`.
  public func next(expires: Timestamp) -> DraftHead { DraftHead(version: version + 1, expires: expires) }

  /// The members that every document has, around its own ones.
  func members(type: String, _ own: [JSON.Member]) -> JSON {
    .object(
      [JSON.Member("_type", JSON(type))] + own + [
        JSON.Member("expires", JSON(expires.description)), JSON.Member("version", JSON(version)),
      ])
  }
}

/// How long documents count after they were signed, as docker and notary have it.
///
/// Source: reference/docker-content-trust.md, section 2, "Defaults on signing".
public enum Lifetime {
  private static let day: Int64 = 86_400

  /// In seconds: ten years for a root, 14 days for a timestamp, three years for all others.
  public static func seconds(of role: RoleName) -> Int64 {
    switch role {
    case .root: 10 * 365 * day
    case .timestamp: 14 * day
    default: 3 * 365 * day
    }
  }
}
