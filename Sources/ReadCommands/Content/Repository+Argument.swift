internal import ArgumentParser
public import TrustModel

extension Repository {
  /// Reads a repository as docker writes it.
  ///
  /// - Throws: `ValidationError` with the rule that the text breaks.
  @Sendable public static func argument(_ text: String) throws -> Repository {
    do {
      return try Repository(text)
    } catch {
      throw ValidationError("\(error)")
    }
  }
}
