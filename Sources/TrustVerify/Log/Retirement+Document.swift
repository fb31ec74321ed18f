internal import Stores
public import StrictJSON
internal import TrustModel

extension JournalEntry.Retirement {
  /// The administrator's place of the key: what is written there retires it.
  var location: KeyLocation { KeyLocation(layer: .administrator, scope: scope, fingerprint: fingerprint) }

  /// The retirement as a member of a log line or document.
  ///
  /// The file tells every name from a prefix called `root`, which the scope in words does not.
  public var document: JSON {
    [
      "fingerprint": JSON(fingerprint.description), "scope": JSON(scope.description), "file": JSON(location.file),
      "due": JSON(due.description), "successor": JSON(successor.description),
    ]
  }

  /// Reads a retirement; nil where a member is missing or of another kind.
  init?(_ json: JSON) {
    guard let location = json["file"]?.text.flatMap({ KeyLocation(administratorFile: $0) }),
      let due = json["due"]?.text.flatMap({ Timestamp(rfc3339: $0) }),
      let successor = json["successor"]?.text.flatMap({ Fingerprint(fileName: $0) })
    else { return nil }
    self.init(fingerprint: location.fingerprint, scope: location.scope, due: due, successor: successor)
  }
}
