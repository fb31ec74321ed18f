internal import SignedMetadata
internal import StrictJSON
public import TrustModel

extension RotationRecord {
  private static let schema: JSONString = "keyreeve.rotations/1"

  /// Reads the file of a repository; nil where it is none.
  public init?(_ octets: [UInt8], of repository: Repository) {
    guard let tree = try? JSON.parse(octets, limits: JSONLimits(octets: Self.octetLimit)),
      tree["schema"]?.string == Self.schema, tree["repository"]?.string == JSONString(repository.name),
      let attempts = tree["underWay"]?.array, attempts.count <= Self.attemptLimit,
      let keys = tree["superseded"]?.array, keys.count <= Self.supersededLimit
    else { return nil }
    underWay = attempts.compactMap { Attempt($0) }
    superseded = keys.compactMap { Superseded($0) }
    guard underWay.count == attempts.count, superseded.count == keys.count else { return nil }
  }

  /// The file of a repository; of superseded keys beyond the limit the oldest are left out.
  public func octets(of repository: Repository) -> [UInt8] {
    let document: JSON = [
      "schema": .string(Self.schema), "repository": JSON(repository.name),
      "underWay": .array(underWay.map(\.form)),
      "superseded": .array(superseded.suffix(Self.supersededLimit).map(\.form)),
    ]
    return document.encoded(pretty: true) + [UInt8(ascii: "\n")]
  }
}

extension JSON {
  fileprivate var keyID: KeyID? { string.flatMap { KeyID($0.text) } }
  fileprivate var moment: Timestamp? { string.flatMap { Timestamp(rfc3339: $0.text) } }
  fileprivate var role: RoleName? { string.map { RoleName($0) } }
}

extension RotationRecord.Attempt {
  fileprivate init?(_ tree: JSON) {
    guard let host = tree["host"]?.string?.text, let began = tree["began"]?.moment,
      let stage = tree["stage"]?.string.flatMap({ RotationRecord.Stage(rawValue: $0.text) }),
      let changes = tree["replacements"]?.array, let list = tree["documents"]?.array, !changes.isEmpty
    else { return nil }
    let replacements = changes.compactMap { RotationRecord.Replacement($0) }
    let documents = list.compactMap { entry in
      entry["version"]?.integer.flatMap { version in
        entry["role"]?.role.map { RotationRecord.Document($0, version: version) }
      }
    }
    guard replacements.count == changes.count, documents.count == list.count else { return nil }
    self.init(replacements, documents: documents, host: host, began: began, stage: stage)
  }

  fileprivate var form: JSON {
    [
      "host": JSON(host), "began": JSON(began.description), "stage": JSON(stage.rawValue),
      "replacements": .array(replacements.map(\.form)),
      "documents": .array(documents.map { ["role": .string($0.role.text), "version": JSON($0.version)] }),
    ]
  }
}

extension RotationRecord.Replacement {
  fileprivate init?(_ tree: JSON) {
    guard let role = tree["role"]?.role, let ids = tree["old"]?.array, let new = tree["new"]?.keyID,
      let listed = tree["listed"]?.keyID, let file = tree["file"]
    else { return nil }
    let old = ids.compactMap(\.keyID)
    guard old.count == ids.count, file == .null || file.string != nil else { return nil }
    self.init(role: role, old: old, new: new, listed: listed, file: file.string?.text)
  }

  fileprivate var form: JSON {
    [
      "role": .string(role.text), "old": JSON(old.map(\.description)), "new": JSON(new.description),
      "listed": JSON(listed.description), "file": JSON(file),
    ]
  }
}

extension RotationRecord.Superseded {
  fileprivate init?(_ tree: JSON) {
    guard let key = tree["key"]?.keyID, let role = tree["role"]?.role, let by = tree["by"]?.keyID,
      let when = tree["when"]?.moment
    else { return nil }
    self.init(key, role: role, by: by, when: when)
  }

  fileprivate var form: JSON {
    [
      "key": JSON(key.description), "role": .string(role.text), "by": JSON(by.description),
      "when": JSON(when.description),
    ]
  }
}
