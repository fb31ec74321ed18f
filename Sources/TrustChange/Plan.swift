/// A plan, or the news that nothing needs to be done.
public enum Plan: Sendable, Equatable {
  /// To be shown and applied.
  case change(Change)
  /// All is already as wanted, in this one sentence.
  case nothing(String)

  /// The same plan with something changed in it, where it is one to change something.
  func with(_ edit: (inout Change) -> Void) -> Plan {
    guard case .change(var change) = self else { return self }
    edit(&change)
    return .change(change)
  }
}
