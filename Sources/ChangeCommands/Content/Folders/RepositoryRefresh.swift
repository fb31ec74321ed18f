internal import ContentChange
internal import ContentTrust
internal import ReadCommands
internal import SignedMetadata
internal import Stores
internal import TrustModel
internal import TrustVerify

/// Renews timestamps with the keys of one user.
struct RepositoryRefresh {
  private let command: ContentRefreshCommand
  private let reader: ContentReader
  private let keys: LocalHostKeys

  init(_ command: ContentRefreshCommand) throws {
    self.command = command
    reader = try Self.reader(command)
    let folders = try command.options.trustFolders(named: command.folder)
    let passphrases = try Self.passphrases(command)
    keys = LocalHostKeys(
      folders, ring: SigningKeyring(folders, passphrases: passphrases), passphrases: passphrases,
      user: Environment.userID)
  }

  private static func reader(_ command: ContentRefreshCommand) throws -> ContentReader {
    var reader = try ContentReader(
      command.options, folder: command.folder,
      keeping: command.dryRun ? nil : KeepingContentCommand.keeper(command.options))
    (reader.server, reader.allowsFirstUse) = (command.server, command.allowsFirstUse)
    return reader
  }

  private static func passphrases(_ command: ContentRefreshCommand) throws -> Passphrases {
    let descriptor = command.descriptor.map { PassphraseDescriptor($0) } ?? nil
    if let number = command.descriptor, descriptor == nil {
      throw CommandFailure(.usage, "--passphrase-fd \(number) is not open for reading")
    }
    let terminal = Environment.canAsk ? SecretTerminal() : nil
    return Passphrases(
      descriptor: descriptor, credentials: Environment["CREDENTIALS_DIRECTORY"].flatMap { PassphraseCredentials($0) },
      variables: PassphraseVariables(), person: terminal.map { TerminalPassphrases($0) },
      complain: { Output.complain("warning: \($0)") })
  }

  /// Renews what is due of a repository.
  ///
  /// - Throws: `CommandFailure`.
  func run(_ repository: Repository) throws -> RefreshedRepository {
    guard case .folder(let folder) = try reader.source(of: repository) else {
      throw CommandFailure(
        .usage,
        "\(repository) is on a server, which renews its timestamp by itself; --server file:///DIR names a folder")
    }
    let host = FolderHost(folder, for: repository, signing: keys, at: SystemClock.now)
    let reading = try standing(host, repository)
    guard let timestamp = reading.trusted.timestamp?.head, let snapshot = reading.trusted.snapshot?.head else {
      throw CommandFailure(.stale, "\(repository): there is no timestamp and snapshot to renew")
    }
    try checkRest(reading)
    let renewal = Renewal(timestampEnds: timestamp.expires, snapshotEnds: snapshot.expires, at: SystemClock.now)
    guard command.force || renewal.isTimestampDue else {
      return RefreshedRepository(repository, action: "unchanged", timestamp, snapshot)
    }
    guard !command.dryRun else { return RefreshedRepository(repository, action: "planned", timestamp, snapshot) }
    try renew(host, reading, isSnapshotDue: renewal.isSnapshotDue)
    let after = try reader.read(repository).0
    for warning in RepositoryInspection(after).warnings { Output.complain("warning: \(repository): \(warning)") }
    return RefreshedRepository(
      repository, action: "renewed", after.trusted.timestamp?.head, after.trusted.snapshot?.head)
  }

  /// Refuses what a new timestamp would only cover up: root or targets that have expired.
  private func checkRest(_ reading: RepositoryReading) throws {
    let (now, root) = (SystemClock.now, reading.trusted.root)
    let certificates = root.keys(of: .root).keys.compactMap { $0.certificates.first?.notAfter }
    let ends = [("root", root.head.expires), ("targets", reading.roles.first?.document.head.expires)]
    let documents = ends.compactMap { name, end in end.map { ("\(name) metadata", $0) } }
    let all = documents + certificates.map { ("the certificate of its root key", $0) }
    guard let (what, end) = all.first(where: { $0.1 < now }) else { return }
    throw CommandFailure(
      .stale,
      "\(reading.repository): \(what) expired on \(end), which no new timestamp mends: whoever holds its keys does by"
        + " keyreeve content repair \(reading.repository)")
  }

  /// The repository as of the last moment at which its timestamp and snapshot counted, by what is trusted here: an older state, or
  /// somebody else's, gets no new timestamp.
  private func standing(_ host: FolderHost, _ repository: Repository) throws -> RepositoryReading {
    var reader = reader
    let moment = host.standingMoment
    if moment < SystemClock.now.advanced(by: -1) {
      reader = try ContentReader(command.options, folder: command.folder)
      (reader.server, reader.allowsFirstUse, reader.moment) = (command.server, command.allowsFirstUse, moment)
    }
    return try reader.readSilently(repository)
  }

  private func renew(_ host: FolderHost, _ reading: RepositoryReading, isSnapshotDue: Bool) throws {
    do throws(PublishingError) {
      let snapshot = isSnapshotDue ? try host.renewedSnapshot(reading) : nil
      if isSnapshotDue, snapshot == nil, let end = reading.trusted.snapshot?.head.expires {
        Output.complain(
          command.given.completing(
            "warning: the snapshot of \(reading.repository) expires on \(end.date), and its key is not here: publish there"
              + " where it is, or import it by keyreeve content key import FILE"))
      }
      try host.renew(reading, snapshot: snapshot)
    } catch {
      throw CommandFailure(Self.reason(error), "\(host.name): \(error)")
    }
  }

  private static func reason(_ error: PublishingError) -> Reason {
    if case .refused = error { .stale } else { .failed }
  }
}
