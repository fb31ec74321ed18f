internal import ArgumentParser
internal import Discovery
internal import ReadCommands
internal import TrustModel

/// A prefix as a person types it: where keys are discovered its host may have a port, which is no part of the prefix.
struct PrefixArgument {
  let prefix: Prefix
  let port: Int?

  @Sendable init(argument text: String) throws {
    // A port stands before a slash; what has none is read as it is, for the error to show it whole.
    if let target = try? DiscoveryTarget(text), target.port != nil, target.labels.pairs.isEmpty {
      (prefix, port) = (try Prefix.argument(target.name.description), target.port)
    } else {
      (prefix, port) = (try Prefix.argument(text), nil)
    }
  }
}
