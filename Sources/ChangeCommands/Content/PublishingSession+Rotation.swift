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
    var reader = reader()
    reader.readsAged = true
    let (reading, _) = try reader.read(repository)
    noteFirstUse(reading)
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
  @discardableResult
  func settleRotations() throws -> SettledRotations {
    try withReasons {
      var settled = SettledRotations()
      let settlement = RotationSettlement(ledger, keyFolder) { [given] in
        settled.notes.append(given.completing($0))
        Output.complain("note: \(given.completing($0))")
      }
      guard try settlement.isNeeded else { return settled }
      guard !publishing.dryRun else {
        settled.notes.append("a rotation of keys was interrupted; it is settled by the next change that is no dry run")
        Output.complain("note: \(settled.notes[0])")
        return settled
      }
      let outcomes = try settlement.settle(try readAged(), from: host.name, at: now)
      settled.isChange = outcomes.contains { $0 != .waiting }
      return settled
    }
  }
}

/// What became of rotations that were interrupted.
struct SettledRotations {
  /// What was done, a sentence each.
  var notes: [String] = []
  /// Whether any was finished or taken back.
  var isChange = false
}
