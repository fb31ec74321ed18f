internal import ContentTrust
internal import ReadCommands
internal import SignedMetadata
internal import TrustModel

extension PublishingSession {
  /// Whoever reads the repository; a dry run keeps nothing.
  func reader() -> ContentReader {
    var reader = ContentReader(
      options, in: folder, keeping: publishing.dryRun ? nil : KeepingContentCommand.keeper(options))
    if publishing.dryRun { reader.whyNothingIsKept = "a dry run writes nothing" }
    (reader.server, reader.agrees) = (publishing.server, agrees)
    reader.allowsFirstUse = agrees == nil && publishing.allowsFirstUse
    return reader
  }

  /// A root that was trusted once in a run that keeps nothing is trusted in the rest of it, without a second question.
  func noteFirstUse(_ reading: RepositoryReading) {
    guard publishing.dryRun, agrees == nil, let octets = reading.firstRoot,
      let root = try? FirstRoot(octets, of: repository, at: nil)
    else { return }
    agrees = { $0.identity == root.identity }
  }
}
