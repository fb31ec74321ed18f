/// Where an earlier download ended, and what tells whether the rest still belongs to it.
///
/// Source: RFC 9110, 13.1.5 (If-Range) and 14.2 (Range); reference/security.md, row H-11.
public struct ResumePoint: Sendable, Equatable {
  /// The octets that are there.
  public let offset: UInt64
  /// The strong entity tag, or else the date, that the earlier answer gave; nil where the whole is checked by a digest.
  public let validator: String?
  /// Whether the validator is an entity tag.
  let isEntityTag: Bool

  /// A point to go on from; nil where nothing is there yet or nothing tells one version from another: neither a strong
  /// entity tag nor a date.
  public init?(offset: UInt64, etag: String?, lastModified: String?) {
    guard offset > 0 else { return nil }
    self.offset = offset
    if let etag, HeaderText.isStrongEntityTag(etag) {
      (validator, isEntityTag) = (etag, true)
    } else if let lastModified, HeaderText.isDate(lastModified) {
      (validator, isEntityTag) = (lastModified, false)
    } else {
      return nil
    }
  }

  /// A point in what is known by its digest: what does not belong together is told by that.
  ///
  /// Nil where nothing is there yet.
  public init?(offsetOfDigested offset: UInt64) {
    guard offset > 0 else { return nil }
    (self.offset, validator, isEntityTag) = (offset, nil, false)
  }

  /// Where the earlier answer's own words are at hand.
  public init?(offset: UInt64, of head: FetchHead) {
    self.init(offset: offset, etag: head.etag, lastModified: head.lastModified)
  }
}
