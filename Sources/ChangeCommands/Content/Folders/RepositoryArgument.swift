internal import ArgumentParser
internal import ReadCommands
internal import TrustModel

/// Repositories as words of a command line.
enum RepositoryArgument {
  /// The most repositories that one command takes.
  static let limit = 10_000

  /// Reads a repository.
  @Sendable static func read(_ text: String) throws -> Repository {
    do {
      return try Repository(text)
    } catch {
      throw ValidationError("\(error)")
    }
  }
}
