internal import Screen
internal import TrustChange

/// Something to be done with a backup file.
struct BackupOrder: Sendable, Equatable {
  /// What identifies an order: two of the same file are still two.
  private final class Ticket: Sendable {}

  /// What is to be done.
  enum Action: Sendable, Equatable {
    case make
    case check
    case restore
  }

  /// The file, as it was typed.
  let file: String
  let action: Action
  private let ticket = Ticket()

  init(_ action: Action, _ file: String) {
    (self.action, self.file) = (action, file)
  }

  static func == (left: BackupOrder, right: BackupOrder) -> Bool { left.ticket === right.ticket }

  /// What is being done, in words.
  var step: String {
    switch action {
    case .make: "reading the stores and writing the backup"
    case .check: "reading the backup"
    case .restore: "comparing the backup with this machine"
    }
  }
}

/// What came of an order.
enum BackupEnd: Sendable {
  /// A backup was made or checked, or nothing came of it.
  case report(BackupReport)
  /// Keys have no passphrase here, and need one in the backup: somebody has to be asked.
  case sealing
  /// A restore, to be shown before it is done.
  case plan(RestorePlan)
  /// A restore was done, as far as the report says.
  case restored(BackupReport)
}

/// What came of it, for a person.
struct BackupReport: Sendable, Equatable {
  /// How it went.
  enum Outcome: Sendable, Equatable {
    case good
    /// Done, but something should be looked at.
    case doubtful
    case failed
  }

  /// One sentence.
  let sentence: String
  let outcome: Outcome
  /// The details.
  let details: [DescribedLine]

  init(_ sentence: String, _ outcome: Outcome, _ details: [DescribedLine] = []) {
    (self.sentence, self.outcome, self.details) = (sentence, outcome, details)
  }

  /// The sentence and the details.
  var lines: [DescribedLine] {
    let head =
      switch outcome {
      case .good: DescribedLine("Result", sentence, .accepted)
      case .doubtful: DescribedLine("Result", sentence, .warning)
      case .failed: DescribedLine("FAILED", sentence, .refused)
      }
    return [head] + details
  }
}
