internal import ContentTrust
internal import Fetch

/// One connection to each server, for whoever reads several repositories.
///
/// For one thread at a time.
final class ServerConnections {
  private var fetchers: [String: Fetcher] = [:]

  /// The connection to a server; made by `settings` where there is none yet.
  func fetcher(for server: NotaryServer, _ settings: () throws -> FetchSettings) rethrows -> Fetcher {
    if let fetcher = fetchers[server.base] { return fetcher }
    let fetcher = Fetcher(try settings())
    fetchers[server.base] = fetcher
    return fetcher
  }
}
