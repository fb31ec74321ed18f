internal import TrustModel

/// What is said of a build beside its Dockerfile.
public struct BuildSettings: Sendable {
  /// Who reads the file.
  public enum Builder: String, Sendable, CaseIterable {
    /// Builds the stages that the target needs.
    case buildKit = "buildkit"
    /// Builds every stage up to the target.
    case classic
  }

  /// Values of `ARG`, by name: `--build-arg`.
  public var arguments: [String: String] = [:]
  /// The stage to build; nil for the last one.
  public var target: String?
  /// The platform to build for; nil for this machine's.
  public var platform: BuildPlatform?
  /// Who builds.
  public var builder = Builder.buildKit
  /// Build contexts by name: `--build-context name=value`.
  public var contexts: [String: String] = [:]

  /// The settings of a plain `docker build .`.
  public init() {}

  /// The build context of a name, if there is one.
  ///
  /// A name of an image without a tag is that with the tag `latest`.
  func context(named name: String) -> String? {
    guard !contexts.isEmpty, name != "scratch" else { return nil }
    let wanted = Self.contextName(name)
    return contexts.keys.sorted().first { Self.contextName($0).utf8.elementsEqual(wanted.utf8) }
  }

  private static func contextName(_ text: String) -> String {
    guard let reference = try? DockerReference(text) else { return text }
    let tag = reference.tag.map { $0 == .latest ? "" : ":\($0)" } ?? ""
    return reference.familiarName + tag + (reference.digest.map { "@\($0)" } ?? "")
  }

  /// The contexts that are images, which are part of what is built: `docker-image://`.
  var imageContexts: [ImageMention] {
    contexts.sorted { $0.key < $1.key }.compactMap { name, value in
      let scheme = "docker-image://"
      guard value.hasPrefix(scheme) else { return nil }
      return ImageMention(.context, nil, name, .image(named: String(value.dropFirst(scheme.count))))
    }
  }
}
