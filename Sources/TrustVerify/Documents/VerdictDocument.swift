public import StrictJSON
public import TrustModel

extension Verdict {
  /// The verdict as a `keyreeve.verdict/1` document.
  ///
  /// Source: CONTRACT, "The verdict".
  public var document: JSON {
    let name = subject.repository?.name ?? subject.name?.description
    var members: [JSON.Member] = [
      .init("schema", "keyreeve.verdict/1"),
      .init(
        "subject",
        [
          "name": JSON(name), "labels": labels, "digest": JSON(subject.digest), "file": JSON(subject.file),
        ]),
      .init("accepted", .bool(isAccepted)), .init("reason", JSON(reason.rawValue)), .init("message", JSON(message)),
    ]
    members += [
      .init("signatures", .array(content?.signatures.map(\.document) ?? signatures.map(\.document))),
      .init("considered", .array(content?.considered.map(\.document) ?? considered.map(\.document))),
      .init("notes", JSON(notes)),
    ]
    if let content { members.append(.init("evidence", content.document)) }
    return .object(members)
  }

  /// The labels; a tag stands among them under the name `tag`.
  private var labels: JSON {
    guard let tag = subject.tag else { return subject.labels.document }
    return ["tag": JSON(tag)]
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
