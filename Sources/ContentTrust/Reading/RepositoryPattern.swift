internal import TrustModel

/// Entries by the name of a repository, or by a beginning of names that ends in `*`.
///
/// The exact name comes first, then the longest beginning. Source: reference/docker-content-trust.md, section 3, "Pinning config".
enum RepositoryPattern {
  /// The pattern that counts for a repository; nil where none does.
  static func best(_ patterns: some Sequence<String>, for repository: Repository) -> String? {
    let name = repository.name.utf8
    var best: String?
    for pattern in patterns {
      if pattern.utf8.elementsEqual(name) { return pattern }
      guard pattern.utf8.last == UInt8(ascii: "*"), name.starts(with: pattern.utf8.dropLast()) else { continue }
      if pattern.utf8.count > best?.utf8.count ?? -1 { best = pattern }
    }
    return best
  }
}

/// Why pins cannot be used: then nothing can be told of a repository.
public struct PinError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file and the key, and what is wrong.
  public let description: String

  init(_ place: String, _ problem: String) {
    description = "\(VisibleText(place, limit: 400)): \(VisibleText(problem, limit: 400))"
  }
}
