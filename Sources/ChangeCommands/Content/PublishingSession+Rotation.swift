internal import ContentChange
internal import ContentTrust
internal import ReadCommands
internal import SignedMetadata
internal import Stores
internal import TrustModel

extension PublishingSession {
  /// Reads the repository as it is on the server now, also where parts of it have expired: for whoever signs those anew.
  ///
  /// - Throws: `CommandFailure`.
  func readAged() throws -> RepositoryReading {
    var reader = ContentReader(options, in: folder, keeping: KeepingContentCommand.keeper(options))
    (reader.server, reader.allowsFirstUse, reader.agrees) = (publishing.server, publishing.allowsFirstUse, agrees)
    reader.readsAged = true
    let (reading, _) = try reader.read(repository)
    if let cause = reading.offline {
      throw CommandFailure(.failed, "\(repository) cannot be changed while its server does not answer: \(cause)")
    }
    return reading
  }

  /// What is remembered of rotations of the repository's keys.
  var ledger: RotationLedger { RotationLedger(repository, in: options.state) }

  /// Where new keys are written.
  var keyFolder: SigningKeyFolder { SigningKeyFolder(folder, user: Environment.userID) }

  /// Ends rotations that were interrupted, before anything else is changed; what is done is said on standard error.
  ///
  /// - Throws: `CommandFailure`.
  func settleRotations() throws {
    try withRotationErrors {
      let settlement = RotationSettlement(ledger, keyFolder) { [given] in
        Output.complain(given.completing("note: \($0)"))
      }
      guard try settlement.isNeeded else { return }
      guard !publishing.dryRun else {
        return Output.complain(
          "note: a rotation of keys was interrupted; it is settled by the next change that is no dry run")
      }
      try settlement.settle(try readAged(), from: host.name, at: now)
    }
  }
}

/// Runs `body` and ends the command with the exit status of a rotation or a repair that failed.
func withRotationErrors<Value>(_ body: () throws -> Value) throws -> Value {
  do {
    return try withPublishingErrors(body)
  } catch let error as RotationError {
    throw CommandFailure(error.reason, error.description)
  } catch let error as KeyImportError {
    throw CommandFailure(error.reason, error.description)
  }
}
