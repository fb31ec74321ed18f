public import StrictJSON

extension StoredImage {
  /// The record as a `keyreeve.image/1` document, with today's verdict as a further member.
  public var document: JSON {
    .object((record.document.members ?? []) + [.init("today", today.document)])
  }
}
