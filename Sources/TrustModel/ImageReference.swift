/// What a person asks for: `name[:version][,label=value…]`.
///
/// The colon may stand once, before the first comma. Source: appc image discovery; reference/rkt.md section 3.
public struct ImageReference: Hashable, Sendable, CustomStringConvertible {
  /// The image's name.
  public let name: ImageName
  /// The labels asked for; `:version` is the label `version`.
  public let labels: Labels

  /// A reference to an image by name and labels.
  public init(name: ImageName, labels: Labels = Labels()) {
    (self.name, self.labels) = (name, labels)
  }

  /// Reads `name[:version][,label=value…]`.
  ///
  /// - Throws: `NameError` with the position in the whole text.
  public init(_ text: String) throws(NameError) {
    var labels = Labels()
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    let head = parts.first ?? ""
    let colon = head.firstIndex(of: ":")
    let name = try Self.located(in: text, at: head.startIndex) { () throws(NameError) in
      try ImageName(String(head[..<(colon ?? head.endIndex)]))
    }
    if let colon {
      // The colon stands for `version=`, which is seven octets longer.
      try Self.located(in: text, at: colon, shift: -7) { () throws(NameError) in
        try labels.add("version", String(head[head.index(after: colon)...]))
      }
    }
    for part in parts.dropFirst() {
      try Self.located(in: text, at: part.startIndex) { () throws(NameError) in
        guard let equals = part.firstIndex(of: "=") else {
          throw NameError(kind: "label", text: String(part), offset: 0, rule: .noValue(String(part)))
        }
        try labels.add(String(part[..<equals]), String(part[part.index(after: equals)...]))
      }
    }
    self.init(name: name, labels: labels)
  }

  /// Moves an error's position from the part that was read to the whole text.
  private static func located<Value>(
    in text: String, at start: String.Index, shift: Int = 0, _ body: () throws(NameError) -> Value
  ) throws(NameError) -> Value {
    do {
      return try body()
    } catch {
      let offset = text.utf8.distance(from: text.startIndex, to: start) + max(0, error.offset + shift)
      let kind = start == text.startIndex ? error.kind : "image reference"
      throw NameError(kind: kind, text: text, offset: min(offset, max(0, text.utf8.count - 1)), rule: error.rule)
    }
  }

  /// The reference in its written form, the version after a colon.
  public var description: String {
    var text = name.description
    if let version = labels["version"] { text += ":" + version }
    for pair in labels.pairs where pair.name != "version" { text += "," + pair.name + "=" + pair.value }
    return text
  }
}
