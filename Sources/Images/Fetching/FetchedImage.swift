public import TrustModel
public import TrustVerify

/// What a fetch came to.
public struct FetchedImage: Sendable {
  /// The answer; for an image taken with verification switched off, that nobody vouches for it.
  public var verdict: Verdict
  /// The image in the store; nil where it was not taken.
  public var record: ImageRecord?
  /// Whether the store held it already, so that nothing was downloaded.
  public var wasStored = false

  /// Whether the image is in the store now.
  public var isStored: Bool { record != nil }

  static func refused(_ verdict: Verdict) -> FetchedImage { FetchedImage(verdict: verdict) }
}
