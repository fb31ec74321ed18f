extension ExplanationStep.Effect {
  /// One character for lists: `+` adds, `~` replaces, `-` takes away, `.` does nothing.
  public var sign: String {
    switch self {
    case .adds: "+"
    case .replaces: "~"
    case .masks, .hides: "-"
    case .nothing: "."
    }
  }

  /// The effect in a few words.
  public var words: String {
    switch self {
    case .adds: "counts"
    case .replaces: "counts instead of the distribution's"
    case .masks: "empty file: masked"
    case .hides: "hides the distribution's, and does not count"
    case .nothing: "does nothing"
    }
  }
}
