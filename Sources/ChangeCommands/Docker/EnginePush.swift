internal import Engines
internal import ReadCommands
internal import StrictJSON
internal import TrustModel

/// `keyreeve docker push`: the engine pushes, and what the registry then has is signed.
struct EnginePush {
  private let invocation: EngineInvocation

  init(_ invocation: EngineInvocation) { self.invocation = invocation }

  /// - Returns: the exit status.
  func run() throws -> Int32 {
    let operands = invocation.line.operands
    // Podman may be told another name to push to: that one is signed.
    guard let name = operands.last else { return try invocation.become(invocation.line) }
    guard operands.count == 1 || operands.count == 2 && invocation.engine.kind == .podman else {
      throw invocation.tooMany("image")
    }
    guard !invocation.options.offline else {
      throw CommandFailure(.usage, "--offline is for what is verified: signing needs the server")
    }
    let isAll = try invocation.line.isSet("--all-tags")
    let target = try target(name, isAll: isAll)
    let isQuiet = try invocation.line.isSet("--quiet")
    let pushed = try push(target, isQuiet: isQuiet)
    let images = isAll ? pushed : pushed.filter { $0.tag == target.tag }
    guard isAll || images.count == 1, !images.isEmpty else {
      throw CommandFailure(
        .failed,
        "\(invocation.engine.path) does not say which digest it has pushed as \(target.familiar): nothing was signed; sign it by "
          + "keyreeve content sign")
    }
    let signing = PushSigning(invocation, target.repository)
    try signing.sign(images, isQuiet: isQuiet)
    if isQuiet, !invocation.options.common.json {
      try Output(invocation.options.common).result(.null) { _ in [target.description] }
    }
    return 0
  }

  private func target(_ name: String, isAll: Bool) throws -> DockerReference {
    guard case .reference(let reference) = try ImageWord(name, for: invocation.engine.kind), reference.digest == nil
    else {
      throw CommandFailure(
        .usage, "\(VisibleText(name, limit: 200)): what is pushed is named by its repository and tag")
    }
    guard isAll else {
      // Docker says so itself.
      if reference.tag == nil, invocation.engine.kind != .docker {
        Output.complain("Using default tag: \(DockerTag.latest)")
      }
      return reference.tagged
    }
    guard reference.tag == nil else {
      throw CommandFailure(.usage, "\(VisibleText(name)): with --all-tags a repository is named, without a tag")
    }
    return reference
  }

  /// What was pushed; the digest stands in what docker says, so that it says it even where it is asked to be quiet.
  private func push(_ target: DockerReference, isQuiet: Bool) throws -> [PushedImage] {
    var line = invocation.line
    if invocation.engine.kind == .docker { line.remove("--quiet") }
    let stream: CInt? = isQuiet && invocation.engine.kind == .docker ? nil : invocation.options.common.json ? 2 : 1
    return try invocation.engine.push(line, target) { octets in
      if let stream { Output.write(octets, to: stream) }
    }
  }
}
