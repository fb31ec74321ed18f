public import Stores

/// What a restore would do, store by store, before anything is written.
///
/// Each store is one change of its own: all of it or nothing, logged and taken back by itself.
public struct RestorePlan: Sendable {
  /// What happens to a file.
  public enum Action: String, Sendable, CaseIterable {
    /// It is made.
    case add
    /// It is replaced; what it held is kept in the log.
    case replace
    /// It is as in the backup already.
    case leave
    /// It is not in the backup, and stays.
    case extra
    /// It would go back to older metadata, and stays.
    case skip
    /// It is not overwritten without being asked for.
    case refuse
  }

  /// One file.
  public struct Row: Sendable, Equatable {
    /// What happens to it.
    public let action: Action
    /// The file, absolute, without the sysroot.
    public let file: String
    /// What it holds before and after, or why it stays.
    public let words: String
  }

  /// One store.
  public struct Part: Sendable {
    /// The store.
    public let store: Store
    /// Its directory on this machine, absolute, without the sysroot.
    public let directory: String
    /// Every file of it.
    public let rows: [Row]
    /// What is to be applied; nil where all is as in the backup, or where something is refused.
    public let change: Change?

    /// How many files one thing happens to.
    public func count(_ action: Action) -> Int { rows.count { $0.action == action } }
  }

  /// The backup, made visible, and when and where it was made.
  public let source: String
  /// The stores that were asked for and that the backup holds something of.
  public let parts: [Part]
  /// Stores that were asked for and that the backup holds nothing of.
  public let absent: [Store]

  /// The changes, one for each store that is not as in the backup.
  public var changes: [Change] { parts.compactMap(\.change) }

  /// The files that would have to be overwritten, which nobody has asked for.
  public var refusals: [Row] { parts.flatMap(\.rows).filter { $0.action == .refuse } }

  /// The plan as lines of text.
  public var text: [String] {
    ["plan: restore \(source)"] + parts.flatMap(\.text)
      + absent.map { "\($0.rawValue): the backup holds nothing of it, and nothing is changed" }
  }
}

extension RestorePlan.Part {
  fileprivate var text: [String] {
    var lines = ["\(store.rawValue) in \(directory)"]
    for row in rows where row.action != .leave {
      lines.append("  \(row.action.sign)  \(row.file)")
      lines.append("             \(row.words)")
    }
    if count(.leave) > 0 { lines.append("  = leave    as in the backup already: \(count(.leave))") }
    for effect in change?.effects ?? [] {
      lines.append(
        "  effect     \(effect.scope.words): accepted keys \(effect.acceptedBefore) -> \(effect.acceptedAfter)")
    }
    return lines + (change?.warnings ?? []).map { "  warning: \($0)" }
  }
}

extension RestorePlan.Action {
  fileprivate var sign: String {
    switch self {
    case .add: "+ add    "
    case .replace: "~ replace"
    case .leave: "= leave  "
    case .extra: "= extra  "
    case .skip: "! skip   "
    case .refuse: "! refuse "
    }
  }
}
