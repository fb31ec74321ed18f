internal import DurableFiles
internal import StrictJSON
internal import TrustVerify

/// A directory of the staging area for one image that is being fetched, held by one process at a time.
///
/// An interrupted download stays in it, with what a server needs to be asked for the rest.
struct StagingSlot: ~Copyable {
  /// What is known of an interrupted download.
  struct Progress: Equatable {
    var address: String
    var signatureDigest: String?
    var etag: String?
    var lastModified: String?
  }

  /// The file that keeps the progress.
  static let progressFile = "progress.json"
  private static let progressLimit = 65_536

  private let directory: WritableDirectory
  private let lock: FileLock

  init(_ directory: consuming WritableDirectory, lock: consuming FileLock) {
    self.directory = directory
    self.lock = lock
  }

  /// The file that the image is written to.
  func image() throws(WriteError) -> StagedImage {
    try StagedImage.open(in: directory.descend([]))
  }

  /// What an earlier process has noted of the download; nil where it is not to be used.
  var progress: Progress? {
    guard let octets = try? directory.contents(of: Self.progressFile, limit: Self.progressLimit),
      let json = try? JSON.parse(octets), let address = json["address"]?.string?.text
    else { return nil }
    return Progress(
      address: address, signatureDigest: json["signature"]?.string?.text, etag: json["etag"]?.string?.text,
      lastModified: json["lastModified"]?.string?.text)
  }

  /// Notes what the rest can be asked for with.
  func note(_ progress: Progress) throws(WriteError) {
    let document: JSON = [
      "address": JSON(progress.address), "signature": JSON(progress.signatureDigest), "etag": JSON(progress.etag),
      "lastModified": JSON(progress.lastModified),
    ]
    try directory.remove(Self.progressFile)
    try directory.create(Self.progressFile, document.encoded(pretty: false), mode: 0o644)
  }

  /// Removes what was downloaded.
  func clear() throws(WriteError) {
    for name in try directory.names() { try directory.remove(name) }
  }
}
