public import StrictJSON
public import TrustModel

extension KeyRecord {
  /// The record as a member of a `keyreeve.keys/1` document.
  ///
  /// Source: CONTRACT, "The verdict", second part.
  public var document: JSON {
    [
      "fingerprint": JSON(fingerprint?.description), "userIDs": JSON(userIDs),
      "algorithm": JSON(algorithm?.description), "bits": algorithm.map { JSON($0.bits) } ?? .null,
      "created": JSON(created?.description), "expires": JSON(expires?.description),
      "layer": JSON(layer.rawValue), "scope": JSON(scope.description), "file": JSON(file),
      "status": JSON(status.rawValue), "by": JSON(by), "problem": JSON(problem),
    ]
  }
}

extension Explanation {
  /// The explanation as a `keyreeve.explanation/1` document, with what each file did where that is asked for.
  public func document(withSteps: Bool) -> JSON {
    var members = document.members ?? []
    if withSteps { members.append(.init("steps", .array(steps.map(\.document)))) }
    return .object(members)
  }

  private var document: JSON {
    [
      "schema": "keyreeve.explanation/1", "name": JSON(name.description),
      "accepts": .array(accepts.map(\.document)), "refuses": .array(refuses.map(\.document)),
      "notes": JSON(notes),
    ]
  }
}

extension ExplanationStep {
  /// The step as a member of an explanation's `steps`.
  var document: JSON {
    [
      "layer": JSON(layer.rawValue), "scope": JSON(scope.description), "count": JSON(count),
      "files": .array(
        files.map { file in
          [
            "effect": JSON(file.effect.rawValue), "fingerprint": JSON(file.fingerprint?.description),
            "file": JSON(file.path), "detail": JSON(file.detail),
          ]
        }),
    ]
  }
}

extension Finding {
  /// The finding as a member of a `keyreeve.audit/1` document, with the decision to ignore it where that is asked for.
  public func document(withDecision: Bool) -> JSON {
    var members: [JSON.Member] = [
      .init("id", JSON(id)), .init("severity", JSON(severity.rawValue)), .init("file", JSON(file)),
      .init("fingerprint", JSON(fingerprint?.description)), .init("message", JSON(message)),
      .init("fix", fix.map { JSON($0) } ?? .null),
    ]
    if withDecision {
      let decision: JSON? = ignored.map {
        ["reason": JSON($0.reason), "by": JSON($0.by), "when": JSON($0.when.description)]
      }
      members.append(.init("ignored", decision ?? .null))
    }
    return .object(members)
  }
}

extension JournalEntry {
  /// The change as a member of a `keyreeve.log/1` document; `machine` is what a command needs to work on it.
  public func document(machine: [String]) -> JSON {
    [
      "id": JSON(id), "verb": JSON(verb), "summary": JSON(summary), "when": JSON("\(when)"),
      "who": [
        "uid": JSON(author.uid), "user": JSON(author.user), "sudo": JSON(author.sudoUser),
      ],
      "reason": JSON(reason), "outcome": JSON(outcome.rawValue),
      "undoes": JSON(undoes), "undoneBy": JSON(undoneBy), "retires": retirement?.document ?? .null,
      "undo": canBeUndone ? JSON(["keyreeve", "undo", "\(id)"] + machine) : .null,
      "edits": .array(
        edits.map { edit in
          ["file": JSON(edit.file), "before": JSON(edit.before), "after": JSON(edit.after)]
        }), "lasting": lasting?.document ?? .null,
    ]
  }
}
