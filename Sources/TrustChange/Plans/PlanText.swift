internal import TrustModel

extension Change {
  /// The plan as lines of text: what is written, what it does to what is accepted, what one should know.
  public var text: [String] {
    var lines = ["plan: \(summary)"]
    for edit in edits {
      lines.append("  \(edit.verb)  \(edit.file)")
      lines.append("          \(edit.words(for: edit.before)) -> \(edit.words(for: edit.after))")
    }
    for effect in effects {
      lines.append("  effect  \(effect.words)")
    }
    lines += imageLines.map { "  images  \($0)" }
    lines += notes.map { "  note: \($0)" }
    lines += warnings.map { "  warning: \($0)" }
    return lines
  }

  /// The images of the store whose answer changes, in words: those that are refused first.
  public var imageLines: [String] { [refusedImages, acceptedImages].compactMap(\.self) }

  /// The images of the store that will be refused, in words; nil where there are none.
  public var refusedImages: String? {
    let names = images.filter { !$0.isAccepted }.map(\.name)
    return names.isEmpty ? nil : "\(Self.count(names)) here will be REFUSED: \(Self.list(names))"
  }

  /// The images of the store that will be accepted, in words; nil where there are none.
  public var acceptedImages: String? {
    let names = images.filter(\.isAccepted).map(\.name)
    return names.isEmpty ? nil : "\(Self.count(names)) here will be accepted again: \(Self.list(names))"
  }

  private static func count(_ names: [String]) -> String { names.count == 1 ? "1 image" : "\(names.count) images" }

  /// Some names, and how many more there are.
  static func list(_ names: [String]) -> String {
    let more = names.count - 8
    return names.prefix(8).joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
  }
}

extension Change.Effect {
  /// The effect in words.
  public var words: String { "\(scope.words): accepted keys \(acceptedBefore) -> \(acceptedAfter)" }
}

extension Change.ImageEffect {
  /// Name and version, as lists show them.
  public var name: String {
    reference.name.description + (reference.labels["version"].map { ":\(VisibleText($0, limit: 64))" } ?? "")
  }
}
