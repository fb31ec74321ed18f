internal import TrustModel

/// What is said of a build beside its Dockerfile.
public struct BuildSettings: Sendable {
  /// Who reads the file.
  public enum Builder: String, Sendable, CaseIterable {
    /// Builds the stages that the target needs.
    case buildKit = "buildkit"
    /// Builds every stage up to the target.
    case classic
    /// Podman's: builds the stages that the target needs, and reads names letter by letter.
    case buildah
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

  /// The image that a build context is, and what stands before its name there: `docker-image://`; nil for any other.
  ///
  /// Source: BuildKit's `namedContext`; buildah's `GetAdditionalBuildContext`.
  public func image(ofContext value: String) -> (scheme: String, name: String)? {
    let schemes = ["docker-image://"] + (builder == .buildah ? ["container-image://", "docker://"] : [])
    guard let scheme = schemes.first(where: value.hasPrefix) else { return nil }
    return (scheme, String(value.dropFirst(scheme.count)))
  }

  /// The contexts that are images, which are part of what is built.
  var imageContexts: [ImageMention] {
    contexts.sorted { $0.key < $1.key }.compactMap { name, value in
      image(ofContext: value).map { ImageMention(.context, nil, name, .image(named: $0.name)) }
    }
  }

  /// - Throws: `BuildFileError` for contexts that count for one platform alone.
  func checkContexts() throws(BuildFileError) {
    guard let name = contexts.keys.sorted().first(where: { $0.contains("::") }) else { return }
    throw BuildFileError(
      line: nil, "a build context for one platform is not read here: name it without :: and the platform", name)
  }
}
