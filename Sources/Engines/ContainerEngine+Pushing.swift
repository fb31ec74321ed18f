internal import ChildPrograms
internal import Glibc
public import TrustModel

extension ContainerEngine {
  /// The longest line of an engine that is looked at, in octets.
  static let lineLimit = 65_536
  /// The most images of one push.
  static let pushLimit = 10_000

  /// Pushes, and finds in what is said which manifests were pushed.
  ///
  /// - Parameters:
  ///   - line: the whole command line of the engine.
  ///   - reference: what it pushes; its tag is nil where all tags are.
  ///   - show: is given what the engine says, as it comes.
  /// - Throws: `EngineError` where the engine fails, or does not say what it has pushed.
  public func push(
    _ line: EngineCommandLine, _ reference: DockerReference, show: ([UInt8]) -> Void
  ) throws(EngineError) -> [PushedImage] {
    switch kind {
    case .docker: return try follow(line.words, show)
    case .podman:
      let folder = try WorkFolder()
      var line = line
      line.prepend(["--digestfile", folder.path + "/digest"])
      _ = try follow(line.words, show)
      return [try pushed(reference, try folder.text("digest", limit: 200))]
    case .nerdctl:
      _ = try follow(line.words, show)
      let known = try LocalImages(of: self, line.engineWords).image(reference.description)
      let digests = known?.digests(of: reference.repository) ?? []
      guard digests.count == 1 else {
        throw EngineError(
          .failed, "\(path) knows \(digests.count) digests of \(reference): which one it has pushed, it does not say")
      }
      return [try pushed(reference, digests[0].description)]
    }
  }

  private func pushed(_ reference: DockerReference, _ digest: String) throws(EngineError) -> PushedImage {
    guard let tag = reference.tag, let digest = try? ManifestDigest(digest) else {
      throw EngineError(.failed, "\(path) does not say which digest \(reference) has")
    }
    return PushedImage(tag: tag, digest: digest, size: nil)
  }

  /// Runs it, and reads its output line by line.
  private func follow(_ words: [String], _ show: ([UInt8]) -> Void) throws(EngineError) -> [PushedImage] {
    let said: (end: RunningProgram.End, lines: [[UInt8]])
    do throws(ChildProgramError) {
      said = try program(words).follow(lineLimit: Self.lineLimit, show)
    } catch {
      throw EngineError(.failed, "\(error)")
    }
    guard said.end == .exited(0) else {
      throw EngineError(.failed, "\(path) push ended with \(said.end.status): nothing was signed")
    }
    let images = said.lines.compactMap { PushedImage(dockerLine: $0) }
    guard images.count <= Self.pushLimit else {
      throw EngineError(
        .failed, "more than \(Self.pushLimit) tags were pushed at once: sign them by keyreeve content sign")
    }
    return images
  }
}
