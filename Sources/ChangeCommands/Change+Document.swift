internal import StrictJSON
internal import TrustChange
internal import TrustModel
internal import TrustVerify

extension Change {
  /// The change as a `keyreeve.change/1` document; `id` is nil for a dry run.
  func document(id: Int?, machine: [String]) -> JSON {
    [
      "schema": "keyreeve.change/1", "applied": .bool(id != nil), "dryRun": .bool(id == nil),
      "message": JSON(summary), "id": JSON(id), "verb": JSON(verb.rawValue),
      "edits": .array(
        edits.map { edit in
          [
            "file": JSON(edit.file), "before": JSON(edit.before.digest), "after": JSON(edit.after.digest),
          ]
        }),
      "effects": .array(
        effects.map { effect in
          [
            "scope": JSON(effect.scope.description), "acceptedBefore": JSON(effect.acceptedBefore),
            "acceptedAfter": JSON(effect.acceptedAfter),
          ]
        }),
      "images": .array(
        images.map { image in
          [
            "id": JSON(image.id.description), "image": JSON(image.reference.description),
            "accepted": .bool(image.isAccepted),
          ]
        }),
      "warnings": JSON(warnings), "retires": retirement?.document ?? .null,
      "notes": JSON(notes), "differences": .array(differences.map(\.document)),
      "certification": certification?.document ?? .null,
      "undo": id.map { JSON(["keyreeve", "undo", "\($0)"] + machine) } ?? .null,
    ]
  }
}
