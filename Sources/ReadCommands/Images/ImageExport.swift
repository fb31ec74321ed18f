public import TrustModel
public import TrustVerify

/// The way of an image out of the store: read again and judged by today's keys first.
public struct ImageExport {
  private let images: StoredImages
  private let record: ImageRecord

  /// An export of the image that `text` means.
  ///
  /// - Throws: `CommandFailure` where there is none.
  public init(_ images: StoredImages, _ text: String) throws {
    self.images = images
    record = try images.meant(by: text)
  }

  /// Judges the image; `each` is given its octets as they were delivered, which nothing vouches for before the verdict.
  public func verdict(at now: Timestamp, each: (UnsafeRawBufferPointer) -> Void = { _ in }) -> Verdict {
    images.verify(record, at: now, each: each).verdict
  }

  /// The signature file; nil for an image that was taken without one.
  public var signature: [UInt8]? { images.signature(of: record) }

  /// Whether a verdict lets the image out: accepted, or kept as unverified and asked for as that.
  public func isAllowed(_ verdict: Verdict, unverified: Bool) -> Bool {
    verdict.isAccepted || unverified && verdict.reason != .tampered && verdict.reason != .failed
  }
}
