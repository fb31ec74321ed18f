internal import ChildPrograms
internal import Engines
internal import ReadCommands
internal import TrustModel

/// `keyreeve docker run` and `create`: the image is the one that is signed, and all else is the engine's.
struct EngineStart {
  private let invocation: EngineInvocation

  init(_ invocation: EngineInvocation) { self.invocation = invocation }

  /// - Returns: the exit status, where this process has not become the engine.
  func run() throws -> Int32 {
    guard let operand = invocation.line.operands.first else { return try invocation.become(invocation.line) }
    if try invocation.line.isSet("--rootfs") {
      Output.complain("warning: \(VisibleText(operand)) is a folder: nothing of it was checked")
      return try invocation.become(invocation.line)
    }
    var line = invocation.line
    try line.rewrite("--mount") { try Self.mount.rewriting($0) { try present($0) } }
    let name = try present(operand)
    line.replaceOperand(with: name)
    // It was pulled a moment ago, by its digest, or is an id, which no registry knows: there is nothing else to get.
    if policy == "always", name != operand || ImageWord.isIdentifier(operand) { line.remove("--pull") }
    return try invocation.become(line)
  }

  private var policy: String? { invocation.line.values(of: "--pull").last }

  /// The name by which the engine has a signed image; what is named by a digest or an id stays as it is, with a word about it.
  private func present(_ operand: String) throws -> String {
    if ImageWord.isShortIdentifier(operand), let whole = try identifier(operand) {
      UncheckedImage.warn(identifier: operand)
      return whole
    }
    guard case .reference(let reference) = try ImageWord(operand, for: invocation.engine.kind) else {
      // Where the engine has none of that id, it takes the same word for a name.
      guard let whole = try identifier(operand) else {
        throw CommandFailure(
          .notFound,
          "\(invocation.engine.path) has no image of the id \(VisibleText(operand)): name it by its repository and tag")
      }
      UncheckedImage.warn(identifier: operand)
      return whole
    }
    guard reference.tagged.tag != nil else {
      UncheckedImage.warn(digest: reference)
      return operand
    }
    // What the name means here already is asked while the tag is verified.
    let former = policy == nil || policy == "missing" ? invocation.images.ask(reference.tagged.description) : nil
    let image = try invocation.signed.image(reference.tagged)
    if former?.image?.came(from: image.pinned) != true { try provide(image, isTagged: reference.digest == nil) }
    return image.pinned.description
  }

  /// The whole id of an image that the engine has; nil where the digits begin none.
  private func identifier(_ word: String) throws -> String? {
    let digits = word.hasPrefix(ManifestDigest.prefix) ? String(word.dropFirst(ManifestDigest.prefix.count)) : word
    guard let image = try invocation.images.image(word),
      image.id.utf8.dropFirst(ManifestDigest.prefix.utf8.count).starts(with: digits.utf8)
    else { return nil }
    return image.id
  }

  /// Pulls an image where the policy says so.
  private func provide(_ image: SignedImages.Image, isTagged: Bool) throws {
    guard policy != "never" else { return }
    if policy != "always", let found = try invocation.images.image(image.pinned.description),
      found.came(from: image.pinned)
    {
      return
    }
    let words = invocation.line.engineWords + ["pull"] + pullOptions + [image.pinned.description]
    let status = try invocation.wait(for: words, isResult: false)
    guard status == 0 else {
      throw CommandFailure(
        .failed, "\(invocation.engine.path) pull ended with \(status): \(image.pinned.familiar) is not here")
    }
    try PulledImage(invocation, image).settle(isTagged: isTagged)
  }

  /// What the pull of an image takes over from the command that needs it.
  private static let shared: Set<String> = [
    "--platform", "--quiet", "--arch", "--os", "--variant", "--authfile", "--creds", "--cert-dir", "--tls-verify",
    "--decryption-key", "--retry", "--retry-delay",
  ]

  private var pullOptions: [String] {
    invocation.line.items.flatMap(\.uses).filter { Self.shared.contains($0.name) }.map { use in
      use.value.map { "\(use.name)=\($0)" } ?? use.name
    }
  }

  /// An image that is mounted is one like any other: `type=image,source=NAME,…`.
  private static let mount = FieldList(type: "image", keys: ["source", "src"])
}
