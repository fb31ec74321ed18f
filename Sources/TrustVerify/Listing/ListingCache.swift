internal import StrictJSON
internal import TrustModel
internal import Stores

/// What was judged of key files at an earlier time, so that a long list need not judge them again.
///
/// An entry counts only for a file with the same path, inode, size and times. Never used for a verdict, and only for
/// whoever wrote it: it lies in the user's own cache directory.
public struct ListingCache: Sendable, Equatable {
  /// The name of the cache below the user's cache directory.
  public static let fileName = "keyreeve/keys.json"
  /// The largest cache that is read, in octets.
  public static let sizeLimit = 64 * 1024 * 1024
  private static let schema: JSONString = "keyreeve.listing-cache/1"

  /// What is known of one key by itself, wherever its file lies.
  struct Entry: Sendable, Equatable {
    var userIDs: [String]
    var algorithm: KeyAlgorithm?
    var created: Timestamp?
    var expires: Timestamp?
    var status: KeyStatus
    var problem: String?
  }

  private var entries: [String: Entry] = [:]

  /// An empty cache.
  public init() {}

  /// Reads a cache; anything that is not one is an empty one.
  public init(octets: [UInt8]) {
    let limits = JSONLimits(octets: Self.sizeLimit)
    guard let json = try? JSON.parse(octets, limits: limits), json["schema"]?.string == Self.schema else { return }
    for member in json["files"]?.members ?? [] {
      if let entry = Entry(member.value) { entries[member.name.text] = entry }
    }
  }

  /// The cache as octets.
  public var octets: [UInt8] {
    let files = entries.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { name, entry in
      JSON.Member(JSONString(name), entry.document)
    }
    let json: JSON = ["schema": .string(Self.schema), "files": .object(files)]
    return json.encoded()
  }

  /// What was judged of a file, if it has not changed since.
  subscript(file: KeyFile) -> Entry? {
    get { entries[Self.key(file)] }
    set { entries[Self.key(file)] = newValue }
  }

  private static func key(_ file: KeyFile) -> String {
    let status = file.status
    let numbers = status.identity.map(String.init) + [status.size, status.modified, status.changed].map(String.init)
    return file.path + " " + numbers.joined(separator: " ")
  }
}

extension ListingCache.Entry {
  init(_ record: KeyRecord) {
    self.init(
      userIDs: record.userIDs, algorithm: record.algorithm, created: record.created, expires: record.expires,
      status: record.status, problem: record.problem)
  }

  fileprivate init?(_ json: JSON) {
    guard let status = json["status"]?.text.flatMap({ KeyStatus(rawValue: $0) }) else { return nil }
    self.init(
      userIDs: (json["userIDs"]?.array ?? []).compactMap(\.text),
      algorithm: json["algorithm"]?.text.flatMap { name in
        KeyAlgorithm(name: name, bits: Int(json["bits"]?.integer ?? 0))
      },
      created: json["created"]?.integer.map { Timestamp(seconds: $0) },
      expires: json["expires"]?.integer.map { Timestamp(seconds: $0) }, status: status,
      problem: json["problem"]?.text)
  }

  fileprivate var document: JSON {
    [
      "userIDs": JSON(userIDs), "algorithm": JSON(algorithm?.description), "bits": JSON(algorithm?.bits),
      "created": JSON(created?.seconds), "expires": JSON(expires?.seconds), "status": JSON(status.rawValue),
      "problem": JSON(problem),
    ]
  }

  /// Writes the entry into a record; what was in force then may have ended since.
  func write(into record: inout KeyRecord, at now: Timestamp) {
    (record.userIDs, record.algorithm, record.created, record.expires) = (userIDs, algorithm, created, expires)
    let hasEnded = status == .trusted && expires.map { $0 <= now } == true
    (record.status, record.problem) = (hasEnded ? .expired : status, problem)
  }
}
