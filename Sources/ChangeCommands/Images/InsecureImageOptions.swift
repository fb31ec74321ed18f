internal import ArgumentParser
internal import ReadCommands

/// The option that switches verification off for one command.
struct InsecureImageOptions: ParsableArguments {
  /// What can be switched off.
  enum Part: String, ExpressibleByArgument, CaseIterable {
    /// The verification of images.
    case image
  }

  @Option(
    name: .customLong("insecure-options"),
    help: ArgumentHelp(
      "With 'image': take the image without verification; it stays marked as unverified for good.", valueName: "image"))
  var insecure: [Part] = []

  /// Whether images are taken without verification.
  var skipsVerification: Bool { insecure.contains(.image) }

  /// Says on standard error what is switched off.
  func warn(_ output: Output) {
    guard skipsVerification else { return }
    output.message(
      "warning: --insecure-options=image switches verification off: nobody vouches for this image, and it stays marked as"
        + " unverified for good")
  }
}
