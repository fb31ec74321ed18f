public import TrustModel

/// An image of the store, with the verdict that it was taken under and today's.
public struct StoredImage: Sendable {
  /// What the store knows of it.
  public let record: ImageRecord
  /// What today's keys say of the signatures that it was stored with; its octets were not read for this.
  public let today: Verdict
}
