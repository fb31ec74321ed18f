import DurableFiles
import Fetch
import SignedMetadata
import StrictJSON

/// A target that was found: fetched, compared with what is signed, and only then stored.
struct TargetFile {
  private let target: JSONString
  private let file: ListedFile

  init(_ target: JSONString, _ file: ListedFile) {
    (self.target, self.file) = (target, file)
  }

  /// Stores it under one name of its own in `directory`, unless it is there already.
  func store(in directory: String, from base: String, with fetcher: Fetcher) throws {
    let folder = try WritableDirectory.make(directory)
    let name = RoleName(target).percentEncoded
    let limit = Int(file.length ?? 0)
    if let octets = try? folder.contents(of: name, limit: limit), (try? file.check(octets, of: .targets)) != nil {
      return
    }
    var request = FetchRequest(try Address(base + address), limits: FetchLimits(octets: UInt64(limit)))
    request.allowsHTTP = true
    let octets = try fetcher.octets(request).body
    try file.check(octets, of: .targets)
    try folder.removeLeftovers(prefix: name)
    try folder.create(name, octets, mode: 0o644)
  }

  /// Its address below the base: the digest stands before the last part.
  private var address: String {
    let parts = target.text.split(separator: "/", omittingEmptySubsequences: false).map { part in
      RoleName(JSONString(part)).percentEncoded
    }
    let digest = file.hexDigest.map { "\($0)." } ?? ""
    return (parts.dropLast() + [digest + (parts.last ?? "")]).joined(separator: "/")
  }
}
