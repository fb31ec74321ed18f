internal import ContentSigning
internal import ContentTrust
internal import SignedMetadata
internal import Stores
internal import TrustModel

/// One rotation between its first and its last word in the record.
///
/// Whatever ends it, and wherever: a key that the server may have, or may still get, keeps its file.
final class OpenRotation {
  private let ledger: RotationLedger
  private let folder: SigningKeyFolder
  private let change: KeyChange
  private let host: String
  private let began: Timestamp
  private let say: (String) -> Void
  private var attempt: RotationRecord.Attempt?

  init(
    _ change: KeyChange, _ ledger: RotationLedger, _ folder: SigningKeyFolder, host: String, at began: Timestamp,
    say: @escaping (String) -> Void
  ) {
    (self.change, self.ledger, self.folder, self.host) = (change, ledger, folder, host)
    (self.began, self.say) = (began, say)
  }

  /// Files that were written for it.
  var files: [String] { attempt?.replacements.compactMap(\.file) ?? [] }

  /// Writes it down, then the files of the new keys; once more with newer versions where somebody else was faster.
  func begin(_ plan: SigningPlan) throws {
    let documents = plan.entries.map { RotationRecord.Document($0.role, version: $0.head.version) }
    guard attempt == nil else {
      try update {
        $0.documents = documents; $0.stage = .prepared
      }
      return
    }
    let new = RotationRecord.Attempt(replacements, documents: documents, host: host, began: began)
    var record = try ledger.record()
    record.underWay.append(new)
    try ledger.write(record)
    attempt = new
    for key in change.replacements.compactMap(\.unfiled) {
      try folder.add(key.key, key.headers, passphrase: key.passphrase)
    }
  }

  /// From here on the server may have it.
  func willSend() throws(RotationError) { try update { $0.stage = .sent } }

  /// The server has it, as reading back has shown: the old keys are superseded.
  func confirm(at now: Timestamp) throws(RotationError) {
    guard let attempt else { return }
    var record = try ledger.record()
    record.finish(attempt, at: now)
    try ledger.write(record)
    self.attempt = nil
  }

  /// What is to be said of an error that ended it; takes back what surely was not published.
  func end(_ error: any Error) -> any Error {
    guard let attempt else { return error }
    guard attempt.stage == .prepared || Self.isCertain(error) else {
      return RotationError.open(ledger.repository, "\(error)", files: files)
    }
    do {
      try attempt.removeFiles(in: folder, say: say)
      var record = try ledger.record()
      record.underWay.removeAll { $0 == attempt }
      try ledger.write(record)
      self.attempt = nil
      return RotationError.takenBack(ledger.repository, "\(error)", reason: Self.reason(error))
    } catch let second {
      return RotationError.open(ledger.repository, "\(error); taking it back failed, too: \(second)", files: files)
    }
  }

  /// Whether the server surely has taken nothing, and will not.
  private static func isCertain(_ error: any Error) -> Bool {
    switch error {
    case PublishingError.uncertain, PublicationError.notThere, PublicationError.notTaken, PublicationError.uncertain:
      false
    case is PublishingError, is PublicationError: true
    default: false
    }
  }

  private static func reason(_ error: any Error) -> Reason {
    switch error {
    case let error as PublicationError: error.reason
    case let error as KeyringError: error.reason
    case let error as KeyFolderError: error.reason
    case let error as RotationError: error.reason
    default: .failed
    }
  }

  private func update(_ body: (inout RotationRecord.Attempt) -> Void) throws(RotationError) {
    guard let old = attempt else { return }
    var new = old
    body(&new)
    var record = try ledger.record()
    record.underWay = record.underWay.map { $0 == old ? new : $0 }
    try ledger.write(record)
    attempt = new
  }

  private var replacements: [RotationRecord.Replacement] {
    change.replacements.map { replacement in
      RotationRecord.Replacement(
        role: replacement.role, old: replacement.old.map(\.canonicalID), new: replacement.new.canonicalID,
        listed: replacement.new.id, file: replacement.unfiled.map { folder.file(of: $0.key.id) })
    }
  }
}

extension RotationRecord {
  /// Ends a rotation that the server has: whatever it replaced is superseded.
  mutating func finish(_ attempt: Attempt, at now: Timestamp) {
    underWay.removeAll { $0 == attempt }
    for replacement in attempt.replacements {
      // A certificate that takes the place of another one of the same key supersedes none.
      for key in replacement.old where key != replacement.new {
        superseded.removeAll { $0.key == key }
        superseded.append(Superseded(key, role: replacement.role, by: replacement.new, when: now))
      }
      superseded.removeAll { $0.key == replacement.new }
    }
  }
}

extension RotationRecord.Attempt {
  /// Removes the files that were written for it, after saying so.
  func removeFiles(in folder: SigningKeyFolder, say: (String) -> Void) throws {
    for replacement in replacements where replacement.file != nil {
      guard let place = try SigningKeyPlace.find(replacement.new, in: [folder.folder]) else { continue }
      say(
        "key \(replacement.new), which was made for \(replacement.role) and which nothing uses, is removed from \(VisibleText(place.file))"
      )
      do throws(KeyFolderError) {
        try folder.remove(place)
      } catch .changed {
        // A second name, of a write that was killed, was cleared away first: the file is the same.
        guard let again = try SigningKeyPlace.find(replacement.new, in: [folder.folder]) else { continue }
        try folder.remove(again)
      }
    }
  }
}
