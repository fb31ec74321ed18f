internal import ArgumentParser
internal import ReadCommands
internal import TrustModel

/// The scope that a changing command works in.
struct ScopeOptions: ParsableArguments {
  @Option(
    name: .long, help: ArgumentHelp("The image names that begin with these components.", valueName: "prefix"),
    transform: PrefixArgument.init(argument:))
  var prefix: PrefixArgument?

  @Flag(name: .long, help: "Every image name.")
  var root = false

  /// The scope, or nil where none is given.
  var scope: Scope? { root ? .root : prefix.map { .prefix($0.prefix) } }

  func validate() throws {
    if root, prefix != nil { throw ValidationError("--root and --prefix exclude each other: one scope at a time") }
  }

  /// Refuses a port where nothing is discovered.
  func refusePort() throws {
    if let port = prefix?.port {
      throw ValidationError("--prefix takes a port (\(port)) only where keys are discovered: names have none")
    }
  }
}
