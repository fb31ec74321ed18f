internal import ReadCommands
internal import StrictJSON
internal import TrustModel

/// What is said of an image that is taken without a signature.
enum UncheckedImage {
  /// Of a digest.
  static func warn(digest reference: DockerReference) {
    Output.complain(
      "warning: \(reference.familiar) is named by its digest: the engine checks that it has it; who signed it was not checked"
    )
  }

  /// A pull of it as a document: a verdict that is no yes, of a wish that was met.
  static func document(_ reference: DockerReference) -> JSON {
    [
      "schema": "keyreeve.verdict/1",
      "subject": [
        "name": JSON(reference.repository.name), "labels": .object([]),
        "digest": JSON(reference.digest?.description), "file": JSON(reference.description),
      ],
      "accepted": false, "reason": JSON(Reason.accepted.rawValue),
      "message": "named by its digest: who signed it was not checked", "signatures": .array([]),
      "considered": .array([]), "notes": .array([]), "unverified": true,
    ]
  }

  /// Of an id.
  static func warn(identifier: String) {
    Output.complain(
      "warning: \(VisibleText(identifier, limit: 80)) is the id of an image: what it is made of is fixed by it; where it came from,"
        + " and who signed it, was not checked")
  }
}
