internal import ContentTrust
internal import SignedMetadata
internal import StrictJSON
internal import TrustModel

extension TrustInventory {
  /// The inventory as a `keyreeve.inventory/1` document.
  var document: JSON {
    [
      "schema": "keyreeve.inventory/1", "docker": JSON(docker),
      "variables": .array(variables.map { ["name": JSON($0.name), "value": JSON($0.value)] }),
      "configuration": .array(
        settings.map { ["file": JSON($0.file), "name": JSON($0.name), "value": JSON($0.value)] }),
      "repositories": .array(repositories.map(\.document)),
      "keys": .array(
        keys.map {
          [
            "file": JSON($0.file), "id": JSON($0.id?.description), "role": JSON($0.role),
            "repository": JSON($0.repository),
          ]
        }),
      "uses": .array(
        uses.map {
          [
            "file": JSON($0.file), "line": JSON($0.mention.line), "kind": JSON($0.kind.rawValue),
            "name": JSON($0.mention.name), "value": JSON($0.mention.value),
          ]
        }),
      "warnings": .array(warnings.map { ["id": JSON($0.id), "message": JSON($0.message)] }),
      "obstacles": JSON(obstacles),
    ]
  }
}

extension CachedRepository {
  fileprivate var document: JSON {
    [
      "repository": JSON(repository.name), "folder": JSON(folder),
      "pieces": .array(
        pieces.map {
          [
            "name": JSON($0.name), "version": JSON($0.version), "expires": JSON($0.expires?.description),
            "problem": JSON($0.problem),
          ]
        }),
    ]
  }
}
