internal import OpenPGP
internal import StrictJSON
internal import TrustChange
internal import TrustModel

extension KeyDifference {
  /// The difference as a member of a `keyreeve.change/1` document.
  var document: JSON {
    [
      "fingerprint": JSON(fingerprint.description), "changes": JSON(lines), "losses": JSON(losses),
      "revokes": .bool(revokes),
      "expires": ["before": JSON(expires.before?.description), "after": JSON(expires.after?.description)],
      "subkeys": subkeys.document, "userIDs": userIDs.document,
    ]
  }
}

extension KeyDifference.Parts {
  fileprivate var document: JSON {
    ["added": JSON(added), "missing": JSON(missing), "revoked": JSON(revoked), "restored": JSON(restored)]
  }
}

extension Certification {
  /// What the old key has to say of the new one, as a member of a `keyreeve.change/1` document.
  var document: JSON {
    let (outcome, made, problem): (String, String?, String?) =
      switch self {
      case .none: ("none", nil, nil)
      case .good(let moment): ("good", moment.description, nil)
      case .bad(let problem): ("bad", nil, problem)
      }
    return ["outcome": JSON(outcome), "made": JSON(made), "problem": JSON(problem)]
  }
}
