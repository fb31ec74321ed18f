extension Change {
  /// The plan as lines of text: what is written, what it does to what is accepted, what one should know.
  public var text: [String] {
    var lines = ["plan: \(summary)"]
    for edit in edits {
      lines.append("  \(edit.verb)  \(edit.file)")
      lines.append("          \(edit.words(for: edit.before)) -> \(edit.words(for: edit.after))")
    }
    for effect in effects {
      lines.append(
        "  effect  \(effect.scope.words): accepted keys \(effect.acceptedBefore) -> \(effect.acceptedAfter)")
    }
    lines += notes.map { "  note: \($0)" }
    lines += warnings.map { "  warning: \($0)" }
    return lines
  }
}
