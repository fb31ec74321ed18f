internal import ContentChange
internal import ContentSigning
internal import ContentTrust
internal import Fetch
internal import ReadCommands
internal import SignedMetadata
internal import Stores
internal import StrictJSON
internal import TrustModel
internal import TrustVerify

/// What every command stands on that changes a repository: how it is read, who hosts it, whose keys sign, and whom to ask.
///
/// Reads the whole repository, and keeps what was learned as the looking commands do. For one thread at a time.
final class PublishingSession {
  /// The common options.
  let options: CommonOptions
  /// What was asked for.
  let publishing: PublishingOptions
  /// The folders of signing keys; new keys go to the first.
  let folders: [TrustFolder]
  /// Everybody who may know a passphrase.
  let passphrases: Passphrases
  /// The keys of the folders.
  let ring: SigningKeyring
  /// The same, as those that sign documents.
  let keys: KeyringSource
  /// The moment of the whole change.
  let now: Timestamp
  /// Where the repository is published.
  let host: any RepositoryHost
  /// The keys that the host signs with, where it is a folder and these are the user's; nil for a server.
  let hostKeys: LocalHostKeys?
  /// The repository as it was read last.
  private(set) var reading: RepositoryReading?
  /// What was uploaded before it is signed, for documents.
  var uploaded: JSON?
  /// Whether standard output is for something else, so that what was published is said on standard error; not for documents.
  var isQuiet = false
  /// Who says whether a first root is trusted, `--trust-on-first-use` aside; nil for that, or the person at the terminal.
  var agrees: ((FirstUseOffer) -> Bool)?
  private let ask: (MetadataRequest) -> MetadataUpdate.Answer

  /// A session for one command.
  ///
  /// - Throws: `CommandFailure`.
  init(_ options: CommonOptions, _ publishing: PublishingOptions) throws {
    (self.options, self.publishing, now) = (options, publishing, SystemClock.now)
    folders = try options.trustFolders(named: publishing.folder)
    passphrases = publishing.passphraseOptions.passphrases()
    ring = SigningKeyring(folders, passphrases: passphrases)
    keys = KeyringSource(ring, in: folders)
    let connection = try ContentConnection(
      options, of: publishing.repository, server: publishing.server, in: folders[0])
    ask = connection.answer
    switch connection.source {
    case .server(let server):
      host = ServerHost(
        server, for: publishing.repository, with: Fetcher(connection.settings), credentials: connection.credentials)
      hostKeys = nil
    case .folder(let folder):
      let local = LocalHostKeys(folders, ring: ring, passphrases: passphrases, user: Environment.userID)
      host = FolderHost(folder, for: publishing.repository, signing: local, at: now)
      hostKeys = local
    }
  }

  /// The repository.
  var repository: Repository { publishing.repository }

  /// What a suggested command needs as well.
  var given: GivenOptions { GivenOptions(options, publishing.place) }

  /// The folder whose copy of the repository is read and kept up to date.
  var folder: TrustFolder { folders[0] }

  /// Reads the whole repository as it is on the server now.
  ///
  /// - Throws: `CommandFailure`, also where only what was kept could be read: nothing can be published upon that.
  func read() throws -> RepositoryReading {
    let (reading, _) = try reader().read(repository)
    noteFirstUse(reading)
    if let cause = reading.offline {
      throw CommandFailure(.failed, "\(repository) cannot be changed while its server does not answer: \(cause)")
    }
    self.reading = reading
    return reading
  }

  /// What the server says to a request for a document.
  func answer(_ request: MetadataRequest) -> MetadataUpdate.Answer { ask(request) }

  /// Publishes a change, whose plan is shown and agreed to before anything is signed.
  ///
  /// What somebody else publishes meanwhile is taken first. The outcome is printed.
  ///
  /// - Parameters:
  ///   - verb: the name of the command, for documents.
  ///   - change: made on the repository as it was read, perhaps more than once.
  ///   - proof: looks at the repository as it was read back, before anything is said to be done.
  /// - Returns: nil where nothing was published: a dry run, or nothing to do.
  /// - Throws: `CommandFailure`.
  @discardableResult
  func publish(
    _ verb: String, _ change: (inout DraftedChange) throws -> Void,
    proof: (Publication) throws -> Void = { _ in }
  ) throws -> Publication? {
    try settleRotations()
    return try withReasons {
      var report = PublicationReport(verb: verb, session: self)
      let publisher = RepositoryPublisher(to: host, with: keys) { [self] in try read() }
      do {
        let publication = try publisher.publish(at: now) { draft in
          guard let reading else { return }
          var drafted = DraftedChange(draft: draft, reading: reading)
          try drafted.adoptOthers(answer)
          try change(&drafted)
          drafted.noteReleases()
          drafted.raiseNewRoles(answer, holding: keys.holds)
          draft = drafted.draft
          report.take(drafted)
        } review: { proposal in
          report.take(proposal)
          try agree(report)
        }
        report.isPublished = publication != nil
        if let publication {
          report.compare(publication)
          try proof(publication)
        }
        try report.print()
        return publication
      } catch is DryRun {
        try report.print()
        return nil
      }
    }
  }

  /// Publishes a repository that is new, whose plan was agreed to.
  func publish(new draft: RepositoryDraft, _ notes: [String]) throws {
    var report = PublicationReport(verb: uploaded == nil ? "init" : "push", session: self)
    report.take(notes)
    let publisher = RepositoryPublisher(to: host, with: keys) { [self] in try read() }
    try publisher.publish(draft) { report.take($0) }
    report.isPublished = true
    try report.print()
  }
}
