/// An image as docker names it: `[registry/]name[:tag][@digest]`, taken to its whole form.
///
/// `alpine` is `docker.io/library/alpine`; no tag is made up. Equal references are equal octet by octet. Source: docker's reference
/// grammar; reference/security.md, row R-15.
public struct DockerReference: Hashable, Sendable, CustomStringConvertible {
  /// The most octets of a text that is read.
  public static let limit = Repository.limit + 1 + DockerTag.limit + 1 + ManifestDigest.length

  /// The repository, by its whole name: what content trust knows it by.
  public let repository: Repository
  /// The tag that is named, if any.
  public let tag: DockerTag?
  /// The digest that is named, if any.
  public let digest: ManifestDigest?

  /// A reference of these parts.
  public init(_ repository: Repository, tag: DockerTag? = nil, digest: ManifestDigest? = nil) {
    (self.repository, self.tag, self.digest) = (repository, tag, digest)
  }

  /// Reads a reference as docker does.
  ///
  /// - Throws: `NameError` with the position in the whole text.
  public init(_ text: String) throws(NameError) {
    let octets = Array(text.utf8)
    guard !octets.isEmpty else { throw Self.error(text, 0, .empty) }
    guard octets.count <= Self.limit else { throw Self.error(text, Self.limit, .tooLong(limit: Self.limit)) }
    guard !Self.isIdentifier(octets) else {
      throw Self.error(text, 0, .form("64 hexadecimal digits are the id of an image, not a name"))
    }
    let at = octets.firstIndex(of: UInt8(ascii: "@")) ?? octets.endIndex
    let slash = octets[..<at].lastIndex(of: UInt8(ascii: "/"))
    let colon = octets[(slash.map { $0 + 1 } ?? 0)..<at].firstIndex(of: UInt8(ascii: ":"))
    try RepositoryGrammar(octets[..<(colon ?? at)]).check { Self.error(text, $0, $1) }
    repository = try Self.located(in: text, at: 0) { () throws(NameError) in
      try Repository(Self.text(octets[..<(colon ?? at)]))
    }
    guard repository.name.utf8.count <= Repository.limit else {
      throw Self.error(text, 0, .form("its whole name has more than \(Repository.limit) octets"))
    }
    tag = try colon.map { colon throws(NameError) in
      try Self.located(in: text, at: colon + 1) { () throws(NameError) in
        try DockerTag(Self.text(octets[(colon + 1)..<at]))
      }
    }
    guard at < octets.endIndex else {
      digest = nil
      return
    }
    digest = try Self.located(in: text, at: at + 1) { () throws(NameError) in
      try ManifestDigest(Self.text(octets[(at + 1)...]))
    }
  }

  /// Whether docker takes the text for an image's id: it refuses it as a name.
  private static func isIdentifier(_ octets: [UInt8]) -> Bool {
    octets.count == ManifestDigest.digitCount && octets.allSatisfy(ManifestDigest.isDigit)
  }

  private static func text(_ octets: ArraySlice<UInt8>) -> String { String(decoding: octets, as: UTF8.self) }

  /// Moves an error's position from the part that was read to the whole text.
  private static func located<Value>(
    in text: String, at start: Int, _ body: () throws(NameError) -> Value
  ) throws(NameError) -> Value {
    do {
      return try body()
    } catch {
      throw Self.error(text, start + error.offset, error.rule)
    }
  }

  private static func error(_ text: String, _ offset: Int, _ rule: NameError.Rule) -> NameError {
    NameError(kind: "image reference", text: text, offset: offset, rule: rule)
  }

  /// The same image pinned: the repository's whole name and the digest, without a tag.
  public func pinned(to digest: ManifestDigest) -> DockerReference { DockerReference(repository, digest: digest) }

  /// The whole form.
  public var description: String {
    repository.name + (tag.map { ":\($0)" } ?? "") + (digest.map { "@\($0)" } ?? "")
  }

  /// The repository as docker shows it: without its own registry, and without `library`.
  public var familiarName: String {
    var parts = repository.parts
    if parts.first == Repository.dockerRegistry { parts.removeFirst() }
    if repository.registry == Repository.dockerRegistry, parts.count == 2, parts[0] == "library" { parts.removeFirst() }
    return parts.joined(separator: "/")
  }
}
