public import TrustModel

/// An image that an engine says it has given to a registry.
public struct PushedImage: Sendable, Equatable {
  /// The tag.
  public let tag: DockerTag
  /// The digest of its manifest.
  public let digest: ManifestDigest
  /// The octets of its manifest, where the engine says so.
  public let size: Int64?

  /// An image that was pushed.
  public init(tag: DockerTag, digest: ManifestDigest, size: Int64?) {
    (self.tag, self.digest, self.size) = (tag, digest, size)
  }

  /// Reads a line of `docker push`: `TAG: digest: sha256:… size: N`; nil for any other.
  public init?(dockerLine line: some Sequence<UInt8>) {
    let words = Array(line).split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    guard words.count == 5, words[0].utf8.last == UInt8(ascii: ":"), words[1] == "digest:", words[3] == "size:",
      let tag = try? DockerTag(words[0].dropLast()), let digest = try? ManifestDigest(words[2]),
      let size = Int64(words[4]),
      size > 0
    else { return nil }
    self.init(tag: tag, digest: digest, size: size)
  }
}
