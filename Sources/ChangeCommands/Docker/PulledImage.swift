internal import Engines
internal import ReadCommands
internal import TrustModel

/// An image that the engine says it has pulled by its digest.
struct PulledImage {
  private let invocation: EngineInvocation
  private let image: SignedImages.Image

  init(_ invocation: EngineInvocation, _ image: SignedImages.Image) {
    (self.invocation, self.image) = (invocation, image)
  }

  /// Puts the tag on it, and checks that the engine now has the signed digest by that name.
  func settle(isTagged: Bool) throws {
    if isTagged {
      Output.complain(
        "Tagging \(image.pinned.familiar) as \(image.reference.familiar)")
      try invocation.images.tag(image.pinned.description, as: image.reference.description)
    }
    let name = isTagged ? image.reference : image.pinned
    guard let found = try invocation.images.image(name.description), found.came(from: image.pinned) else {
      throw CommandFailure(
        .tampered,
        "\(invocation.engine.path) says that it has pulled \(image.pinned), and its \(name.familiar) is another image: do not use it"
      )
    }
  }
}
