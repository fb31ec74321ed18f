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
  /// The keys of a first root that somebody has agreed to, by their identity.
  var agreed: String?

  init(_ repository: Repository, tag: String? = nil, asks: Bool = false) {
    (self.repository, self.tag, self.asks) = (repository, tag, asks)
  }

  /// Whether it is the same question, whatever was agreed to.
  func isSame(as other: ContentOrder) -> Bool {
    (repository, tag, asks) == (other.repository, other.tag, other.asks)
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
  /// Somebody has to say first whether its root is trusted.
  case offered(FirstUseOffer, isKept: Bool)
  case failed(String)
}

/// What a reading of a repository comes to.
struct RepositoryReport: Sendable {
  let inspection: RepositoryInspection
  let tags: [SignedTag]
  /// The names of the tags, for finding one of many.
  let names: SearchText
  /// The answer about the tag that was asked for.
  let verdict: Verdict?
  let server: String?
  /// The earliest expiry of what was read.
  let expires: Timestamp

  init(_ reading: RepositoryReading, server: MetadataSource?, tag: String?) {
    inspection = RepositoryInspection(reading)
    tags = SignedTag.all(in: reading)
    names = SearchText(tags.map(\.name))
    verdict = tag.map { TagQuestion($0).verdict(on: reading, server: server) }
    (self.server, expires) = (server?.base, reading.earliestExpiry)
  }
}
