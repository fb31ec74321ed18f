internal import Engines
internal import ReadCommands
internal import TrustModel

/// `keyreeve docker service create` and `update`: every node of the swarm is given the signed digest.
struct EngineService {
  private let invocation: EngineInvocation

  init(_ invocation: EngineInvocation) { self.invocation = invocation }

  /// - Returns: the exit status, where this process has not become the engine.
  func run() throws -> Int32 {
    var line = invocation.line
    if line.commandWords.last == "update" {
      try line.rewrite("--image") { try resolved($0) }
    } else if let operand = line.operands.first {
      line.replaceOperand(with: try resolved(operand))
    }
    return try invocation.become(line)
  }

  private func resolved(_ word: String) throws -> String {
    guard case .reference(let reference) = try ImageWord(word, for: invocation.engine.kind) else {
      throw CommandFailure(
        .usage,
        "\(VisibleText(word)) is the id of an image, which other nodes do not know: name it by its repository and tag")
    }
    guard reference.tagged.tag != nil else {
      UncheckedImage.warn(digest: reference)
      return word
    }
    let image = try invocation.signed.image(reference.tagged)
    return DockerReference(image.reference.repository, tag: image.reference.tag, digest: image.digest).description
  }
}
