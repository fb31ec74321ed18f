internal import ReadCommands
internal import TrustModel

/// What is said of an image that is taken without a signature.
enum UncheckedImage {
  /// Of a digest.
  static func warn(digest reference: DockerReference) {
    Output.complain(
      "warning: \(reference.familiar) is named by its digest: the engine checks that it has it; who signed it was not checked"
    )
  }

  /// Of an id.
  static func warn(identifier: String) {
    Output.complain(
      "warning: \(VisibleText(identifier, limit: 80)) is the id of an image: what it is made of is fixed by it; where it came from,"
        + " and who signed it, was not checked")
  }
}
