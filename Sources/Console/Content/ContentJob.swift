internal import ContentTrust
internal import TrustModel

/// Work on repositories of content trust.
enum ContentJob: Sendable {
  /// Reads what is kept of every repository, and the private keys; later looks have higher numbers.
  case list(number: Int)
  /// Reads one repository.
  case read(ContentOrder)
}

/// What came of it.
enum ContentNews: Sendable {
  /// The repositories as they are kept now.
  case listed(ContentListing)
  /// A repository, or why it cannot be read.
  case read(ContentOrder, ContentEnd)
}

/// A repository that a screen wants to see, and the tag that it asks about.
struct ContentOrder: Sendable, Equatable {
  let repository: Repository
  var tag: String?
  /// Whether its server is asked, too.
  var asks = false

  init(_ repository: Repository, tag: String? = nil, asks: Bool = false) {
    (self.repository, self.tag, self.asks) = (repository, tag, asks)
  }

  /// The repository and tag of a name that begins with `docker://`, and nil for any other; no tag means `latest`.
  init?(name: String) throws(NameError) {
    guard name.hasPrefix("docker://") else { return nil }
    let rest = name.dropFirst(9)
    let slash = rest.lastIndex(of: "/") ?? rest.startIndex
    let colon = rest[slash...].lastIndex(of: ":")
    repository = try Repository(colon.map { rest[..<$0] } ?? rest)
    tag = colon.map { String(rest[rest.index(after: $0)...]) } ?? "latest"
  }
}

/// How reading a repository has ended.
enum ContentEnd: Sendable {
  case read(RepositoryReport)
  case failed(String)
}

/// What a reading of a repository comes to.
struct RepositoryReport: Sendable {
  let inspection: RepositoryInspection
  let tags: [SignedTag]
  /// The answer about the tag that was asked for.
  let verdict: Verdict?
  let server: String?
  /// The earliest expiry of what was read.
  let expires: Timestamp

  init(_ reading: RepositoryReading, server: NotaryServer?, tag: String?) {
    inspection = RepositoryInspection(reading)
    tags = SignedTag.all(in: reading)
    verdict = tag.map { TagQuestion($0).verdict(on: reading, server: server) }
    (self.server, expires) = (server?.base, reading.earliestExpiry)
  }
}
