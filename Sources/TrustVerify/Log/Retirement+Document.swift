public import StrictJSON
internal import TrustModel

extension JournalEntry.Retirement {
  /// The retirement as a member of a log line or document.
  public var document: JSON {
    [
      "fingerprint": JSON(fingerprint.description), "scope": JSON(scope.description), "due": JSON(due.description),
      "successor": JSON(successor.description),
    ]
  }

  /// Reads a retirement; nil where a member is missing or of another kind.
  init?(_ json: JSON) {
    guard let fingerprint = json["fingerprint"]?.text.flatMap({ Fingerprint(fileName: $0) }),
      let scope = json["scope"]?.text.flatMap(Self.scope),
      let due = json["due"]?.text.flatMap({ Timestamp(rfc3339: $0) }),
      let successor = json["successor"]?.text.flatMap({ Fingerprint(fileName: $0) })
    else { return nil }
    self.init(fingerprint: fingerprint, scope: scope, due: due, successor: successor)
  }

  private static func scope(_ text: String) -> Scope? {
    text == Scope.root.description ? .root : (try? Prefix(text)).map(Scope.prefix)
  }
}
