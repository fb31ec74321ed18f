internal import TrustModel

extension JournalEntry.Edit {
  /// What was done to the file, in a word.
  public var verb: String { before == nil ? "create" : after == nil ? "remove" : "replace" }
}

extension JournalEntry {
  /// How a change ended that cannot be taken back any more, in words; nil for one that can.
  public var end: String? {
    if let other = undoneBy { return "taken back by #\(other)" }
    if let lasting { return Self.end(lasting, outcome) }
    switch outcome {
    case .done: return nil
    case .begun: return "was interrupted: the next change finishes it or takes it back"
    case .rolledBack: return "was taken back at once"
    case .abandoned: return "was interrupted, and its files were changed by others since"
    }
  }

  private static func end(_ change: Lasting, _ outcome: Outcome) -> String {
    switch outcome {
    case .done: "no undo: \(VisibleText(change.back))"
    case .rolledBack: "failed, and nothing was changed"
    case .begun, .abandoned: "was interrupted: keyreeve content key list shows whether it was done"
    }
  }
}
