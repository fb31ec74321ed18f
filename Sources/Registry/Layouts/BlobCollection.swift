public import Archives
internal import Glibc
public import TrustModel

/// Where the blobs of an image lie on this machine: a layout in a folder, or one in a tar archive.
public enum BlobCollection: Sendable {
  /// The folder of an OCI layout.
  case folder(String)
  /// An archive, and where the files lie in it.
  case archive(LayoutFile, ArchiveListing)

  /// A folder or an archive by its path.
  public init(_ path: String) throws(RegistryError) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else {
      let words = unsafe String(cString: strerror(errno))
      throw RegistryError(errno == ENOENT ? .notFound : .failed, "\(shownPath(path)): \(words)")
    }
    guard status.st_mode & S_IFMT != S_IFDIR else {
      self = .folder(path)
      return
    }
    let file = try LayoutFile(path, follows: true)
    do throws(ArchiveError) {
      self = .archive(file, try ArchiveListing(of: file.descriptor, entries: RegistryLimits.archiveEntries))
    } catch {
      throw RegistryError(error.isMalformed ? .malformed : .failed, "\(shownPath(path)): \(error)")
    }
  }

  /// What a person named.
  var path: String {
    switch self {
    case .folder(let path): path
    case .archive(let file, _): file.path
    }
  }

  /// The blob of a digest, whose octets are not checked here.
  public func blob(_ digest: ManifestDigest) throws(RegistryError) -> BlobPiece {
    guard let piece = try piece("blobs/sha256/\(digest.hex)") else {
      throw RegistryError(.malformed, "\(shownPath(path)) does not hold \(digest), which its manifest names")
    }
    return piece
  }

  /// A file by a path of ours; nil where it is not there.
  func piece(_ name: String) throws(RegistryError) -> BlobPiece? {
    switch self {
    case .folder(let path):
      do throws(RegistryError) {
        let file = try LayoutFile(path + "/" + name)
        return BlobPiece(file: file, offset: 0, count: file.size)
      } catch  where error.reason == .notFound {
        return nil
      }
    case .archive(let file, let listing):
      guard let found = listing.file(Array(name.utf8)) else { return nil }
      return BlobPiece(file: file, offset: found.offset, count: found.size)
    }
  }

  /// A document that is small.
  func octets(_ name: String, limit: Int) throws(RegistryError) -> [UInt8]? {
    try piece(name).map { piece throws(RegistryError) in try piece.octets(limit: limit) }
  }

  /// The octets of a document by its digest, checked.
  func document(_ descriptor: BlobDescriptor, limit: Int) throws(RegistryError) -> [UInt8] {
    let octets = try blob(descriptor.digest).octets(limit: limit)
    guard try ContainerDocument.digest(of: octets) == descriptor.digest, UInt64(octets.count) == descriptor.size else {
      throw RegistryError(
        .tampered, "\(shownPath(path)): the octets of \(descriptor.digest) are not those of its digest")
    }
    return octets
  }
}

extension ArchiveListing {
  /// A file by its path, over at most one link that stays in the archive.
  func file(_ path: [UInt8]) -> File? {
    if let file = files[path] { return file }
    guard let target = links[path] else { return nil }
    var parts = path.split(separator: UInt8(ascii: "/")).dropLast()
    for part in target.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
      if part.elementsEqual("..".utf8) {
        guard !parts.isEmpty else { return nil }
        parts.removeLast()
      } else if !part.elementsEqual(".".utf8) {
        parts.append(part)
      }
    }
    return files[Array(parts.joined(separator: [UInt8(ascii: "/")]))]
  }
}

/// A path for messages.
func shownPath(_ path: String) -> String { VisibleText(path, limit: 300).description }
