internal import Engines
internal import ReadCommands
internal import StrictJSON
internal import TrustModel

/// `keyreeve docker pull`: the digest that is signed for a tag, pulled by the engine, which then puts the tag on it.
struct EnginePull {
  private let invocation: EngineInvocation

  init(_ invocation: EngineInvocation) { self.invocation = invocation }

  /// - Returns: the exit status.
  func run() throws -> Int32 {
    let operands = invocation.line.operands
    // The engine says itself what it misses.
    guard !operands.isEmpty else { return try invocation.become(invocation.line) }
    guard operands.count == 1 || invocation.engine.kind == .podman else { throw invocation.tooMany("image") }
    let words = try operands.map { try ImageWord($0, for: invocation.engine.kind) }
    var status: Int32 = 0
    for (word, operand) in zip(words, operands) where status == 0 {
      status = try pull(word, operand)
    }
    return status
  }

  private func pull(_ word: ImageWord, _ operand: String) throws -> Int32 {
    let isAll = try invocation.line.isSet("--all-tags")
    guard case .reference(let reference) = word else {
      // Docker would take it for the tag of a repository that is called sha256.
      throw CommandFailure(
        .usage,
        "\(VisibleText(operand)) is the id of an image, which no registry knows: name the repository, and the image by its tag or digest"
      )
    }
    guard !isAll else {
      guard reference.tag == nil, reference.digest == nil else {
        throw CommandFailure(
          .usage, "\(VisibleText(operand)): with --all-tags a repository is named, without a tag or a digest")
      }
      return try pullAll(reference.repository)
    }
    guard reference.tagged.tag != nil else {
      UncheckedImage.warn(digest: reference)
      return try pull(unchecked: reference)
    }
    if reference.tagged != reference { Output.complain("Using default tag: \(DockerTag.latest)") }
    // What the name means here already is asked while the tag is verified.
    let former = namesPlatform ? nil : invocation.images.ask(reference.tagged.description)
    let image = try invocation.signed.image(reference.tagged)
    let status = try pull(image, number: 1, of: 1, isTagged: reference.digest == nil, former: former)
    if status == 0, invocation.options.common.json {
      try Output(invocation.options.common).conclude(image.verdict, isVerbose: invocation.options.common.verbose)
    }
    return status
  }

  /// Of one digest an engine may have the images of several platforms.
  private var namesPlatform: Bool {
    ["--platform", "--os", "--arch", "--variant"].contains { !invocation.line.values(of: $0).isEmpty }
  }

  /// What is named by a digest: nobody was asked who signed it, which a document says as well.
  private func pull(unchecked reference: DockerReference) throws -> Int32 {
    let common = invocation.options.common
    let words = invocation.line.with(operand: reference.description).words
    let status = try invocation.wait(for: words, isResult: !common.json)
    guard status == 0, common.json else { return status }
    try Output(common).result(UncheckedImage.document(reference)) { _ in [] }
    return status
  }

  private func pullAll(_ repository: Repository) throws -> Int32 {
    let images = try invocation.signed.images(of: repository)
    guard !images.isEmpty else {
      throw CommandFailure(.unsigned, "no tag of \(repository) is signed: nothing was pulled")
    }
    for (index, image) in images.enumerated() {
      let status = try pull(image, number: index + 1, of: images.count, isTagged: true, former: nil)
      guard status == 0 else { return status }
    }
    if invocation.options.common.json {
      let rows = images.map { image -> JSON in
        ["tag": JSON(image.reference.tag?.name), "digest": JSON(image.digest.description)]
      }
      try Output(invocation.options.common).result(
        ["schema": "keyreeve.pull/1", "repository": JSON(repository.name), "images": .array(rows)]
      ) { _ in [] }
    }
    return 0
  }

  private func pull(
    _ image: SignedImages.Image, number: Int, of count: Int, isTagged: Bool, former: LocalImages.Asked?
  ) throws -> Int32 {
    // What is quiet prints the name alone; of docker, which was given a digest, the one that was meant.
    let isQuiet = try invocation.line.isSet("--quiet")
    let isPrinted = !invocation.options.common.json
    if isPrinted, !isQuiet {
      try Output(invocation.options.common).result(.null) { _ in
        ["Pull (\(number) of \(count)): \(image.reference.familiar)@\(image.digest)"]
      }
    }
    var line = invocation.line.with(operand: image.pinned.description)
    line.remove("--all-tags")
    let isNamed = isPrinted && isQuiet && invocation.engine.kind == .docker
    let status = try invocation.wait(for: line.words, isResult: isPrinted && !isNamed)
    guard status == 0 else { return status }
    if !isTagged || former?.image?.came(from: image.pinned) != true {
      try PulledImage(invocation, image).settle(isTagged: isTagged)
    }
    if isNamed {
      let name = isTagged ? image.reference : image.pinned
      try Output(invocation.options.common).result(.null) { _ in [name.description] }
    }
    return 0
  }
}
