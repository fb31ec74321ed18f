internal import Crypto
internal import DurableFiles
internal import Glibc
internal import StrictJSON
internal import TrustModel

/// An OCI image layout that is written beside its place, and gets its name when it is whole.
///
/// Source: OCI image specification, "image layout".
final class LayoutFolder {
  /// A blob of the layout.
  struct Blob {
    let digest: String
    let size: Int64

    /// As others refer to it.
    func descriptor(_ mediaType: String, _ more: [JSON.Member] = []) -> JSON {
      .object(
        [
          .init("mediaType", JSON(mediaType)), .init("digest", JSON("sha256:" + digest)), .init("size", .number(size)),
        ] + more)
    }
  }

  private let path: String
  private let parent: String
  private let name: String
  private let temporary: String

  /// A layout for a place where nothing is yet.
  ///
  /// - Throws: `RunFailure`: `declined` where something is there.
  init(_ path: String) throws(RunFailure) {
    var trimmed = path
    while trimmed.utf8.count > 1, trimmed.hasSuffix("/") { trimmed.removeLast() }
    let slash = trimmed.lastIndex(of: "/")
    let name = slash.map { String(trimmed[trimmed.index(after: $0)...]) } ?? trimmed
    parent = slash.map { $0 == trimmed.startIndex ? "/" : String(trimmed[..<$0]) } ?? "."
    (self.path, self.name, temporary) = (trimmed, name, ".\(name).keyreeve-\(getpid())")
    guard !name.isEmpty, name != ".", name != ".." else {
      throw RunFailure(.usage, "\(VisibleText(path)) names no new directory")
    }
    guard unsafe faccessat(AT_FDCWD, trimmed, F_OK, AT_SYMLINK_NOFOLLOW) != 0 else {
      throw RunFailure(.declined, "\(VisibleText(path)) exists: name a directory that does not")
    }
    try writing { () throws(WriteError) in
      let parent = try WritableDirectory.open(named: self.parent)
      try parent.removeTree(temporary)
      _ = try parent.descend([temporary, "blobs", "sha256"])
    }
  }

  /// Writes a blob whose octets come from `fill`, which says their digest in the end.
  func add(_ fill: (CInt) throws(RunFailure) -> Blob) throws(RunFailure) -> Blob {
    var outcome: Result<Blob, RunFailure>?
    try writing { () throws(WriteError) in
      let folder = try open()
      try folder.create("part", mode: 0o644) { (file) throws(WriteError) in
        do throws(RunFailure) { outcome = .success(try fill(file)) } catch { outcome = .failure(error) }
      }
      guard case .success(let blob) = outcome else { return }
      try folder.move("part", to: folder.descend(["blobs", "sha256"]), as: blob.digest)
    }
    guard let outcome else { throw RunFailure(.failed, "\(VisibleText(path)): nothing was written") }
    return try outcome.get()
  }

  /// Writes a blob.
  func add(_ octets: [UInt8]) throws(RunFailure) -> Blob {
    let blob = Blob(digest: hexadecimal(Array(SHA256.hash(data: octets))), size: Int64(octets.count))
    try writing { () throws(WriteError) in
      let blobs = try open().descend(["blobs", "sha256"])
      if try blobs.kind(of: blob.digest) == nil { try blobs.create(blob.digest, octets, mode: 0o644) }
    }
    return blob
  }

  /// Writes the index of these manifests, and gives the layout its name.
  func finish(_ manifests: [JSON]) throws(RunFailure) {
    let index: JSON = [
      "schemaVersion": 2, "mediaType": "application/vnd.oci.image.index.v1+json", "manifests": .array(manifests),
    ]
    try writing { () throws(WriteError) in
      let folder = try open()
      try folder.create("oci-layout", Array("{\"imageLayoutVersion\":\"1.0.0\"}\n".utf8), mode: 0o644)
      try folder.create("index.json", index.encoded(pretty: true) + [UInt8(ascii: "\n")], mode: 0o644)
      try folder.descend(["blobs", "sha256"]).sync()
      try folder.sync()
      let parent = try WritableDirectory.open(named: parent)
      // An empty directory that came into being meanwhile is replaced, nothing else is.
      try parent.placeDirectory(temporary, in: parent, as: name)
      try parent.sync()
    }
  }

  /// Removes what was written.
  func abandon() {
    if let parent = try? WritableDirectory.open(named: parent) { try? parent.removeTree(temporary) }
  }

  private func open() throws(WriteError) -> WritableDirectory {
    try WritableDirectory.open(named: parent).descend([temporary])
  }

  private func writing(_ body: () throws(WriteError) -> Void) throws(RunFailure) {
    do throws(WriteError) {
      try body()
    } catch {
      throw RunFailure(.failed, "\(error)")
    }
  }
}
