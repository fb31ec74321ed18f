/// What is made of the entries of a tar archive as they come: the rules of one kind of archive.
///
/// Its refusals are `ArchiveError.malformed` and `.limit`; they end the reading.
public protocol TarConsumer {
  /// Looks at the next entry; returns whether its body is wanted, which is passed over otherwise.
  mutating func admit(_ entry: TarEntry) throws(ArchiveError) -> Bool

  /// The same, where it matters at which octet of the archive its body begins.
  mutating func admit(_ entry: TarEntry, bodyAt offset: UInt64) throws(ArchiveError) -> Bool

  /// Takes the next octets of the body that is wanted; the memory is valid only during the call.
  mutating func take(_ piece: UnsafeRawBufferPointer) throws(ArchiveError)

  /// The body that is wanted is whole; called for an empty one too.
  mutating func endBody() throws(ArchiveError)

  /// The archive ended as it should: refuses one that lacks something.
  mutating func finish() throws(ArchiveError)
}

extension TarConsumer {
  /// For most it does not matter.
  public mutating func admit(_ entry: TarEntry, bodyAt offset: UInt64) throws(ArchiveError) -> Bool {
    try admit(entry)
  }
}
