internal import SignedMetadata

/// What a tree is to hold besides what it holds, and the proof that it may.
struct TreeChange {
  /// The files by their paths, in the order in which readers may see them where they cannot all come at once.
  let files: [(path: [String], octets: [UInt8])]
  /// The digests of documents that stay; nil where all stay.
  let digests: Set<String>?
  /// Throws where the tree of that name must not take the place of the present one.
  let prove: (String) throws(PublishingError) -> Void

  init(
    _ documents: [PublishedDocument], keeping listed: Set<String>?,
    prove: @escaping (String) throws(PublishingError) -> Void
  ) {
    files = TreeFiles(documents).files
    digests = listed
    self.prove = prove
  }
}
