public import StrictJSON
public import TrustModel

extension Verdict {
  /// The verdict as a `keyreeve.verdict/1` document.
  ///
  /// Source: CONTRACT, "The verdict".
  public var document: JSON {
    [
      "schema": "keyreeve.verdict/1",
      "subject": [
        "name": JSON(subject.name?.description), "labels": subject.labels.document,
        "digest": JSON(subject.digest), "file": JSON(subject.file),
      ],
      "accepted": .bool(isAccepted), "reason": JSON(reason.rawValue), "message": JSON(message),
      "signatures": .array(signatures.map(\.document)), "considered": .array(considered.map(\.document)),
      "notes": JSON(notes),
    ]
  }
}

extension Labels {
  /// Names and values as one object.
  public var document: JSON { .object(pairs.map { .init(JSONString($0.name), JSON($0.value)) }) }
}

extension SignatureReport {
  /// The report as a member of a verdict's `signatures`.
  public var document: JSON {
    [
      "status": JSON(status.rawValue), "fingerprint": JSON(fingerprint?.description),
      "primaryFingerprint": JSON(primaryFingerprint?.description),
      "keyID": JSON(
        claimedKeyID.map { id in
          let digits = String(id, radix: 16)
          return String(repeating: "0", count: 16 - digits.count) + digits
        }),
      "algorithm": JSON(algorithm?.description), "hash": JSON(hash.description),
      "created": JSON(created?.description), "userIDs": JSON(userIDs),
      "detail": JSON(detail),
    ]
  }
}

extension ConsideredKey {
  /// The row as a member of a verdict's `considered` or of an explanation.
  public var document: JSON {
    [
      "fingerprint": JSON(fingerprint?.description), "file": JSON(file), "layer": JSON(layer.rawValue),
      "scope": JSON(scope.description), "status": JSON(status.rawValue), "by": JSON(by),
      "detail": JSON(detail),
    ]
  }
}
