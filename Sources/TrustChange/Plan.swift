/// A plan, or the news that nothing needs to be done.
public enum Plan: Sendable, Equatable {
  /// To be shown and applied.
  case change(Change)
  /// All is already as wanted, in this one sentence.
  case nothing(String)
}
