public import ContentTrust
internal import SignedMetadata
public import TrustModel

/// Ends rotations that were interrupted, by what the server has: before any other change of the repository.
public struct RotationSettlement {
  /// What became of a rotation.
  public enum Outcome: Equatable, Sendable {
    /// The server has the new keys: the old ones are superseded now.
    case finished
    /// The server has the old keys, and can no longer take the new ones: the files of those are removed.
    case takenBack
    /// The server has the old keys, and an upload that is still on its way could change that: the files of the new ones stay.
    case waiting
  }

  /// For how long an upload is thought to be on its way, in seconds: a day.
  public static let patience: Int64 = 86_400

  private let ledger: RotationLedger
  private let folder: SigningKeyFolder
  private let say: (String) -> Void

  /// A settlement; `say` is told what is done, a sentence each, before it is.
  public init(_ ledger: RotationLedger, _ folder: SigningKeyFolder, say: @escaping (String) -> Void) {
    (self.ledger, self.folder, self.say) = (ledger, folder, say)
  }

  /// Whether there is anything to settle.
  ///
  /// - Throws: `RotationError.record`.
  public var isNeeded: Bool {
    get throws(RotationError) { try !ledger.record().underWay.isEmpty }
  }

  /// Settles what a reading of the present state decides.
  ///
  /// - Parameters:
  ///   - reading: from the server, not from what was kept.
  ///   - host: the server's name; what was sent to another one waits, since this one says nothing of it.
  /// - Returns: what became of each rotation that was under way, the oldest first.
  /// - Throws: `RotationError`, `KeyFolderError`, `KeyringError`.
  @discardableResult
  public func settle(_ reading: RepositoryReading, from host: String, at now: Timestamp) throws -> [Outcome] {
    guard try isNeeded else { return [] }
    return try ledger.exclusively {
      try ledger.record().underWay.map { try settle($0, reading, from: host, at: now) }
    }
  }

  private func settle(
    _ attempt: RotationRecord.Attempt, _ reading: RepositoryReading, from host: String, at now: Timestamp
  ) throws -> Outcome {
    let words = attempt.words(reading.repository)
    guard attempt.host.utf8.elementsEqual(host.utf8) else {
      say(
        "\(words) was interrupted on \(VisibleText(attempt.host)), and \(VisibleText(host)) says nothing of it: its keys stay"
      )
      return .waiting
    }
    let outcome = attempt.outcome(reading, at: now)
    switch outcome {
    case .finished: say("\(words) was interrupted; the server has the new state: the old keys are superseded")
    case .takenBack:
      say("\(words) was interrupted; the server has the old state: it is taken back")
      try attempt.removeFiles(in: folder, say: say)
    case .waiting:
      say(
        "\(words) was interrupted; the server has the old state, and may still take the new one: the new keys stay until it cannot"
      )
      return outcome
    }
    var record = try ledger.record()
    if outcome == .finished { record.finish(attempt, at: now) } else { record.underWay.removeAll { $0 == attempt } }
    try ledger.write(record)
    return outcome
  }
}

extension RotationRecord.Attempt {
  /// What a reading says of it.
  func outcome(_ reading: RepositoryReading, at now: Timestamp) -> RotationSettlement.Outcome {
    if isThere(in: reading.trusted.root) { return .finished }
    // A version that is taken is never taken again: such an upload is refused, whenever it comes in.
    let isOver = documents.contains { document in reading.version(of: document.role) >= document.version }
    let isOld = now.seconds - began.seconds > RotationSettlement.patience
    return stage == .prepared || isOver || isOld ? .takenBack : .waiting
  }
}

extension RepositoryReading {
  /// The version of a role as it was read; 0 where it was not.
  fileprivate func version(of role: RoleName) -> Int64 {
    switch role {
    case .root: trusted.root.head.version
    case .snapshot: trusted.snapshot?.head.version ?? 0
    default: roles.first { $0.name == role }?.document.head.version ?? 0
    }
  }
}
